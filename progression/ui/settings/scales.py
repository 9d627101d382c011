"""Scales: those that can be scored, and how another one is checked and installed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from progression.ui import kit, saying
from progression.ui.page import Context
from progression.ui.settings.form import Section, flowing
from progression.words import Words

if TYPE_CHECKING:
    from progression.scales.model import Scale


class ScalesSection(Section):
    """A list, a file to check, and, when it is sound, a button that installs it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._scales: Mapping[str, Scale] = {}
        self._file: Path | None = None
        self._found: Scale | None = None
        self._list = kit.column(4)
        self.load = kit.button("", icon="folder-open")
        self.load.clicked.connect(self.choose)
        self.install = kit.button("", "primary")
        self.install.clicked.connect(self._install)
        self.outcome = kit.wrapped("", "dense")
        self.outcome.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.box.addLayout(self._list)
        self.box.addSpacing(8)
        self.box.addWidget(flowing(self.load, self.install))
        self.box.addWidget(self.outcome)
        self._show_file(None, None)

    def show_facts(self, scales: Mapping[str, Scale]) -> None:
        """Show the scales in force."""
        self._scales = scales
        self.retranslate()

    def retranslate(self) -> None:
        w = self.words
        for button, text in ((self.load, w.t("Check a file …")), (self.install, w.t("Install the scale"))):
            button.setText(text)
            button.setAccessibleName(text)
        kit.clear(self._list)
        for scale in self._scales.values():
            self._list.addWidget(kit.wrapped(w.pick(scale.name), "name"))
            self._list.addWidget(kit.wrapped(described(w, scale), "dense", "text-2"))
            self._list.addSpacing(4)
            self._list.addWidget(kit.rule())
            self._list.addSpacing(4)
        kit.read_in_order(self)
        if self._found is not None:
            self._say_found(self._found)

    def choose(self) -> None:
        """Ask for a file and check it."""
        w = self.words
        chosen, _ = QFileDialog.getOpenFileName(self, w.t("Choose the file of a scale"), "", w.t("Scales (*.toml)"))
        if chosen:
            self.check(Path(chosen))

    def check(self, path: Path) -> None:
        """Say whether a file is a scale, every fault with its place. Nothing is changed."""
        from progression.desk import scales

        def failed(error: BaseException) -> bool:
            self._show_file(None, None)
            kit.set_tone(self.outcome, "error")
            kit.set_text(self.outcome, saying.sentence(self.words, error))
            self.context.announce(self.words.t("The file is no scale. The reason stands below."))
            return saying.is_known(error)

        def done(found: Scale) -> None:
            self._show_file(path, found)
            self.context.announce(self.outcome.text())

        self.context.run(lambda _session: scales.validate(path), done=done, failed=failed)

    def _install(self) -> None:
        from progression.desk import scales

        if self._file is None or self._found is None:
            return
        name = self.words.t("the scale {name}", name=self.words.pick(self._found.name))
        self.load.setFocus()  # the button goes away
        self.context.run(scales.install, self._file, done=self._installed, undo=name)

    def _installed(self, _changes: object) -> None:
        w = self.words
        name = w.pick(self._found.name) if self._found is not None else ""
        self._show_file(None, None)
        self.context.announce(w.t("{scale} can be scored from now on.", scale=name))

    def _show_file(self, path: Path | None, found: Scale | None) -> None:
        self._file, self._found = path, found
        self.install.setVisible(found is not None)
        kit.set_text(self.outcome, "")
        if found is not None:
            self._say_found(found)

    def _say_found(self, found: Scale) -> None:
        w, known = self.words, self._scales.get(found.id)
        told = w.t("The file is sound: {name}. {about}", name=w.pick(found.name), about=described(w, found))
        if known is not None:
            told += " " + w.t("It takes the place of version {version}; answers stay as given.", version=known.version)
        kit.set_tone(self.outcome, "text")
        kit.set_text(self.outcome, told)


def described(w: Words, scale: Scale) -> str:
    """A scale in a line: version, how many indicators, from which step to which, which way is better."""
    n = len(scale.indicators)
    return " ".join(
        [
            w.t("Version {version}.", version=scale.version),
            w.tn("{n} indicator", "{n} indicators", n)
            + ", "
            + w.t("steps {low} to {high}.", low=scale.minimum, high=scale.maximum),
            w.t("Higher is better.") if scale.direction == "higher" else w.t("Lower is better."),
            w.pick(scale.description),
        ]
    )
