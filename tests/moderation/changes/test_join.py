"""Joining two neighbours: one keeps its identity, the page of the other leads to it."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from reversion.models import Revision

from entries.actions import entries as entry_actions
from entries.markdown.writer import export
from entries.models import Entry
from guide_site.core import history
from moderation.changes import versions
from moderation.changes.undo import changes_back
from moderation.models import Change, EventKind, Operation, Proposal, Subject
from tests import factories
from tests.entries.guides import imported
from tests.moderation.helpers import approve, assert_not_merged, fields, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    return factories.section("Keys")


@pytest.fixture
def first(section):
    return factories.entry("Keys leak.", section=section)


@pytest.fixture
def second(section, first):
    return factories.entry("Roles rotate.", section=section)


def join(first, second, body="Keys leak. Roles rotate.", tags=()):
    """An open proposal to make one bullet of two."""
    values = {"body": body, "tags": list(tags), "other": second.pk}
    proposal = factories.changing(first, Operation.JOIN, **values)
    change = proposal.changes.get()
    change.base |= {"joined": [versions.snapshot(second)]}
    change.save()
    return proposal


def bodies(section):
    entries = Entry.objects.live().filter(section=section).order_by("position")
    return list(entries.values_list("body", flat=True))


def test_the_first_holds_both_texts_and_the_second_leads_to_it(client, section, first, second):
    approve(join(first, second))
    assert bodies(section) == ["Keys leak. Roles rotate."]
    second.refresh_from_db()
    assert (second.joined_into, second.retired_because) == (
        first,
        "Joined into “Keys leak. Roles rotate.”.",
    )
    response = client.get(second.get_absolute_url())
    assert (response.status_code, response.url) == (301, first.get_absolute_url())


def test_what_was_nested_under_either_stands_under_the_first(section, first, second):
    one = factories.entry("One.", section=section, parent=first)
    two = factories.entry("Two.", section=section, parent=second)
    approve(join(first, second))
    assert list(Entry.objects.live().filter(parent=first).order_by("position")) == [one, two]


@pytest.mark.parametrize(
    ("first_now", "second_now", "result"),
    [
        ("Old keys leak.", "Roles rotate.", "Old keys leak. Roles rotate."),
        ("Keys leak.", "Roles rotate daily.", "Keys leak. Roles rotate daily."),
        ("Old keys leak.", "Roles rotate daily.", "Old keys leak. Roles rotate daily."),
    ],
)
def test_edits_of_others_to_either_come_along(
    section, first, second, first_now, second_now, result
):
    proposal = join(first, second)
    factories.edit(first, first_now)
    factories.edit(second, second_now)
    approve(proposal)
    assert bodies(section) == [result]


def test_tags_that_others_added_to_either_stay(first, second):
    factories.legend_tag("tip", "🔹")
    factories.legend_tag("gotcha", "❗")
    proposal = join(first, second)
    factories.edit(first, first.body, tags=["tip"])
    factories.edit(second, second.body, tags=["gotcha"])
    approve(proposal)
    assert sorted(tag.slug for tag in first.tags.all()) == ["gotcha", "tip"]


@pytest.mark.parametrize("gone", ["first", "second"])
def test_a_retired_bullet_is_not_joined(section, first, second, gone):
    proposal = join(first, second)
    factories.retire({"first": first, "second": second}[gone])
    assert_not_merged(approve(proposal), "retired meanwhile")


def test_a_bullet_that_moved_elsewhere_is_not_joined(first, second):
    proposal = join(first, second)
    elsewhere = factories.section("Elsewhere")
    with history.revision(by=None, comment="Move"):
        entry_actions.move_entry(second, section=elsewhere)
    assert_not_merged(approve(proposal), "stands elsewhere now")


def test_the_same_words_changed_differently_conflict_and_publish_nothing(section, first, second):
    proposal = join(first, second, "Keys leak; roles rotate.")
    factories.edit(second, "ROLES rotate.")
    assert_not_merged(approve(proposal), "changed since")
    assert bodies(section) == ["Keys leak.", "ROLES rotate."]


def test_a_bullet_is_not_joined_with_itself(first):
    assert_not_merged(approve(join(first, first)), "stands elsewhere now")


@pytest.mark.parametrize("changed", ["edit", "join"])
def test_the_one_that_goes_is_changed_by_nothing_else_in_the_proposal(
    section, first, second, changed
):
    third = factories.entry("Third.", section=section)
    proposal = factories.proposal(second, "Roles rotate daily.")
    if changed == "join":
        proposal = join(second, third, "Roles rotate. Third.")
    join(first, second).changes.update(proposal=proposal, position=1)
    assert_not_merged(approve(proposal), "The same proposal changes “Roles rotate.” by itself")
    assert bodies(section) == ["Keys leak.", "Roles rotate.", "Third."]


def test_its_merge_tells_whose_edit_of_the_one_that_goes_no_longer_fits(first, second):
    other = factories.proposal(second, "Roles rotate daily.")
    approve(join(first, second))
    assert other.events.get().what == EventKind.CONFLICT


def test_its_author_is_told_when_the_bullet_to_join_has_gone(first, second):
    proposal = join(first, second)
    approve(factories.retirement(second))
    assert proposal.events.get().what == EventKind.CONFLICT


def test_only_two_items_of_lists_are_joined(section, first):
    paragraph = factories.entry("A paragraph.", section=section, kind="paragraph")
    for pair in ((first, paragraph), (paragraph, first), (first, first)):
        with history.revision(by=None, comment="x"), pytest.raises(ValidationError, match="two"):
            entry_actions.join_entries(*pair, body="Both.", tags=[])


def test_undoing_it_gives_back_both_bullets(client, section, first, second):
    approve(join(first, second))
    approve(undo(first))
    assert bodies(section) == ["Keys leak.", "Roles rotate."]
    assert client.get(second.get_absolute_url()).status_code == 200


def test_undoing_that_joins_them_again(client, section, first, second):
    child = factories.entry("Below.", section=section, parent=second)
    report = factories.report(second)
    approve(join(first, second))
    for times in (1, 2):
        approve(undo(first))
        child.refresh_from_db()
        assert child.parent == (second if times == 1 else first)
    assert sorted(bodies(section)) == ["Below.", "Keys leak. Roles rotate."]
    assert client.get(second.get_absolute_url()).url == first.get_absolute_url()
    report.refresh_from_db()
    assert report.is_open


def undo(entry):
    """A proposal that takes the last revision back, which changed `entry`."""
    proposal = factories.proposal(entry)
    proposal.changes.all().delete()
    for position, change in enumerate(changes_back(Revision.objects.latest("pk"))):
        Change.objects.create(proposal=proposal, position=position, **change)
    return proposal


def test_an_open_report_of_the_bullet_that_goes_moves_with_its_text(first, second):
    report = factories.report(second)
    approve(join(first, second))
    report.refresh_from_db()
    assert (report.entry, report.is_open) == (first, True)


def test_the_export_has_one_bullet_in_their_place():
    imported("# G\n\n* One.\n* Two.\n* Three.\n")
    one, two = (Entry.objects.get(body=body) for body in ("One.", "Two."))
    approve(join(one, two, "One. Two."))
    assert export() == "# G\n\n* One. Two.\n* Three.\n"


def test_the_proposal_shows_the_bullet_that_goes(client, first, second):
    page = words(client.get(join(first, second).get_absolute_url()))
    assert re.search(r"Joined bullet\s*Roles rotate\.", page)


@pytest.fixture
def url(first):
    return reverse("entry-join", args=[first.pk])


@pytest.fixture
def member(as_user, contributor):
    return as_user(contributor)


def test_the_form_starts_with_both_texts(member, url, second):
    assert fields(member.get(url))["body"] == "Keys leak. Roles rotate."


def test_it_becomes_a_draft_that_joins(member, url, first, second):
    member.post(url, fields(member.get(url)) | {"body": "Keys leak, roles rotate."})
    change = Proposal.objects.get().changes.get()
    assert (change.subject, change.operation, change.entry) == (Subject.ENTRY, "join", first)
    assert change.base == versions.snapshot(first) | {"joined": [versions.snapshot(second)]}
    assert change.proposed == {
        "body": "Keys leak, roles rotate.",
        "tags": [],
        "other": second.pk,
    }


def test_a_bullet_that_nothing_follows_has_nothing_to_join(member, first):
    url = reverse("entry-join", args=[first.pk])
    page = member.get(url)
    response = member.post(url, fields(page))
    for shown in (page, response):
        assert "No bullet follows this one: open the one before it." in words(shown)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("where", ["itself", "elsewhere", "paragraph"])
def test_only_a_bullet_of_the_same_list_is_taken(member, section, url, first, second, where):
    other = {
        "itself": first,
        "elsewhere": factories.entry("Elsewhere."),
        "paragraph": factories.entry("Text.", section=section, kind="paragraph"),
    }[where]
    response = member.post(url, fields(member.get(url)) | {"other": other.pk})
    assert "No bullet follows this one" in words(response)
    assert not Proposal.objects.exists()


def test_its_author_edits_it_again(member, contributor, first, second):
    proposal = join(first, second)
    Proposal.objects.update(author=contributor)
    change = proposal.changes.get()
    url = reverse("proposal-change", args=[proposal.pk, change.pk])
    member.post(url, fields(member.get(url)) | {"body": "Keys leak, roles do not."})
    change.refresh_from_db()
    assert (change.proposed["body"], change.proposed["other"]) == (
        "Keys leak, roles do not.",
        second.pk,
    )


def test_a_text_of_which_a_page_shows_nothing_is_refused(member, url, second):
    response = member.post(url, fields(member.get(url)) | {"body": "<!-- nothing to see -->"})
    assert "The text is empty." in words(response)
    assert not Proposal.objects.exists()


def test_saving_it_again_takes_in_what_others_wrote(member, contributor, section, first, second):
    proposal = join(first, second, "Keys leak, roles rotate.")
    Proposal.objects.update(author=contributor)
    factories.edit(second, "ROLES rotate.")
    url = reverse("proposal-change", args=[proposal.pk, proposal.changes.get().pk])
    member.post(url, fields(member.get(url)) | {"body": "Keys leak, ROLES rotate."})
    approve(Proposal.objects.get())
    assert bodies(section) == ["Keys leak, ROLES rotate."]


def test_an_import_of_the_file_from_before_gives_back_both_bullets(client):
    text = "# G\n\n* Keys leak when they are shared.\n* Roles rotate every hour.\n* Three.\n"
    imported(text)
    one, two = Entry.objects.order_by("position")[:2]
    approve(join(one, two, f"{one.body} {two.body}"))
    imported(text)
    assert export() == text
    assert client.get(two.get_absolute_url()).status_code == 200


def test_the_export_keeps_a_paragraph_after_the_list_apart():
    imported("# G\n\n* One.\n* Two.\n\nA paragraph.\n")
    one, two = (Entry.objects.get(body=body) for body in ("One.", "Two."))
    approve(join(one, two, "One. Two."))
    assert export() == "# G\n\n* One. Two.\n\nA paragraph.\n"
