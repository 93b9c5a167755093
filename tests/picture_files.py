"""Picture files for tests, honest and hostile, made here."""

import io
import struct
import zlib

from PIL import Image

SCRIPT = b"<script>alert(1)</script>"


def raster(form="PNG", size=(40, 30), mode="RGB", colour=None, **options):
    """A file of one colour; the same arguments make the same bytes."""
    buffer = io.BytesIO()
    Image.new(mode, size, colour if colour is not None else "red").save(buffer, form, **options)
    return buffer.getvalue()


def png_of_size(width, height):
    """A PNG that says it has this size, and holds next to nothing."""

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 10_000)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", pixels), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def gif_that_is_a_script():
    """A GIF that a browser would run as JavaScript if it were sent as that."""
    gif = raster("GIF", size=(10799, 8))  # 0x2a2f: the width begins a comment, “/*”
    assert gif[6:8] == b"/*"
    return gif + b"*/=1;alert(1);"


def with_orientation():
    """A JPEG of 40 by 30 pixels that says that it lies on its side, with other metadata."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "secret place"
    return raster("JPEG", exif=exif, comment=b"secret comment")


def svg(inside="", root="", before=""):
    """A drawing of 20 by 10 pixels."""
    return (
        f'{before}<svg xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" width="20" height="10"{root}>'
        f"{inside}<rect width='20' height='10' fill='red'/></svg>"
    ).encode()
