"""What is said when a catalogue cannot be changed as asked: types, providers, offers, categories, norms.

Part of `known.SENTENCES`.
"""

from __future__ import annotations

from progression.words.catalogue import N_

CATALOGUES: dict[str, str] = {
    "categories.invalid": N_(
        "The file of categories {file} has faults and was not installed. Nothing was changed. Correct these and try "
        "again:"
    ),
    "categories.unknown": N_(
        "There is no set of categories called {name} here. Nothing was changed. Choose one of: {choices}."
    ),
    "category.in_use": N_(
        "{name} cannot be left out, since it is used: {uses}. Nothing was changed. Give it a last day of validity "
        "instead."
    ),
    "category.invalid": N_("The category is not saved yet. What you typed is still here. Correct this:"),
    "category.unknown": N_(
        "There is no category called {name} here. Nothing was changed. The categories there are stand in what this "
        "prints: progression categories."
    ),
    "norms.invalid": N_("The norms are not saved. Nothing was changed. Correct this:"),
    "fault.category_now": N_("The citizen is in {value} already, since {date}."),
    "membership.invalid": N_("The category is not saved yet. What you typed is still here. Correct this:"),
    "membership.none": N_(
        "The citizen is in no category now. Nothing was changed. Choose the category to enter, and from when."
    ),
    "norms.unknown": N_("There is no norm called {name} here. Nothing was changed. Choose one of: {choices}."),
    "offer.in_use": N_(
        "{name} was not deleted, since it is used: {uses}. Nothing was changed. Give it a last day instead."
    ),
    "offer.invalid": N_("The offer is not saved yet. What you typed is still here. Correct this:"),
    "offer.unknown": N_("There is no offer called {name} here. Nothing was changed. Known: {choices}."),
    "provider.in_use": N_(
        "{name} was not deleted, since it is used: {uses}. Nothing was changed. Give it a last day instead."
    ),
    "provider.invalid": N_("The provider is not saved yet. What you typed is still here. Correct this:"),
    "provider.unknown": N_("There is no provider called {name} here. Nothing was changed. Known: {choices}."),
    "type.in_use": N_(
        "{name} was not deleted, since it is used: {uses}. Nothing was changed. Take it out of use instead."
    ),
    "type.invalid": N_("The type is not saved yet. What you typed is still here. Correct this:"),
    "type.unknown": N_(
        "There is no type of intervention called {name} here. Nothing was changed. Choose one of those in the list of "
        "types."
    ),
    "types.invalid": N_(
        "The file of intervention types {file} has faults and was not installed. Nothing was changed. Correct "
        "these and try again:"
    ),
}
