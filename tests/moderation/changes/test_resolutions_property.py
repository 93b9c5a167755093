"""A resolution that touches only what is disputed keeps every other word of both sides."""

import pytest
from django.test import override_settings
from django.urls import reverse
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from guide_site.core import words
from guide_site.core.access import Role
from guide_site.core.words import Clash
from tests import factories
from tests.examples import examples
from tests.moderation.helpers import approve, fields

BASE = [f"word{number}" for number in range(8)]


@st.composite
def sides(draw, who):
    """The words of the base with some replaced, taken out, or with a new one behind."""
    places = draw(st.sets(st.integers(0, len(BASE) - 1), min_size=1, max_size=4))
    edits = {place: draw(st.sampled_from(["replace", "remove", "add"])) for place in places}
    return {place: _edit(BASE[place], f"{who}{place}", edit) for place, edit in edits.items()}


def _edit(word, new, edit):
    return {"replace": [new], "remove": [], "add": [word, new]}[edit]


def text(*sides):
    """The base with the edits of these sides, of which each place has one at most."""
    edits = {place: new for side in sides for place, new in side.items()}
    return " ".join(w for n, word in enumerate(BASE) for w in edits.get(n, [word]))


def resolved(merged, answer):
    """The text of a form in which only the disputed places were written again."""
    return "".join(answer if isinstance(piece, Clash) else piece for piece in merged.pieces)


def undisputed(merged, *texts):
    """The words that one side brought, outside of the places that are disputed."""
    disputed = " ".join(f"{c.current} {c.proposed}" for c in merged.clashes).split()
    return {word for text in texts for word in text.split()} - {*BASE} - {*disputed}


@pytest.mark.fuzz
@examples()
@given(sides("ours"), sides("theirs"), st.sampled_from(["", "own", "two own"]))
def test_every_undisputed_word_of_both_is_in_the_result(ours, theirs, answer):
    now, wanted = text(ours), text(theirs)
    merged = words.merge(text(), now, wanted)
    typed = resolved(merged, answer)
    assert undisputed(merged, now, wanted) <= {*typed.split()}
    dropped = " ".join(words.taken_back(text(), now, typed)).split()
    assert {*dropped} <= {word for clash in merged.clashes for word in clash.current.split()}


@pytest.mark.fuzz
@examples()
@given(sides("ours"), sides("theirs"), sides("later"))
def test_what_comes_between_opening_and_saving_stays_as_well(ours, theirs, later):
    later = {place: new for place, new in later.items() if place not in {*ours, *theirs}}
    now, after = text(ours), text(ours, later)
    opened = words.merge(text(), now, text(theirs))
    saved = words.merge(now, after, resolved(opened, "own"))
    assume(saved.text is not None)
    brought = {word for new in later.values() for word in new} - {*BASE}
    assert undisputed(opened, now, text(theirs)) | brought <= {*saved.text.split()}


@override_settings(REVIEW="single")
class Resolutions(TestCase):
    @pytest.mark.fuzz
    @examples(usual=8, nightly=300)
    @given(sides("ours"), sides("theirs"), st.booleans())
    def test_it_is_in_the_guide_once_a_form_is_saved_and_approved(self, ours, theirs, by_author):
        merged = words.merge(text(), text(ours), text(theirs))
        assume(merged.clashes)
        entry = factories.entry(text())
        made = factories.proposal(entry, text(theirs))
        factories.edit(entry, text(ours), by=factories.user())
        person = made.author if by_author else factories.user(Role.EDITOR)
        change = made.changes.get()
        page = "proposal-change" if by_author else "change-edit"
        url = reverse(page, args=[made.pk, change.pk])
        self.client.force_login(person)
        form = fields(self.client.get(url))
        assert form["body"] == "".join(getattr(p, "proposed", p) for p in merged.pieces)
        typed = resolved(merged, "own").strip()
        assume(typed != text(ours))
        self.client.post(url, form | {"body": typed})
        made.refresh_from_db()
        assert approve(made).is_merged
        entry.refresh_from_db()
        assert undisputed(merged, text(ours), text(theirs)) <= {*entry.body.split()}
