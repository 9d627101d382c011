"""Finding a citizen while the name is typed: names, numbers and what is written, for a whole municipality.

The index is folded text in memory (see `words.folding`). It is made from the vault a part at a time, after unlocking;
each question first takes in what changed since the last one. It is never written to disk and goes when the vault is
closed. What was searched for is kept nowhere: the access log says that there was a search.

Where nobody is found as typed, names bear a slip of the finger: one letter from four letters on, two from eight. Hits
come by how they were found (a name's beginning, a part of it or a number, something written, a name nearly so), then by
name: never by anything that is known about a citizen.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import TYPE_CHECKING, Literal

from progression.desk.session import Session
from progression.words.folding import fold

if TYPE_CHECKING:
    from progression.store.vault import Vault

How = Literal["begins", "holds", "written", "nearly"]
HOW: tuple[How, ...] = ("begins", "holds", "written", "nearly")
PART = 200  # citizens read at a time: a few hundredths of a second
SLIP, TWO_SLIPS = 4, 8  # letters from which one, and two, may be wrong
SHORTEST_NOTE = 3  # letters from which notes are searched: one letter stands in all of them
_KEPT = "search"


@dataclass(frozen=True, slots=True)
class Found:
    """A citizen found, and how: by the name's beginning, by a part of name or number, in something written, or by a
    name that is nearly what was typed."""

    citizen: str
    number: str
    name: str
    how: How


@dataclass(slots=True)
class _Blob:
    """Many texts as one, a line each: found in at the speed of one search."""

    lines: list[str] = field(default_factory=list)
    text: str = ""
    starts: list[int] = field(default_factory=list)
    stale: bool = True
    last: tuple[str, list[int]] = ("", [])

    def put(self, place: int, line: str) -> None:
        if place == len(self.lines):
            self.lines.append(line)
        elif self.lines[place] == line:
            return
        else:
            self.lines[place] = line
        self.stale = True

    def holding(self, word: str) -> list[int]:
        """The places whose line holds the word, in order."""
        if self.stale:
            self.text, self.starts, at = "\n".join(self.lines), [], 0
            for line in self.lines:
                self.starts.append(at)
                at += len(line) + 1
            self.stale, self.last = False, ("", [])
        before, places = self.last
        if before and word.startswith(before):  # another letter was typed: only what had the others can have it
            found = [place for place in places if word in self.lines[place]]
        else:
            found = self._search(word)
        self.last = (word, found)
        return found

    def _search(self, word: str) -> list[int]:
        text, starts, found = self.text, self.starts, list[int]()
        at = text.find(word)
        while at >= 0:
            place = bisect_right(starts, at) - 1
            found.append(place)
            if place + 1 == len(starts):
                break
            at = text.find(word, starts[place + 1])
        return found


@dataclass(slots=True)
class Index:
    """Everything that can be found. `places`: citizen -> place in the lists; a place once given stays."""

    mark: int
    waiting: list[str] = field(default_factory=list)  # citizens not read yet
    places: dict[str, int] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    shown: list[tuple[str, str]] = field(default_factory=list)  # number, name
    plain: list[str] = field(default_factory=list)  # the name, folded
    heads: _Blob = field(default_factory=_Blob)
    notes: _Blob = field(default_factory=_Blob)
    words: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # a word of a name -> places
    sorted_words: list[str] | None = None

    def put(self, rows: Iterable[tuple[str, str, str, str, str]]) -> None:
        """Take in citizens: internal id, number, name, other numbers, everything written."""
        listed = list(rows)
        names = _folded(name for _c, _n, name, _o, _w in listed)
        numbers = _folded(f"{number} {others}" for _c, number, _name, others, _w in listed)
        written = _folded(text for *_rest, text in listed)
        for (citizen, number, name, _o, _w), plain, figures, text in zip(listed, names, numbers, written, strict=True):
            place = self.places.setdefault(citizen, len(self.ids))
            if place == len(self.ids):
                self.ids.append(citizen)
                self.shown.append((number, name))
                self.plain.append(plain)
            else:
                self._forget_words(place)
                self.shown[place], self.plain[place] = (number, name), plain
            self.heads.put(place, f" {plain} {figures}")
            self.notes.put(place, text)
            for word in plain.split():
                self.words[word].add(place)
        self.sorted_words = None

    def drop(self, citizen: str) -> None:
        """Forget a citizen who is no longer in the vault."""
        place = self.places.get(citizen)
        if place is not None:
            self._forget_words(place)
            self.heads.put(place, "")
            self.notes.put(place, "")
            self.shown[place], self.plain[place] = ("", ""), ""
            self.sorted_words = None

    def _forget_words(self, place: int) -> None:
        for word in self.plain[place].split():
            self.words[word].discard(place)
            if not self.words[word]:
                del self.words[word]

    def find(self, text: str, most: int | None = None) -> list[Found]:
        """Return who has every word of the text, best first, at most so many. An empty text finds nobody."""
        typed = sorted(fold(text).split(), key=len, reverse=True)  # the longest says most
        if not typed:
            return []
        ways = self._ways(typed[0], most if len(typed) == 1 else None)
        for word in typed[1:]:
            ways = {place: max(way, other) for place, way in ways.items() if (other := self._way(word, place)) >= 0}
        order = ((way, self.plain[place], self.shown[place][0], place) for place, way in ways.items())
        best = sorted(order) if most is None else nsmallest(most, order)
        return [Found(self.ids[place], *self.shown[place], HOW[way]) for way, _name, _number, place in best]

    def _ways(self, word: str, enough: int | None = None) -> dict[int, int]:
        """Place -> how the word is found there, as its place in HOW; the best `enough` of them are among them."""
        ways = dict.fromkeys(self.heads.holding(word), 1)
        for place in ways:
            if f" {word}" in self.heads.lines[place]:
                ways[place] = 0
        if len(word) >= SHORTEST_NOTE and (enough is None or len(ways) < enough):
            ways = dict.fromkeys(self.notes.holding(word), 2) | ways
        if not ways:
            ways = dict.fromkeys(self._nearly(word), 3)
        return ways

    def _way(self, word: str, place: int) -> int:
        """How another word is found at a place, -1 where it is not."""
        head = self.heads.lines[place]
        if word in head:
            return 0 if f" {word}" in head else 1
        if word in self.notes.lines[place]:
            return 2
        slips = _slips(word)
        return 3 if slips and any(_near(word, name, slips) for name in self.plain[place].split()) else -1

    def _nearly(self, word: str) -> Iterator[int]:
        slips = _slips(word)
        if not slips:
            return
        if self.sorted_words is None:
            self.sorted_words = sorted(self.words)
        for candidate in nearly(word, self.sorted_words, slips):
            yield from self.words[candidate]


def _folded(texts: Iterable[str]) -> list[str]:
    """Many texts folded in one go, which is many times faster than one by one."""
    lines = [" ".join(text.splitlines()) for text in texts]
    return fold("\n".join(lines)).split("\n") if lines else []


# names, nearly


def _slips(word: str) -> int:
    """How many slips a word may have: none in a short one or in a number."""
    return 0 if len(word) < SLIP or not word.isalpha() else 1 if len(word) < TWO_SLIPS else 2


def nearly(word: str, words: Sequence[str], slips: int) -> list[str]:
    """Return those of the sorted words whose beginning is `word` but for so many slips: a letter too many, too few,
    another one, or two changed round.

    Of `slips` + 1 pieces of the word one is whole in whatever it was meant to be, near its place: only words with such
    a piece are compared.
    """
    size = -(-len(word) // (slips + 1))
    pieces = [(at, word[at : at + size]) for at in range(0, len(word), size)]
    candidates = set(_beginning(words, pieces[0][1]))
    for at, piece in pieces:
        low, high = max(0, at - slips), at + slips
        candidates.update(w for w in words if piece in w and low <= w.find(piece, low) <= high)
    return sorted(w for w in candidates if _near(word, w, slips))


def _beginning(words: Sequence[str], start: str) -> Sequence[str]:
    low = bisect_left(words, start)
    return words[low : bisect_left(words, start + "\U0010ffff", low)]


def _near(word: str, other: str, slips: int) -> bool:
    """Say whether some beginning of `other` is within so many slips of `word`."""
    width = len(word) + slips
    before, last = list[int](), list(range(len(word) + 1))
    best = last[-1]
    for i, letter in enumerate(other[:width]):
        row = [i + 1]
        for j, typed in enumerate(word):
            cost = min(last[j] + (typed != letter), last[j + 1] + 1, row[j] + 1)
            if i and j and typed == other[i - 1] and word[j - 1] == letter:
                cost = min(cost, before[j - 1] + 1)
            row.append(cost)
        best = min(best, row[-1])
        if min(row) > slips:
            break
        before, last = last, row
    return best <= slips


# the vault


def prepare(session: Session, citizens: int = PART) -> bool:
    """Read so many citizens into the index; True when there are more. Called again and again after unlocking, so that
    nobody waits: each part is a short job between two others."""
    index = _index(session.vault)
    part, index.waiting = index.waiting[:citizens], index.waiting[citizens:]
    _read(session.vault, index, part)
    return bool(index.waiting)


def find(session: Session, text: str, *, most: int | None = None, log: bool = True) -> list[Found]:
    """Return the citizens in whose name, numbers or notes every word of the text is found, best first, at most `most`.

    Logged as one search, without its text; a search that goes on (another letter typed) is not logged again.
    """
    from progression.store.access import Act

    vault = session.vault
    index = _index(vault)
    while index.waiting:
        prepare(session, len(index.waiting))
    found = index.find(text, most)
    if log:
        vault.log(Act("search"))
    return found


def _index(vault: Vault) -> Index:
    """The vault's index, with what changed since the last look."""
    from progression.store import texts

    index: Index | None = vault.memory.kept.get(_KEPT)
    if index is None:
        index = Index(vault.memory.mark, sorted(texts.heads(vault)))
        vault.memory.kept[_KEPT] = index
        return index
    _everybody, changed = vault.memory.since(index.mark)
    index.mark = vault.memory.mark
    _read(vault, index, sorted(changed - set(index.waiting)))
    return index


def _read(vault: Vault, index: Index, citizens: Sequence[str]) -> None:
    from progression.store import texts

    for first in range(0, len(citizens), PART):
        part = citizens[first : first + PART]
        heads, notes = texts.heads(vault, part), texts.notes(vault, part)
        for citizen in part:
            if citizen not in heads:
                index.drop(citizen)
        index.put(
            (
                citizen,
                number,
                name,
                " ".join({cpr, cpr.replace("-", ""), phone, phone.replace(" ", "")}),
                "\x1f".join([note, *notes.get(citizen, ())]),
            )
            for citizen, (number, name, cpr, phone, note) in heads.items()
        )
