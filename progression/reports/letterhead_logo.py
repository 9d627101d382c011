"""A logo made ready for a PDF: small, opaque (PDF/A-2 viewers and printers differ on transparency), and known to be an
image. Its size is looked at before a pixel is decoded, so that a picture made to fill the memory cannot."""

from __future__ import annotations

import struct
import warnings
from io import BytesIO

from PIL import Image, ImageOps

from progression.errors import KnownError

FORMATS = ("PNG", "JPEG")
MOST_BYTES = 8_000_000  # of the file a person chose
MOST_PIXELS = 25_000_000
DRAWN = (720, 200)  # pixels kept: 600 a inch at the size it is drawn in
SMALL = 40_000  # bytes of a PNG; above it a JPEG is kept, since a report may take 200 kB
QUALITY = 88


def prepared(content: bytes, file: str) -> bytes:
    """Return a picture file (PNG or JPEG) as the logo that is kept: at most 720 × 200 pixels, on white, RGB.

    Raises KnownError "letterhead.logo_not_image" (file) and "letterhead.logo_large" (file, most; megapixels).
    """
    if len(content) > MOST_BYTES:
        raise _large(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise _large(file)
                return _kept(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _large(file) from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, MemoryError) as error:
        raise KnownError("letterhead.logo_not_image", file=file) from error


def _large(file: str) -> KnownError:
    return KnownError("letterhead.logo_large", file=file, most=MOST_PIXELS // 1_000_000)


def _kept(picture: Image.Image) -> bytes:
    picture.draft("RGB", (DRAWN[0] * 2, DRAWN[1] * 2))  # a large JPEG is decoded at a fraction of its size
    turned = ImageOps.exif_transpose(picture).convert("RGBA")
    turned.thumbnail(DRAWN, Image.Resampling.LANCZOS)
    paper = Image.new("RGB", turned.size, "white")
    paper.paste(turned, mask=turned.getchannel("A"))
    drawing, photo = BytesIO(), BytesIO()
    paper.save(drawing, "PNG", optimize=True)
    if drawing.tell() <= SMALL:
        return drawing.getvalue()
    paper.save(photo, "JPEG", quality=QUALITY, optimize=True)
    return photo.getvalue()
