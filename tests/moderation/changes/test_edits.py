"""Publishing an edit: what is merged with what others did, and what is not."""

import pytest
from reversion.models import Revision

from guide_site.core import history
from moderation.models import Event
from tests import factories
from tests.moderation.helpers import approve, assert_not_merged

pytestmark = pytest.mark.django_db


def tagged(entry):
    """The slugs of the tags that an entry carries now."""
    return sorted(entry.tags.values_list("slug", flat=True))


def proposing(entry, body, *tags):
    """An open proposal of this text and these tags."""
    made = factories.proposal(entry)
    made.changes.update(proposed={"body": body, "tags": list(tags)})
    return made


def test_text_and_tags_are_published_together():
    factories.legend_tag()
    entry = factories.entry()
    approve(proposing(entry, "Use roles ❗", "gotcha"))
    entry.refresh_from_db()
    assert (entry.body, tagged(entry)) == ("Use roles ❗", ["gotcha"])
    assert 'href="/legend/gotcha/"' in entry.body_html


def test_tags_of_others_stay_and_ones_own_change_counts():
    for slug, sign in (("gotcha", "❗"), ("cost", "💸"), ("tip", "🔸")):
        factories.legend_tag(slug, sign)
    entry = factories.entry(tags=["gotcha"])
    proposal = proposing(entry, entry.body, "tip")
    factories.edit(entry, entry.body, tags=["gotcha", "cost"])
    approve(proposal)
    assert tagged(entry) == ["cost", "tip"]


def test_a_text_of_others_that_only_changed_its_tags_is_no_conflict():
    factories.legend_tag()
    entry = factories.entry()
    proposal = proposing(entry, "Use roles, always.")
    factories.edit(entry, entry.body, tags=["gotcha"])
    approve(proposal)
    entry.refresh_from_db()
    assert (entry.body, tagged(entry)) == ("Use roles, always.", ["gotcha"])


def test_the_author_is_named_even_if_an_editor_approves(editor, entry):
    proposal = factories.proposal(entry)
    approve(proposal, editor)
    assert Revision.objects.latest("pk").user == proposal.author


def test_a_removed_account_does_not_stop_a_merge(editor, entry):
    proposal = factories.proposal(entry, "One, two, three, 4.")
    proposal.author.delete()
    proposal.refresh_from_db()
    assert approve(proposal, editor).is_merged
    assert Revision.objects.latest("pk").user is None


def test_two_texts_that_are_too_long_together_conflict_and_nothing_is_lost(editor):
    entry = factories.entry("Here. There.")
    first = factories.proposal(entry, "a " * 6000 + "Here. There.")
    second = factories.proposal(entry, "Here. There." + " b" * 6000)
    approve(first, editor)
    before = history.generation()
    assert_not_merged(approve(second, editor), match="20,000 characters")
    second.refresh_from_db()
    assert (history.generation(), second.status) == (before, "open")
    assert second.changes.get().proposed["body"].endswith(" b")


def test_a_tag_that_left_the_legend_meanwhile_is_named(editor, entry):
    tag = factories.legend_tag()
    proposal = proposing(entry, "One.", "gotcha")
    with history.revision(by=None, comment="meanwhile"):
        tag.delete()
    assert_not_merged(approve(proposal, editor), match="Unknown legend tag: gotcha")
    entry.refresh_from_db()
    assert entry.body == "One, two, three, four."


def test_a_conflict_is_in_the_public_log_with_the_words(editor, entry):
    proposal = factories.proposal(entry, "One, two, three, 4.")
    factories.edit(entry, "One, two, three, vier.")
    assert_not_merged(approve(proposal, editor))
    event = proposal.events.get(what=Event.What.CONFLICT)
    assert (event.by, event.old, event.new) == (editor, "open", "open")
    assert "“four” into “vier”" in event.note


def test_a_conflict_may_be_approved_again_once_it_merges(editor, entry):
    proposal = factories.proposal(entry, "One, two, three, 4.")
    factories.edit(entry, "One, two, three, vier.")
    assert_not_merged(approve(proposal, editor))
    factories.edit(entry, "One, two, three, four.")
    assert approve(proposal, editor).is_merged
