"""Takes today's pages of the reports as the approved ones. Look at every picture that git calls changed, then commit.

python tools/approve_pages.py          write tests/data/approved and say which pages changed
python tools/approve_pages.py --look F write today's pages into the folder F, large, and change nothing
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / room) for room in ("reports", "charts", "desk"))]


def main() -> int:
    """Write the pages."""
    import approved_pages as pages

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--look", metavar="FOLDER", type=Path)
    look = parser.parse_args().look
    with tempfile.TemporaryDirectory() as made:
        if look:
            pages.DPI = 110
        today = pages.pages(Path(made))
    folder = look or pages.APPROVED
    folder.mkdir(parents=True, exist_ok=True)
    for old in () if look else folder.glob("*.png"):
        if old.stem not in today:
            old.unlink()
            print(f"{old.stem}: gone")
    for name, picture in today.items():
        path = folder / f"{name}.png"
        if look:
            picture.save(path)
        elif _differs(path, picture):
            pages.kept(picture).save(path, optimize=True)
            print(f"{name}: changed")
    return 0


def _differs(path: Path, picture: Any) -> bool:
    from approved_pages import MOST, difference  # beside the test that compares
    from PIL import Image

    if not path.exists():
        return True
    with Image.open(path) as approved:
        return difference(approved, picture)[0] > MOST


if __name__ == "__main__":
    raise SystemExit(main())
