"""Long unchanged stretches of a difference are folded; what borders on a change stays."""

import pytest

from guide_site.core.words import Piece, difference, fold

LONG = " ".join(f"word{number}" for number in range(200))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"{LONG} one", f"{LONG} two"),
        (f"one {LONG}", f"two {LONG}"),
        (f"one {LONG} two", f"1 {LONG} 2"),
    ],
)
def test_the_middle_of_a_long_stretch_is_folded_and_nothing_is_lost(old, new):
    folded = fold(difference(old, new))
    (middle,) = [piece for piece in folded if piece.kind == "folded"]
    assert len(middle.text) > 800
    assert "".join(piece.text for piece in folded if piece.kind != "added") == old


def test_words_beside_a_change_stay_whole():
    pieces = fold(difference(f"one {LONG} two", f"1 {LONG} 2"))
    kinds = [piece.kind for piece in pieces]
    assert kinds == ["removed", "added", "same", "folded", "same", "removed", "added"]
    assert all(piece.text.strip().startswith("word") for piece in pieces[2:5])


@pytest.mark.parametrize("text", ["", "short", "x" * 499])
def test_what_is_short_stays(text):
    assert fold([Piece("same", text)]) == [Piece("same", text)]


def test_a_stretch_without_a_blank_stays_whole_in_its_parts():
    pieces = [Piece("added", "a"), Piece("same", "x" * 2000), Piece("added", "b")]
    assert "".join(piece.text for piece in fold(pieces)) == "a" + "x" * 2000 + "b"
