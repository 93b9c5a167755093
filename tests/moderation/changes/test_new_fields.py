"""A field that is declared later: stored changes lack it and leave it as it is.

Legend tags stand for such a field here.
"""

import pytest

from entries.models import Entry
from moderation import actions
from moderation.changes.field_types import Field, Merge, Shown, Type
from moderation.changes.fields import content, fields_of
from moderation.display import facts
from tests import factories
from tests.moderation.helpers import approve

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return factories.entry("One, two.", tags=[factories.legend_tag().slug])


@pytest.fixture
def proposal(entry):
    """An edit that was stored before there were legend tags."""
    proposal = factories.proposal(entry, "One, three.")
    change = proposal.changes.get()
    del change.base["tags"], change.proposed["tags"]
    change.save()
    return proposal


def now(entry):
    entry = Entry.objects.get(pk=entry.pk)
    return entry.body, [tag.slug for tag in entry.tags.all()]


def test_what_was_typed_says_nothing_about_it():
    assert content({"body": "One."}) == {"body": "One."}


def test_an_edit_leaves_it_as_it_is(entry, proposal):
    approve(proposal)
    assert now(entry) == ("One, three.", ["gotcha"])


def test_so_does_the_restoration_of_what_was_retired_meanwhile(entry, proposal):
    factories.retire(entry)
    actions.restore_with_text(proposal.changes.get(), by=proposal.author, version=1)
    proposal.refresh_from_db()
    approve(proposal)
    assert now(entry) == ("One, three.", ["gotcha"])


def test_another_edit_can_build_on_it(as_user, contributor, entry, proposal):
    page = as_user(contributor).get(f"/entries/{entry.pk}/edit/?on={proposal.pk}")
    assert page.status_code == 200
    assert "One, three." in page.text


def test_reviewers_see_that_of_an_addition(monkeypatch):
    source = Field("source", "Source", Type.URL, Merge.WHOLE, Shown.FACT)
    monkeypatch.setattr(facts, "fields_of", lambda subject: fields_of(subject) | {"source": source})
    change = factories.addition(factories.section()).changes.get()
    change.proposed["source"] = "https://docs.example/"
    assert [fact.label for fact in facts.facts_of(change, facts.Names())] == ["Source"]
