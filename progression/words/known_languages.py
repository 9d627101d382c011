"""What is said about the languages of the citizen's side, and about the code that leads back from it.

Part of `known.SENTENCES`.
"""

from __future__ import annotations

from progression.words.catalogue import N_

LANGUAGES: dict[str, str] = {
    "fault.fields": N_("{key} is {value}, but should hold {fields}, and nothing else in curly brackets."),
    "fault.language_shipped": N_(
        "{key} is {value}: Danish and English come with the program. The questions in them stand in the scale itself."
    ),
    "language.invalid": N_(
        "The language file {file} has faults and was not installed. Nothing was changed. Correct these and try again:"
    ),
    "language.shipped": N_("The language {name} comes with the program. Nothing was changed. It cannot be taken away."),
    "language.unknown": N_("There is no language {name} here. Nothing was changed. Choose one of: {choices}."),
    "pin.weak": N_(
        "That code is easy to guess. It was not taken. Choose six digits that are no row, no repetition and not the "
        "citizen's birthday."
    ),
}
