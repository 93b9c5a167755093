"""Pictures from outside: what is taken, what is made of it, and what never gets through."""

import contextlib
import io
import struct
import time

import pytest
from PIL import Image, UnidentifiedImageError

from guide_site.core.pictures import encoding
from guide_site.core.pictures.encoding import encode
from guide_site.core.pictures.refusing import MAX_TOTAL, MOST, NotAPicture, why_no_more
from tests import picture_files
from tests.picture_files import SCRIPT, raster

TAKEN = [
    ("PNG", "RGB", "png"),
    ("PNG", "P", "png"),
    ("PNG", "1", "png"),
    ("PNG", "LA", "png"),
    ("PNG", "RGBA", "png"),
    ("PNG", "I;16", "png"),
    ("JPEG", "CMYK", "jpg"),
    ("JPEG", "L", "jpg"),
    ("GIF", "P", "png"),
    ("WEBP", "RGBA", "png"),
    ("WEBP", "RGB", "jpg"),
]
# Sentences that refuse.
NO_PICTURE = "no PNG, JPEG, GIF, WebP or SVG"
DAMAGED = "damaged, or only a part"
TOO_LARGE = "more than 16 million pixels"
REFUSED = {
    "nothing": (b"", NO_PICTURE),
    "a text": (b"just words", NO_PICTURE),
    "a page": (b"<!DOCTYPE html><title>x</title>" + SCRIPT, "no well-formed SVG"),
    "a PDF": (b"%PDF-1.4 ...", NO_PICTURE),
    "a TIFF": (raster("TIFF"), NO_PICTURE),
    "an icon": (raster("ICO"), NO_PICTURE),
    "a bomb of 30000 × 30000": (picture_files.png_of_size(30_000, 30_000), TOO_LARGE),
    "a bomb of 10000 × 10000": (picture_files.png_of_size(10_000, 10_000), TOO_LARGE),
    "a thread of a picture": (picture_files.png_of_size(16_001, 1), TOO_LARGE),
    "no pixels at all": (picture_files.png_of_size(0, 0), NO_PICTURE),
    "fewer pixels than it says": (picture_files.png_of_size(3000, 3000), DAMAGED),
    "half a PNG": (raster(size=(300, 300), colour=(1, 2, 3))[:-40], DAMAGED),
    "half a JPEG": (raster("JPEG", size=(300, 300))[:700], DAMAGED),
    "half a WebP": (raster("WEBP", size=(300, 300))[:40], DAMAGED),
    "a dot": (raster("GIF", size=(1, 1)), "a dot"),
    "too many bytes": (raster() + b"x" * encoding.MAX_BYTES, "more than 8 MB"),
}


def opened(made):
    return Image.open(io.BytesIO(made.data))


@pytest.mark.parametrize(("form", "mode", "kind"), TAKEN)
def test_a_picture_is_written_anew_with_its_size(form, mode, kind):
    colours = {"I;16": 1, "1": 1, "P": 1, "RGBA": (255, 0, 0, 9)}
    made = encode(raster(form, mode=mode, colour=colours.get(mode)))
    assert (made.kind.value, made.width, made.height) == (kind, 40, 30)
    assert opened(made).size == (40, 30)


@pytest.mark.parametrize(("data", "sentence"), REFUSED.values(), ids=REFUSED)
def test_no_other_file_is_taken(data, sentence):
    started = time.monotonic()
    with pytest.raises(NotAPicture, match=sentence):
        encode(data)
    assert time.monotonic() - started < 2


def test_a_jpeg_of_thousands_of_layers_is_refused_before_it_is_read():
    honest = raster("JPEG", size=(3000, 3000), progressive=True)
    scan = honest.rindex(b"\xff\xda")
    bomb = honest[:-2] + honest[scan:-2] * 5000 + honest[-2:]
    started = time.monotonic()
    with pytest.raises(NotAPicture, match="too long to read"):
        encode(bomb)
    assert time.monotonic() - started < 1
    assert encode(honest).kind == "jpg"


def test_the_colours_stay():
    made = opened(encode(raster(colour=(12, 200, 99)))).convert("RGB")
    assert made.getpixel((3, 3)) == (12, 200, 99)


def test_what_is_clear_stays_clear():
    palette = Image.new("P", (9, 9), 1)
    palette.putpalette([0, 0, 0, 255, 0, 0])
    buffer = io.BytesIO()
    palette.save(buffer, "GIF", transparency=1)
    assert opened(encode(buffer.getvalue())).convert("RGBA").getpixel((1, 1))[3] == 0


def test_a_diagram_in_webp_loses_nothing():
    made = encode(raster("WEBP", colour=(12, 200, 99), lossless=True))
    assert (made.kind, opened(made).convert("RGB").getpixel((3, 3))) == ("png", (12, 200, 99))


def test_a_picture_that_lies_on_its_side_is_put_upright():
    made = encode(picture_files.with_orientation())
    assert (made.width, made.height) == (30, 40)
    assert opened(made).size == (30, 40)


def test_of_an_animation_the_first_frame_is_shown():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    made = opened(encode(buffer.getvalue()))
    assert getattr(made, "n_frames", 1) == 1
    assert made.convert("RGB").getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_what_stands_behind_a_picture_is_dropped(form):
    made = encode(raster(form) + b"<html>" + SCRIPT)
    assert SCRIPT not in made.data


def test_a_picture_that_is_a_script_as_well_is_none_any_more():
    made = encode(picture_files.gif_that_is_a_script())
    assert (made.kind, b"alert" in made.data) == ("png", False)


@pytest.mark.parametrize(
    "data",
    [
        picture_files.with_orientation(),
        raster("PNG", icc_profile=b"secret profile"),
        raster("GIF", comment=b"secret comment"),
        raster("WEBP", exif=b"Exif\0\0secret", xmp=b"secret"),
    ],
)
def test_metadata_are_dropped(data):
    made = encode(data)
    assert b"secret" not in made.data
    assert not opened(made).info.keys() & {"exif", "icc_profile", "comment", "xmp", "parsed_exif"}


@pytest.mark.parametrize(
    ("count", "total", "sentence"),
    [
        (MOST - 1, 0, None),
        (MOST, 0, "1000 pictures already"),
        (1, MAX_TOTAL - 5, None),
        (1, MAX_TOTAL - 4, "more than 200 MB"),
    ],
)
def test_a_guide_has_so_many_pictures_and_bytes_at_most(count, total, sentence):
    reason = why_no_more(count, total, 5)
    assert (reason is None) == (sentence is None)
    assert (sentence or "") in (reason or "")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (SyntaxError("broken PNG file"), DAMAGED),
        (struct.error("unpack requires a buffer"), DAMAGED),
        (OverflowError(), DAMAGED),
        (ValueError(), DAMAGED),
        (KeyError("mode"), DAMAGED),
        (OSError("encoder error -2"), DAMAGED),
        (MemoryError(), DAMAGED),
        (RecursionError(), DAMAGED),
        (UnidentifiedImageError(), NO_PICTURE),
        (Image.DecompressionBombError(), TOO_LARGE),
        (Image.DecompressionBombWarning(), TOO_LARGE),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
@pytest.mark.parametrize("step", ["open", "convert", "save"])
def test_whatever_fails_on_the_way_refuses_the_picture(monkeypatch, step, error, sentence):
    original = raster("JPEG", mode="CMYK")

    def fails(*_, **__):
        raise error

    owner = Image if step == "open" else Image.Image
    monkeypatch.setattr(owner, step, fails)
    with pytest.raises(NotAPicture, match=sentence):
        encode(original)


@pytest.mark.parametrize(
    ("form", "mode"),
    [("PNG", "P"), ("PNG", "I;16"), ("GIF", "P"), ("JPEG", "CMYK"), ("WEBP", "RGBA")],
)
def test_a_picture_with_broken_bytes_is_taken_or_refused_with_a_sentence(form, mode):
    original = raster(form, size=(16, 16), mode=mode, colour=1 if mode in ("P", "I;16") else None)
    for at in range(0, len(original), 3):
        for value in (0, 0x7F, 0xFF):
            broken = original[:at] + bytes([value]) + original[at + 1 :]
            with contextlib.suppress(NotAPicture):  # and nothing else
                made = encode(broken)
                assert max(made.width, made.height) <= encoding.MAX_SIDE
