"""What is said when a document, a batch of them or an agreement cannot be made or written: of `known.SENTENCES`."""

from __future__ import annotations

from progression.words.catalogue import N_

REPORTS: dict[str, str] = {
    "agreement.invalid": N_("The agreements are not saved yet. What you typed is still here. Correct this:"),
    "agreement.nothing": N_(
        "Nothing is agreed yet. Nothing was changed. Write what you agreed, or the next conversation."
    ),
    "batch.disk_full": N_(
        "The disk that {folder} is on is full. The files written so far are whole and stay. Make room, and start again "
        "with the same folder: what is there already is not written twice."
    ),
    "batch.folder": N_(
        "Nothing more can be written in {folder}. The files written so far are whole and stay. See that the folder is "
        "there and may be written in, and start again with it, or choose another."
    ),
    "print.failed": N_(
        "The printer did not take the document. It is still here, unchanged. See that the printer is on, or choose "
        "another, and print again."
    ),
    "report.period": N_(
        "{period} is no period a report can look back on. Nothing was written. Write 3, 6, 12, 24 or 36 for whole "
        "months, or a year, half or quarter with a quarter that is over: 2026, 2026-H1, 2026-Q3."
    ),
    "report.unknown_kind": N_("There is no document called {kind}. Nothing was written. Choose one of: {choices}."),
    "report.unknown_team": N_(
        "No running case belongs to a team called {team}. Nothing was written. Choose one of: {choices}."
    ),
}
