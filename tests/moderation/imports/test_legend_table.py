"""A legend that is a table, in a file that is proposed: changes of its tags, not of text."""

import pytest

from entries.models import Entry, LegendTag
from guide_site.core import history
from moderation.models import Proposal, Subject
from tests.entries.guides import imported

pytestmark = pytest.mark.django_db

GUIDE = """\
# Guide

## Icons

| Icon | Meaning |
|---|---|
| ⭐ | Good |
| 🔥 | Hot |

## Text

- ⭐ one
- 🔥 two
- three
"""


def test_a_changed_row_is_proposed_as_a_change_of_its_tag(lead, bring):
    imported(GUIDE, signs=())
    before = history.generation()
    changed = GUIDE.replace("| Hot |", "| Very hot |").replace("three", "four")
    bring(changed, as_proposal=True, by=lead.username)
    changes = Proposal.objects.get().changes.all()
    found = {change.subject: change.proposed for change in changes}
    assert found[Subject.LEGEND_TAG] == {"meaning": "Very hot"}
    assert set(found) == {Subject.LEGEND_TAG, Subject.ENTRY}
    assert history.generation() == before
    assert LegendTag.objects.get(sign="🔥").meaning == "Hot"


def test_the_table_itself_is_not_edited_as_text(as_user, contributor):
    imported(GUIDE, signs=())
    entry = Entry.objects.get(body__startswith="| Icon")
    page = as_user(contributor).get(f"/entries/{entry.pk}/edit/", follow=True)
    assert "what its tags mean" in page.text
