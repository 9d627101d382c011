"""Where the files shipped with the program are: fonts, icons, catalogues.

A leaf: every package may import it. In the wheel `assets/` lies inside the package; in a checkout it lies beside it.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def asset(*parts: str) -> Path:
    """Return the path of a shipped file, e.g. `asset("fonts", "IBMPlexSans-Regular.ttf")`.

    Raises FileNotFoundError, with the path, when the installation is incomplete.
    """
    for root in (_PACKAGE / "assets", _PACKAGE.parent / "assets"):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(str(Path("assets", *parts)))
