"""What is said when a letterhead, its logo or a password for a document cannot be used. Part of `known.SENTENCES`."""

from __future__ import annotations

from progression.words.catalogue import N_

LETTERHEAD: dict[str, str] = {
    "fault.colour": N_("{key} is {value}, but should be a colour such as #0059b3."),
    "fault.contrast": N_(
        "{key} is {value}. On white it has a contrast of {ratio}:1, which is too weak to read. Choose a darker one "
        "with at least {least}:1."
    ),
    "fault.long": N_("{key} has {value} letters, but may have {most} at most."),
    "fault.many": N_("{key} has {value} lines, but may have {most} at most."),
    "letterhead.invalid": N_(
        "The letterhead {file} has faults and was not installed. Nothing was changed. Correct these and try again:"
    ),
    "letterhead.logo_large": N_(
        "The logo {file} is too large. Nothing was changed. Save it with at most {most} million pixels and 8 MB, and "
        "try again."
    ),
    "letterhead.logo_missing": N_(
        "The logo {file} could not be read. Nothing was changed. It should lie in the same folder as the letterhead."
    ),
    "letterhead.logo_not_image": N_(
        "The logo {file} is no picture that can be used. Nothing was changed. Save it as PNG or JPEG, and try again."
    ),
    "password.not_pdf": N_(
        "Only a PDF can have a password. Nothing was written. Leave the password out, or choose another document."
    ),
    "password.too_long": N_(
        "The password is too long for a PDF. Nothing was written. Choose one of at most {most} letters."
    ),
    "password.too_short": N_(
        "The password is too short. Nothing was written. Choose at least {least} letters: whoever has the file can try "
        "as often as they like."
    ),
}
