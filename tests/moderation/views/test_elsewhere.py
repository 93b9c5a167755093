"""Texts that follow the catalogue or the legend are changed there, never as text."""

import uuid

import pytest
from django.urls import reverse

from entries.models import Entry, LegendTag
from moderation import actions
from moderation.models import Change, Operation, Proposal
from services.models import Offering
from tests import factories
from tests.moderation.helpers import approve, assert_not_merged, draft, fields, texts
from tests.services.guides_with_tables import GUIDE, imported

pytestmark = pytest.mark.django_db

LEGEND = "\n## Legend\n\n- 🔹 **Tip:** It matters.\n- ❗ **Gotcha:** A trap.\n"


@pytest.fixture
def guide():
    imported(GUIDE + LEGEND)


@pytest.fixture
def client(as_user, contributor, guide):
    return as_user(contributor)


def matrix():
    return Entry.objects.get(body__startswith="| Service        | AWS")


def releases():
    return Entry.objects.get(body__startswith="| Service | Original")


def bullet():
    return Entry.objects.get(body__startswith="🔹")


@pytest.mark.parametrize(
    ("entry", "address"),
    [(matrix, "/matrix/"), (releases, "/releases/"), (bullet, "/legend/tip/edit/")],
)
def test_the_edit_button_leads_to_where_it_is_changed(client, entry, address):
    assert client.get(reverse("entry-edit", args=[entry().pk])).url == address


def test_what_was_typed_into_the_form_of_a_table_stays_with_a_link_to_the_matrix(client):
    other = factories.entry("Something.")
    form = fields(client.get(reverse("entry-edit", args=[other.pk])))
    body = matrix().body.replace("EC2", "Lightsail")
    page = client.post(
        reverse("entry-edit", args=[matrix().pk]), form | {"body": body, "title": "Try it"}
    )
    assert page.status_code == 200
    assert "This table follows the service matrix" in page.text
    assert '<a href="/matrix/">Open the service matrix</a>' in page.text
    assert "Lightsail" in page.text
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("slug", "old", "new", "sentence"),
    [
        ("matrix", "EC2", "Lightsail", "follows the service matrix"),
        ("releases", "2006-08", "2006-09", "follows the releases"),
        ("legend", "It matters", "Never mind", "says what the tag 🔹 Tip means"),
    ],
)
def test_the_section_editor_refuses_the_same_and_keeps_what_was_typed(
    client, slug, old, new, sentence
):
    url = reverse("section-edit", args=[slug])
    form = fields(client.get(url))
    page = client.post(url, form | {"text": form["text"].replace(old, new), "title": "Try it"})
    assert sentence in page.text
    assert new in page.text
    assert not Change.objects.exists()


def test_a_table_added_as_text_and_a_new_line_of_the_legend_are_refused(contributor, guide):
    place = {"section": matrix().section, "operation": Operation.ADD, "base": {}}
    for proposed in (
        {"body": matrix().body, "kind": "table", "tags": []},
        {"body": "🐥 New", "kind": "bullet", "tags": []},
    ):
        section = bullet().section if "🐥" in proposed["body"] else matrix().section
        change = place | {"section": section, "proposed": proposed}
        with pytest.raises(actions.Refused, match="follow"):
            actions.save_draft(
                by=contributor,
                form_key="00000000-0000-0000-0000-000000000001",
                texts=texts(),
                changes=[change],
            )
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("legend", ["## Legend\n\n- 🔹 Tip", "- Legend:\n  - 🔹 Tip"])
def test_a_bullet_with_a_sign_does_not_come_into_the_legend(contributor, db, legend):
    imported(f"# Guide\n\n{legend}\n\n## Text\n\n- 🔹 Use it.\n- Plain.\n")
    line = bullet()
    place = {"section": line.section_id, "parent": line.parent_id, "after": line.pk}
    moved, plain = (Entry.objects.get(body=body) for body in ("Use it.", "Plain."))
    base = {"section": moved.section_id, "parent": None, "after": None}
    move = {"operation": Operation.MOVE, "section": moved.section, "base": base, "proposed": place}
    added = place | {"body": "Danger.", "kind": "bullet", "tags": ["tip"]}
    add = {"operation": Operation.ADD, "section": line.section, "base": {}, "proposed": added}

    def save(**change):
        key = uuid.uuid4()
        actions.save_draft(by=contributor, form_key=key, texts=texts(), changes=[change])

    for change in (add, move | {"entry": moved}):
        with pytest.raises(actions.Refused, match="follow its tags"):
            save(**change)
    save(**move, entry=plain)


def test_other_tables_and_other_bullets_are_edited_as_before(contributor, guide):
    other = factories.entry("| A | B |\n|---|---|\n| 1 | 2 |", kind="table")
    draft(contributor, other, other.body.replace("2", "3"))
    assert Change.objects.count() == 1


def test_a_move_of_a_table_is_no_edit_of_its_text(client):
    assert client.get(reverse("entry-move", args=[matrix().pk])).status_code == 200


def test_a_proposal_from_before_that_edits_a_table_does_not_merge(contributor, guide):
    table = matrix()
    proposal = factories.proposal(table, table.body.replace("EC2", "Lightsail"), author=contributor)
    assert_not_merged(approve(proposal), "follows the service matrix")
    assert Offering.objects.filter(name="EC2").exists()


def test_an_edit_of_a_tag_is_proposed_and_its_line_follows(client, contributor, guide):
    url = reverse("legend-tag-edit", args=["tip"])
    client.post(url, fields(client.get(url)) | {"meaning": "It counts."})
    proposal = Proposal.objects.get()
    actions.send(proposal, by=contributor)
    approve(proposal)
    assert bullet().body == "🔹 **Tip:** It counts."
    assert LegendTag.objects.get(slug="tip").meaning == "It counts."
