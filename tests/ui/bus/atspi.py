"""A screen reader's side of the accessibility bus, as far as the tests need it: what is there, what it is called, what
can be done to it. Nothing of the program under test is imported here, and nothing of Qt.

    bus = Bus.on(session_address)
    window = bus.application("progression").find(role="frame")
    window.find("Lås op", role="button").press()
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from jeepney import DBusAddress, MatchRule, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import DBusErrorResponse, unwrap_msg

T = TypeVar("T")
PATIENCE = 30.0  # seconds until what should come about is taken to be missing
TOGETHER = 0.02  # seconds without a word after which a change is over: in the middle of it things come and go
QUIET = 0.5  # seconds without a word after which one looks anyway; the bus has no event for everything
EVENTS = (
    "object:announcement", "object:children-changed:add", "object:property-change:accessible-name",
    "object:state-changed:checked", "object:state-changed:focused", "object:state-changed:selected",
    "object:state-changed:showing",
)  # fmt: skip
A11Y = "org.a11y.atspi"
NULL = "/org/a11y/atspi/null"
PRESSED_AND_RELEASED, SYMBOL = 2, 3  # how the registry is asked for a key: AtspiKeySynthType

# bits of AT-SPI's state set that the tests ask about (AtspiStateType)
CHECKED, EDITABLE, ENABLED, FOCUSABLE, FOCUSED = 4, 7, 8, 11, 12
SELECTED, SHOWING, VISIBLE = 23, 25, 30


class GoneError(LookupError):
    """What was asked about is no longer there, or never came."""


@dataclass
class Bus:
    """The connection to the accessibility bus."""

    connection: DBusConnection
    heard: list[tuple[str, str]] = field(default_factory=list)  # (event, its text)

    @classmethod
    def on(cls, session: str) -> Bus:
        """Ask the session bus for the accessibility bus and go there, as every screen reader does."""
        first = open_dbus_connection(session)
        told = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        address = unwrap_msg(first.send_and_get_reply(new_method_call(told, "GetAddress"), timeout=PATIENCE))[0]
        first.close()
        bus = cls(open_dbus_connection(address))
        bus.listen()
        return bus

    def listen(self) -> None:
        """Hear what is announced; programs send events only when somebody has asked the registry for them."""
        registry = DBusAddress("/org/a11y/atspi/registry", f"{A11Y}.Registry", f"{A11Y}.Registry")
        for event in EVENTS:  # the first one starts the registry, which on a busy machine may have to be started again
            self.until(lambda event=event: self.call(registry, "RegisterEvent", "sass", event, [], "") == (), event)
        rule = MatchRule(type="signal", interface=f"{A11Y}.Event.Object")
        self.connection.send_and_get_reply(message_bus.AddMatch(rule.serialise()))

    def until(self, look: Callable[[], T | None], what: str) -> T:
        """Look again after each thing the bus tells until there is something; GoneError when it never comes."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                found = look()
            except DBusErrorResponse:  # it went away while it was being looked at
                found = None
            if found:
                return found
            if time.monotonic() > end:
                raise GoneError(what)
            self.wait(QUIET)

    def wait(self, seconds: float) -> None:
        """Wait for the next thing the bus tells, at most so long, and hear everything that comes with it."""
        try:
            while True:
                self._hear(self.connection.receive(timeout=seconds))
                seconds = TOGETHER
        except TimeoutError:
            return

    def call(self, address: DBusAddress, method: str, signature: str | None = None, *values: Any) -> tuple[Any, ...]:
        """Call a method and wait for its answer. Raises DBusErrorResponse."""
        asked = new_method_call(address, method, signature, values)
        serial = next(self.connection.outgoing_serial)
        self.connection.send(asked, serial=serial)
        while True:
            message = self.connection.receive(timeout=PATIENCE)
            kind = message.header.message_type
            if kind is MessageType.signal:
                self._hear(message)
            elif message.header.fields.get(5) == serial:  # 5: reply to
                return unwrap_msg(message)

    def _hear(self, message: Any) -> None:
        member = message.header.fields.get(3, "")
        if member == "Announcement":
            self.heard.append((member, str(message.body[3][1])))

    def announced(self, text: str) -> bool:
        """Whether a screen reader has been told something with this text in it."""
        return any(text in told for _event, told in self.heard)

    def application(self, name: str) -> Node:
        """The program of this name, once it is on the bus."""
        root = Node(self, f"{A11Y}.Registry", "/org/a11y/atspi/accessible/root")
        return self.until(lambda: next((one for one in root.children() if one.name == name), None), f"program {name}")

    def key(self, symbol: int) -> None:
        """Press and release a key through the registry, as a screen reader passes keys on. `symbol`: X keysym."""
        at = DBusAddress(
            "/org/a11y/atspi/registry/deviceeventcontroller", f"{A11Y}.Registry", f"{A11Y}.DeviceEventController"
        )
        self.call(at, "GenerateKeyboardEvent", "isu", symbol, "", SYMBOL)

    def close(self) -> None:
        self.connection.close()


@dataclass(frozen=True)
class Node:
    """One accessible thing. Equal when it is the same one."""

    bus: Bus = field(compare=False, repr=False)
    owner: str
    path: str

    def ask(self, interface: str, method: str, signature: str | None = None, *values: Any) -> Any:
        """Call a method of one of its interfaces ("Accessible", "Action" ...); the first value of the answer."""
        found = self.bus.call(DBusAddress(self.path, self.owner, f"{A11Y}.{interface}"), method, signature, *values)
        return found[0] if found else None

    def read(self, interface: str, name: str) -> Any:
        """Read a property."""
        at = DBusAddress(self.path, self.owner, "org.freedesktop.DBus.Properties")
        return self.bus.call(at, "Get", "ss", f"{A11Y}.{interface}", name)[0][1]

    # what it is

    @property
    def name(self) -> str:
        return str(self.read("Accessible", "Name"))

    @property
    def description(self) -> str:
        return str(self.read("Accessible", "Description"))

    @property
    def role(self) -> str:
        return str(self.ask("Accessible", "GetRoleName"))

    @property
    def interfaces(self) -> frozenset[str]:
        return frozenset(one.rpartition(".")[2] for one in self.ask("Accessible", "GetInterfaces"))

    @property
    def states(self) -> frozenset[int]:
        low, high = self.ask("Accessible", "GetState")
        bits = low | high << 32
        return frozenset(n for n in range(64) if bits >> n & 1)

    @property
    def showing(self) -> bool:
        return SHOWING in self.states

    @property
    def text(self) -> str:
        """What is written in a field."""
        return str(self.ask("Text", "GetText", "ii", 0, -1))

    @property
    def extents(self) -> tuple[int, int, int, int]:
        """x, y, width, height on the screen."""
        return tuple(self.ask("Component", "GetExtents", "u", 0))

    # where it is

    def children(self) -> list[Node]:
        found = self.ask("Accessible", "GetChildren")
        return [Node(self.bus, owner, path) for owner, path in found if path != NULL]

    def walk(self, *, showing: bool = True) -> Iterator[Node]:
        """Everything inside, in reading order; what is not in view is passed over with all it holds."""
        for child in self.children():
            if showing and not child.showing:
                continue
            yield child
            yield from child.walk(showing=showing)

    def all(self, role: str = "", name: str | None = None, begins: str | None = None) -> list[Node]:
        """Everything in view of a role, with a name, or one that begins so."""
        return [
            one
            for one in self.walk()
            if (not role or one.role == role)
            and (name is None or one.name == name)
            and (begins is None or one.name.startswith(begins))
        ]

    def find(self, name: str | None = None, role: str = "", begins: str | None = None) -> Node:
        """The first of them, once it is there."""
        told = f"{role or 'anything'} named {name or begins or 'anyhow'!r}"
        return self.bus.until(lambda: next(iter(self.all(role, name, begins)), None), told)

    # what can be done to it

    def actions(self) -> list[str]:
        """The names of what can be done, in the reader's language."""
        if "Action" not in self.interfaces:
            return []
        return [name for name, _description, _keys in self.ask("Action", "GetActions")]

    def press(self) -> None:
        """Do the first thing that can be done: press, choose, open."""
        assert self.actions(), f"nothing can be done to {self.role} {self.name!r}"
        assert self.ask("Action", "DoAction", "i", 0)

    def focus(self) -> None:
        """Put the keys here."""
        assert self.ask("Component", "GrabFocus")

    def write(self, text: str) -> None:
        """Write into a field, in place of what it holds."""
        assert self.ask("EditableText", "SetTextContents", "s", text)
