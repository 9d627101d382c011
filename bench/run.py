"""All benchmarks: ratios against a floor measured in the same run, since machines differ and are noisy.

    python3 run.py bench            everything
    python3 run.py bench store      only bench_store.py

Each `bench_*.py` has `run()` returning rows (name, figure, limit, details); nothing fails here, a person reads it.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(wanted: list[str]) -> int:
    """Run the benchmarks whose names were given, or all of them."""
    sys.path.insert(0, str(HERE))
    names = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    for name in [n for n in names if not wanted or n in wanted]:
        print(f"\n{name}")
        for title, figure, limit, details in importlib.import_module(f"bench_{name}").run():
            mark = " " if limit is None else "✓" if figure <= limit else "✗"
            goal = "" if limit is None else f"  (at most {limit:g})"
            print(f"  {mark} {title:58} {figure:9.3f}{goal}  {details}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
