"""The catalogue's workshop.

    python tools/words.py add FILE.json   merge translations {"English": "Dansk", "{n} day|{n} days": ["…", "…"]}
    python tools/words.py update          extract every marked text, keep every known translation
    python tools/words.py prune           the same, and drop texts that nothing says any more
    python tools/words.py check           exit 1 when a text lacks Danish, placeholders differ or the .mo is stale

A context is written before the text: "verb::Open".
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "assets" / "catalogues" / "da.po"
MO = PO.with_suffix(".mo")
EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
KEYWORDS = {"t": None, "tn": (1, 2), "tc": ((1, "c"), 2), "N_": None}


def load() -> Catalog:
    """Read the Danish catalogue, or begin one."""
    if not PO.exists():
        return Catalog(locale="da", project="Progression", version="", copyright_holder="", msgid_bugs_address="")
    with PO.open("rb") as file:
        return read_po(file, locale="da")


def po_bytes(catalogue: Catalog) -> bytes:
    """The .po file as it is committed: sorted, without places or dates that change at every run."""
    out = io.BytesIO()
    write_po(out, catalogue, sort_output=True, no_location=True, omit_header=False, width=110, ignore_obsolete=True)
    lines = out.getvalue().splitlines(keepends=True)
    unstable = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Last-Translator', b'"Generated-By', b'"Report-Msgid')
    return b"".join(line for line in lines if not line.startswith(unstable))


def mo_bytes(catalogue: Catalog) -> bytes:
    """The compiled catalogue. Its header holds no moment of compiling, so that the same texts give the same bytes."""
    catalogue.creation_date = catalogue.revision_date = EPOCH
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def save(catalogue: Catalog) -> None:
    """Write both files."""
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(po_bytes(catalogue))
    with PO.open("rb") as file:
        MO.write_bytes(mo_bytes(read_po(file, locale="da")))


def extract() -> Catalog:
    """Collect every marked text of the package."""
    found = Catalog()
    for _name, _line, message, _comments, context in extract_from_dir(
        str(ROOT / "progression"), method_map=[("**.py", "python")], keywords=KEYWORDS
    ):
        found.add(message, context=context)
    return found


def faults(catalogue: Catalog) -> list[str]:
    """What is wrong: texts without Danish, texts whose placeholders differ."""
    wrong = []
    for message in catalogue:
        if not message.id:
            continue
        sources = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
        targets = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if not all(targets):
            wrong.append(f"no Danish: {sources[0]!r}")
            continue
        fields = set(re.findall(r"{(\w+)", sources[-1]))
        wrong += [f"placeholders differ: {s!r}" for s in targets if set(re.findall(r"{(\w+)", s)) - fields]
        wrong += [f"placeholders missing: {targets[-1]!r}"] if fields - set(re.findall(r"{(\w+)", targets[-1])) else []
    return wrong


def add(path: Path) -> None:
    """Merge a JSON file of translations."""
    catalogue = load()
    for key, value in json.loads(path.read_text("utf-8")).items():
        context, _, text = key.rpartition("::")
        message = tuple(text.split("|")) if isinstance(value, list) else text
        catalogue.delete(message[0] if isinstance(message, tuple) else message, context or None)
        catalogue.add(message, tuple(value) if isinstance(value, list) else value, context=context or None)
    save(catalogue)


def update(*, prune: bool = True) -> Catalog:
    """Extract again and keep what is known; unused texts only without `prune`."""
    catalogue = load()
    known = list(catalogue)
    catalogue.update(extract(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    if not prune:
        for message in known:
            if message.id and catalogue.get(message.id, message.context) is None:
                catalogue.add(message.id, message.string, context=message.context)
    return catalogue


def main(arguments: list[str]) -> int:
    """Run one verb under a lock, so that two people adding texts at once lose nothing."""
    import fcntl

    PO.parent.mkdir(parents=True, exist_ok=True)
    with (ROOT / ".words.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if arguments[:1] == ["add"]:
            add(Path(arguments[1]))
        elif arguments in (["update"], ["prune"]):
            save(update(prune=arguments == ["prune"]))
        elif arguments != ["check"]:
            print(__doc__)
            return 2
        wrong = faults(update())
        if arguments == ["check"] and (po_bytes(update()) != PO.read_bytes() or mo_bytes(load()) != MO.read_bytes()):
            wrong.append("the catalogue is stale: run tools/words.py update")
        print("\n".join(wrong) or "complete")
        return 1 if wrong and arguments == ["check"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
