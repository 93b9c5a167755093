"""A resolution that touches only what is disputed keeps every other word of both sides."""

import pytest
from django.test import override_settings
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from guide_site.core import words
from guide_site.core.access import Role
from guide_site.core.words import Clash
from moderation import actions
from moderation.forms import of_change
from tests import factories
from tests.examples import examples
from tests.moderation.helpers import approve

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
    """The text of a form in which only the disputed places were written again.

    Nobody who does so takes out the blank before what follows.
    """
    return "".join(_answered(p, answer) if isinstance(p, Clash) else p for p in merged.pieces)


def _answered(clash, answer):
    ends_with_blank = any(side.endswith(" ") for side in clash)
    return f"{answer} " if answer and ends_with_blank else answer


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


def form_of(change, data=None):
    """The form of a change, as its page builds it; without `data`, as it opens."""
    form_class, initial, options = of_change.form_of(change)
    return form_class(data, initial=initial, proposal=change.proposal, only_change=True, **options)


def save(change, by, body):
    """Write `body` into the form of a change and save it; returns what the form opened with."""
    opened = {bound.html_name: bound.value() for bound in form_of(change)}
    form = form_of(change, opened | {"body": body})
    assert form.is_valid(), form.errors
    edit = actions.ChangeEdit(change, *of_change.outcome(change, form))
    seen = {"by": by, "version": change.proposal.version}
    if by == change.proposal.author:
        actions.amend(change.proposal, edit=edit, **seen)
    else:
        actions.edit_as_reviewer(change.proposal, edits=[edit], **seen)
    return opened["body"]


@override_settings(REVIEW="single")
class Resolutions(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.section = factories.section()
        cls.author, cls.other = factories.user(), factories.user()
        cls.reviewer, cls.lead = factories.user(Role.EDITOR), factories.user(Role.LEAD)

    @pytest.mark.fuzz
    @examples()
    @given(sides("ours"), sides("theirs"), st.booleans())
    def test_it_is_in_the_guide_once_a_form_is_saved_and_approved(self, ours, theirs, by_author):
        merged = words.merge(text(), text(ours), text(theirs))
        typed = resolved(merged, "own").strip()
        assume(merged.clashes and typed != text(ours))
        entry = factories.entry(text(), section=self.section)
        made = factories.proposal(entry, text(theirs), author=self.author)
        factories.edit(entry, text(ours), by=self.other)
        opened = save(made.changes.get(), self.author if by_author else self.reviewer, typed)
        assert opened == "".join(getattr(p, "proposed", p) for p in merged.pieces)
        made.refresh_from_db()
        assert approve(made, by=self.lead).is_merged
        entry.refresh_from_db()
        assert undisputed(merged, text(ours), text(theirs)) <= {*entry.body.split()}
