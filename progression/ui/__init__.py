"""The window, and how modules are imported once there is one.

PySide6 puts a function of its own in the place of `import` and reads the source of every module imported from then on,
to see whether it asks for Qt in another spelling (`from __feature__ import snake_case`). Nothing here does. What stood
there before is put back: what unlocking needs is imported in a sixth less time, and nothing is read twice.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - so that it has been done, and can be undone


def _import_as_before() -> None:
    """Put back what stood in the place of `import`, where it is PySide6's reading one that stands there."""
    before = getattr(builtins, "__orig_import__", None)  # PySide6 leaves it here
    if before is not None and getattr(builtins.__import__, "__name__", "") == "__feature_import__":
        builtins.__import__ = before


_import_as_before()
