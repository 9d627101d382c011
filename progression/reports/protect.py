"""A password on a finished PDF: AES-256 as ISO 32000-2 has it (revision 6), open to every screen reader.

PDF/A forbids encryption, so the claim to it is taken out of the file and PDF/UA-1 stays. The same document locked twice
differs: its key and its salts are drawn anew, as they must be. The password is the whole protection: there is no second
one, and nothing that may be done with an open file is forbidden, since programs need not obey that anyway.
"""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO

from progression.errors import KnownError

LEAST, MOST_BYTES = 10, 127  # letters; bytes in UTF-8, the most that revision 6 takes
_ARCHIVE = re.compile(
    rb"<rdf:Description[^>]*xmlns:pdfaExtension=.*</pdfaid:conformance></rdf:Description>\s*", re.DOTALL
)


def locked(pdf: bytes, password: str) -> bytes:
    """Return a PDF that opens with a password only.

    Raises KnownError "password.too_short" (least) and "password.too_long" (most). ValueError where it is no PDF.
    """
    password = checked(password)
    from pikepdf import Encryption, ObjectStreamMode, PdfError, Permissions, open

    out = BytesIO()
    try:
        with open(BytesIO(pdf)) as file:
            packet = file.Root.Metadata
            packet.write(_ARCHIVE.sub(b"", packet.read_bytes()))
            # everything else is allowed by default; PDF/UA asks that who reads aloud is never shut out
            allowed = Permissions(accessibility=True, extract=True, modify_assembly=True)
            lock = Encryption(owner=password, user=password, R=6, aes=True, metadata=True, allow=allowed)
            streams = ObjectStreamMode.generate
            file.save(out, encryption=lock, object_stream_mode=streams, fix_metadata_version=False)
    except PdfError as error:
        raise ValueError("no PDF") from error
    return out.getvalue()


def opens(pdf: bytes, password: str) -> bool:
    """Return whether a PDF opens with this password, and not without one."""
    from pikepdf import PasswordError, PdfError, open

    try:
        with open(BytesIO(pdf)):
            return False
    except PasswordError:
        pass
    except PdfError:
        return False
    try:
        with open(BytesIO(pdf), password=unicodedata.normalize("NFKC", password)):
            return True
    except (PasswordError, PdfError):
        return False


def checked(password: str) -> str:
    """Return a password in the one form that every program makes of it (NFKC). Raises as `locked`."""
    password = unicodedata.normalize("NFKC", password)
    if len(password) < LEAST:
        raise KnownError("password.too_short", least=LEAST)
    if len(password.encode("utf-8")) > MOST_BYTES:
        raise KnownError("password.too_long", most=MOST_BYTES)
    return password
