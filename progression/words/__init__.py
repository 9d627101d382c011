"""Every sentence a user sees, from one gettext catalogue.

    w = Words("da")
    w.t("Save")                                   # message, English is the key
    w.t("Saved {time}", time=w.clock(now))        # named fields only
    w.tn("{n} citizen", "{n} citizens", n)        # plural
    w.tc("verb", "Open")                          # with context
    N_("I dag")                                   # marks a text that is translated later

The package imports nothing of progression but `resources`; it reads attributes of the values it is handed.
"""

from progression.words.catalogue import LANGUAGES, N_, Words, plain

__all__ = ["LANGUAGES", "N_", "Words", "plain"]
