"""The recovery key on one page: large enough to type from, what it opens, and how to use it years from now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from progression.reports import document, flow, fonts, tagged
from progression.reports.styles import colour
from progression.words import Words

_LINE = 4  # groups of the key in a line
_LARGE = ParagraphStyle("key", fontName=fonts.BOLD, fontSize=22, leading=34, textColor=colour("text"))

_STEP = ParagraphStyle(
    "key step", fontName=fonts.REGULAR, bulletFontName=fonts.REGULAR, fontSize=12, bulletFontSize=12, leading=19,
    textColor=colour("text"), leftIndent=20, bulletIndent=0,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecoveryPage:
    """What stands on the page. `key`: groups with hyphens; `account`: whose vault; `folder`: where it lay on `day`."""

    key: str
    account: str
    folder: str
    day: date


def recovery_pdf(page: RecoveryPage, w: Words) -> bytes:
    """Return the page as PDF; the same bytes for the same values and language."""
    cover = document.Cover(
        title=w.t("Recovery key"),
        author=page.account,
        subject=w.t("Opens the database when the passphrase is forgotten"),
        header_left="Progression",
        header_right=w.date(page.day),
        footer=w.t("Keep this page locked away, and never beside the computer. It is worth as much as the passphrase."),
        made_on=page.day,
    )

    def story() -> list[Flowable]:
        groups = page.key.split("-")
        lines = ["-".join(groups[n : n + _LINE]) for n in range(0, len(groups), _LINE)]
        found: list[Flowable] = [
            flow.gap(18),
            flow.title(w.t("Recovery key")),
            flow.gap(10),
            flow.prose(
                w.t("This key opens the database when the passphrase is forgotten. Nobody can make it again."), "letter"
            ),
            flow.gap(16),
            *(tagged.paragraph(line, _LARGE) for line in lines),
            flow.gap(16),
            flow.heading(w.t("What it opens")),
            flow.prose(
                w.t("{account}'s database, made on {day}.", account=page.account, day=w.date(page.day)), "letter"
            )
            if page.account
            else flow.prose(w.t("A database made on {day}.", day=w.date(page.day)), "letter"),
            flow.prose(w.t("It was in {folder}", folder=page.folder), "letter"),
            flow.gap(10),
            flow.heading(w.t("How to use it")),
        ]
        return [*found, *tagged.items(_steps(w), _STEP, numbered=True, marked=fonts.markup)]

    return document.render(story, cover, w).pdf


def _steps(w: Words) -> list[str]:
    return [
        w.t("Start Progression. It asks for the passphrase."),
        w.t("Choose: Use the recovery key."),
        w.t("Type the key. Capitals, spaces and hyphens do not matter."),
        w.t("Choose a new passphrase. This key goes on opening the database."),
    ]
