"""Splitting one bullet: the first keeps identity and history, the others know their origin."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from reversion.models import Revision

from entries.actions import entries as entry_actions
from entries.markdown.writer import export
from entries.models import Entry
from guide_site.core import history
from guide_site.core.words import Piece
from moderation.changes import kinds
from moderation.changes.undo import changes_back
from moderation.display import Names
from moderation.models import Operation, Proposal
from moderation.notifications.mail.differences import difference
from tests import factories
from tests.entries.guides import imported
from tests.moderation.helpers import approve, assert_not_merged, fields, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return factories.entry("Keys leak. Roles rotate themselves.")


def split(entry, first="Keys leak.", rest=("Roles rotate themselves.",), tags=()):
    """An open proposal that makes `entry` several bullets."""
    bullets = [{"body": body, "tags": []} for body in rest]
    return factories.changing(entry, Operation.SPLIT, body=first, tags=list(tags), rest=bullets)


def bodies(section):
    entries = Entry.objects.live().filter(section=section).order_by("position")
    return list(entries.values_list("body", flat=True))


def test_the_first_bullet_keeps_its_identity_and_the_others_follow_it(entry):
    factories.entry("After.", section=entry.section)
    approve(split(entry, rest=("Roles rotate.", "So use them.")))
    assert bodies(entry.section) == ["Keys leak.", "Roles rotate.", "So use them.", "After."]
    assert Entry.objects.get(body="Keys leak.") == entry
    assert set(entry.split_off.values_list("body", flat=True)) == {"Roles rotate.", "So use them."}


def test_what_is_nested_stays_under_the_first(entry):
    child = factories.entry("Nested.", section=entry.section, parent=entry)
    approve(split(entry))
    child.refresh_from_db()
    assert child.parent == entry


def test_each_bullet_has_its_own_tags(entry):
    factories.legend_tag("gotcha", "❗")
    rest = [{"body": "Roles rotate.", "tags": ["gotcha"]}]
    approve(factories.changing(entry, Operation.SPLIT, body="Keys leak.", tags=[], rest=rest))
    assert [tag.slug for tag in Entry.objects.get(body="Roles rotate.").tags.all()] == ["gotcha"]
    assert not entry.tags.exists()


@pytest.mark.parametrize(
    ("now", "result"),
    [
        ("Old keys leak. Roles rotate themselves.", ["Old keys leak.", "Roles rotate themselves."]),
        (
            "Keys leak. Roles rotate themselves daily.",
            ["Keys leak.", "Roles rotate themselves daily."],
        ),
        ("Old keys leak. Roles rotate daily.", ["Old keys leak.", "Roles rotate daily."]),
    ],
)
def test_edits_of_others_to_either_half_come_along(entry, now, result):
    proposal = split(entry)
    factories.edit(entry, now)
    approve(proposal)
    assert bodies(entry.section) == result


def test_any_sign_may_stand_in_the_texts():
    entry = factories.entry("Keys ␞ leak. Roles rotate.")
    proposal = split(entry, "Keys ␞ leak.", ["Roles ␞ rotate."])
    factories.edit(entry, "Keys ␞ leak. Roles rotate daily.")
    approve(proposal)
    assert bodies(entry.section) == ["Keys ␞ leak.", "Roles ␞ rotate daily."]


def test_an_edit_of_the_words_at_the_seam_conflicts_and_publishes_nothing(entry):
    proposal = split(entry)
    factories.edit(entry, "Keys leak; roles rotate themselves.")
    assert_not_merged(approve(proposal), "changed since")
    assert bodies(entry.section) == ["Keys leak; roles rotate themselves."]


def test_a_tag_that_somebody_else_added_stays_on_the_first(entry):
    factories.legend_tag("tip", "🔹")
    proposal = split(entry)
    factories.edit(entry, entry.body, tags=["tip"])
    approve(proposal)
    assert [tag.slug for tag in entry.tags.all()] == ["tip"]


def test_a_retired_entry_is_not_split(entry):
    proposal = split(entry)
    factories.retire(entry)
    assert_not_merged(approve(proposal), "retired meanwhile")


def test_the_page_of_one_that_cannot_be_split_offers_no_place_to_put_it(as_user, editor, entry):
    proposal = split(entry)
    factories.retire(entry)
    page = words(as_user(editor).get(proposal.get_absolute_url()))
    assert "retired meanwhile" in page
    assert "Put it at the end of" not in page


def test_only_items_of_lists_are_split():
    paragraph = factories.entry("One. Two.", kind="paragraph")
    with history.revision(by=None, comment="x"), pytest.raises(ValidationError, match="bullets"):
        entry_actions.split_entry(paragraph, body="One.", tags=[], rest=[])


def test_the_form_of_a_paragraph_says_that_only_bullets_are_split(member):
    paragraph = factories.entry("One. Two.", kind="paragraph")
    page = member.get(reverse("entry-split", args=[paragraph.pk]))
    assert "Only bullets can be split." in words(page)
    assert "What you typed" not in words(page)


def test_undoing_it_gives_back_one_bullet(entry):
    approve(split(entry))
    proposal = factories.proposal(entry)
    proposal.changes.all().delete()
    for position, change in enumerate(changes_back(Revision.objects.latest("pk"))):
        proposal.changes.create(position=position, **change)
    approve(proposal)
    assert bodies(entry.section) == ["Keys leak. Roles rotate themselves."]


def test_the_export_has_each_bullet_in_the_frame_of_the_list():
    imported("# G\n\n* One. Two.\n* Three.\n")
    approve(split(Entry.objects.get(body="One. Two."), "One.", ["Two."]))
    assert export() == "# G\n\n* One.\n* Two.\n* Three.\n"


def test_the_proposal_shows_the_new_bullets(client, entry):
    page = words(client.get(split(entry).get_absolute_url()))
    assert "Split" in page
    assert re.search(r"New bullets\s*Roles rotate themselves\.", page)


@pytest.fixture
def url(entry):
    return reverse("entry-split", args=[entry.pk])


@pytest.fixture
def member(as_user, contributor):
    return as_user(contributor)


def test_the_form_shows_the_bullet_as_a_list(member, url, entry):
    factories.legend_tag("gotcha", "❗")
    factories.edit(entry, "Keys leak.", tags=["gotcha"])
    assert fields(member.get(url))["body"] == "- ❗ Keys leak."


def test_a_list_becomes_a_draft_that_splits(member, url, entry):
    typed = {"body": "- Keys leak.\n- Roles rotate themselves."}
    member.post(url, fields(member.get(url)) | typed)
    change = Proposal.objects.get().changes.get()
    assert (change.operation, change.entry, change.base["body"]) == ("split", entry, entry.body)
    assert change.proposed == {
        "body": "Keys leak.",
        "tags": [],
        "rest": [{"body": "Roles rotate themselves.", "tags": []}],
    }


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "The text is empty."),
        ("- One bullet.", "This is one bullet"),
        ("No list.", "Begin each bullet with"),
        ("- One.\n  - Nested.", "Nested bullets are not possible here"),
        ("- x\n" * 51, "Make at most 50 bullets of one."),
        (f"- x\n- {'y' * 20_001}", "Keep each under 20,000 characters."),
        ("- x\n- <!-- nothing to see -->", "One of the bullets is empty."),
    ],
)
def test_what_is_no_list_of_bullets_is_refused_and_kept(member, url, typed, reason):
    response = member.post(url, fields(member.get(url)) | {"body": typed})
    assert reason in words(response)
    assert fields(response)["body"].strip() == typed.strip()
    assert not Proposal.objects.exists()


def test_a_split_joins_no_edit_of_the_same_words(member, contributor, url, entry):
    edit = factories.proposal(entry, author=contributor, status="draft")
    typed = {"body": "- Keys leak.\n- Roles rotate.", "into": edit.pk}
    page = member.post(url, fields(member.get(f"{url}?into={edit.pk}")) | typed)
    assert "changes the same words already" in words(page)
    assert edit.changes.get().operation == Operation.EDIT


def test_its_email_shows_each_new_bullet_with_its_tags(entry):
    factories.legend_tag("gotcha", "❗")
    rest = [{"body": "Roles rotate.", "tags": ["gotcha"]}, {"body": "Use them.", "tags": []}]
    proposal = factories.changing(entry, Operation.SPLIT, body="Keys.", tags=[], rest=rest)
    fields = dict(difference(proposal.changes.get(), Names()).fields)
    added = "- Roles rotate. (gotcha)\n- Use them."
    assert fields["Further bullets"] == [Piece("added", added)]


def test_its_author_edits_it_again_as_a_list(member, contributor, entry):
    proposal = split(entry)
    Proposal.objects.update(author=contributor)
    change = proposal.changes.get()
    url = reverse("proposal-change", args=[proposal.pk, change.pk])
    page = member.get(url)
    assert fields(page)["body"] == "- Keys leak.\n- Roles rotate themselves."
    member.post(url, fields(page) | {"body": "- Keys leak.\n- Roles rotate.\n- Use them."})
    change.refresh_from_db()
    assert [bullet["body"] for bullet in change.proposed["rest"]] == ["Roles rotate.", "Use them."]
    assert kinds.merged(change).conflicts == {}
