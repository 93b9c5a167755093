"""Any picture in, a harmless one of the same look out: PNG, JPEG or SVG.

No byte of the original is served: pixels are decoded and encoded again, drawings are written again
from what they may hold. So metadata, what stands behind the end of a file, and a second meaning
that a file has as a page or a script do not get through.
"""

import hashlib
import io
from enum import StrEnum
from typing import Final, NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

from guide_site.core.pictures import svg
from guide_site.core.pictures.refusing import NotAPicture

MAX_BYTES: Final = 8_000_000  # of one picture
MAX_PIXELS: Final = 16_000_000  # of one picture, width times height
MAX_SIDE: Final = 16_000  # pixels
MOST_SCANS: Final = 200  # of a JPEG; honest ones have some 10, and each takes time
DOT: Final = 2  # pixels: what is no larger either way shows nothing
# Of every response with a picture, for who opens it by itself: a drawing is a document then.
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "Content-Disposition": "inline",
    "X-Content-Type-Options": "nosniff",
}
_READ = ("PNG", "JPEG", "GIF", "WEBP")
_SENTENCES = {
    "bytes": f"It has more than {MAX_BYTES // 1_000_000} MB.",
    "pixels": f"It has more than {MAX_PIXELS // 1_000_000} million pixels, or a side of more than "
    f"{MAX_SIDE} pixels.",
    "dot": "It is a dot of at most 2 × 2 pixels, which shows nothing.",
    "format": "It is no PNG, JPEG, GIF, WebP or SVG picture.",
    "scans": f"It is stored in more than {MOST_SCANS} layers, which take too long to read.",
    "damaged": "It is damaged, or only a part of a picture.",
}
_JPEG, _SCAN = b"\xff\xd8", b"\xff\xda"
_IN_PNG = {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"}
_QUALITY = 85  # of JPEG


class Kind(StrEnum):
    """The format that a picture is served in; the value ends its address."""

    PNG = "png"
    JPEG = "jpg"
    SVG = "svg"

    @property
    def media_type(self) -> str:
        """Its content type."""
        return {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}[self.value]


class Encoded(NamedTuple):
    """A picture as the site serves it; width and height in pixels."""

    data: bytes
    kind: Kind
    width: int
    height: int


def encode(original: bytes) -> Encoded:
    """The picture in a file as the site serves it, whatever the file is called.

    Of an animation, the first frame. Raises NotAPicture with a sentence.
    """
    if len(original) > MAX_BYTES:
        raise NotAPicture(_SENTENCES["bytes"])
    if svg.looks_like(original):
        drawing = svg.clean(original)
        return Encoded(drawing.data, Kind.SVG, drawing.width, drawing.height)
    try:
        return _raster(original)
    except NotAPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotAPicture(_SENTENCES["pixels"]) from None
    except UnidentifiedImageError:
        raise NotAPicture(_SENTENCES["format"]) from None
    except Exception as error:  # decoders raise whatever they run into on hostile bytes
        raise NotAPicture(_SENTENCES["damaged"]) from error


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def _raster(original: bytes) -> Encoded:
    """A picture of pixels. Raises what Pillow raises: here no step is safe from hostile bytes."""
    picture = _decoded(original)
    is_photograph = original.startswith(_JPEG) or b"VP8 " in original[:64]
    if is_photograph and not picture.has_transparency_data:
        return _as_jpeg(picture)
    return _as_png(picture)


def _decoded(original: bytes) -> Image.Image:
    """Its pixels, upright, without anything else. What takes long is refused before."""
    if original.startswith(_JPEG) and original.count(_SCAN) > MOST_SCANS:
        raise NotAPicture(_SENTENCES["scans"])
    with Image.open(io.BytesIO(original), formats=_READ) as picture:
        _check_size(*picture.size)
        picture.load()
        upright = _upright(picture)
    for name in upright.info.keys() - {"transparency"}:
        del upright.info[name]
    return upright


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as its metadata say; what cannot be read there is worth nothing."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # as above
        return picture.copy()


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise NotAPicture(_SENTENCES["pixels"])
    if max(width, height) <= DOT:
        raise NotAPicture(_SENTENCES["dot"])


def _as_png(picture: Image.Image) -> Encoded:
    if picture.mode not in _IN_PNG:
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    return Encoded(_saved(picture, "PNG"), Kind.PNG, *picture.size)


def _as_jpeg(picture: Image.Image) -> Encoded:
    """For pictures that lost something already: JPEG, and WebP of the kind with losses."""
    if picture.mode not in ("L", "RGB"):
        picture = picture.convert("RGB")
    return Encoded(_saved(picture, "JPEG", quality=_QUALITY), Kind.JPEG, *picture.size)


def _saved(picture: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()
