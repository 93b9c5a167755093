"""Bringing a proposal up to date never takes back what a third person wrote elsewhere in the text.

A contributor changes word 3. Meanwhile somebody else changes word 3 and the last word, and that is
merged. Whichever way the first proposal goes on, the last word of the third person stays.
"""

import pytest
from django.urls import reverse
from reversion.models import Version

from guide_site.core.access import Role
from moderation import actions
from moderation.models import Operation, ReviewClass
from tests import factories
from tests.moderation.helpers import approve, fields, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]
OURS, THEIRS = "one two tres four five", "one two drei four fuenf"


@pytest.fixture
def entry(db):
    return factories.entry("one two three four five")


@pytest.fixture
def third(entry):
    return factories.user(username="anna")


@pytest.fixture
def proposal(entry, third, contributor):
    """The first proposal, after the other one was merged."""
    made = factories.proposal(entry, OURS, author=contributor)
    approve(factories.proposal(entry, THEIRS, author=third))
    return made


@pytest.fixture
def change(proposal):
    return proposal.changes.get()


def text_after(entry, proposal):
    """The text of the entry once the proposal is approved."""
    proposal.refresh_from_db()
    outcome = approve(proposal)
    assert outcome.is_merged or outcome.is_there
    entry.refresh_from_db()
    return entry.body


def resolved(client, url, word, **more):
    """Open a form, write one word where it has “tres”, send it; returns the page behind it."""
    form = fields(client.get(url))
    form["body"] = form["body"].replace("tres", word)
    return client.post(url, form | more, follow=True)


@pytest.mark.parametrize("word", ["tres", "drei", "3"])
def test_a_reviewer_who_edits_the_change_keeps_it(as_user, editor, entry, proposal, change, word):
    url = reverse("change-edit", args=[proposal.pk, change.pk])
    resolved(as_user(editor), url, word)
    assert text_after(entry, proposal) == f"one two {word} four fuenf"


@pytest.mark.parametrize("word", ["drei", "3"])
def test_an_author_who_edits_the_change_keeps_it(as_user, contributor, entry, proposal, word):
    resolved(as_user(contributor), reverse("proposal-amend", args=[proposal.pk]), word)
    assert word == "drei" or text_after(entry, proposal) == f"one two {word} four fuenf"
    entry.refresh_from_db()
    assert entry.body.endswith("fuenf")


def test_a_reviewer_who_saves_and_approves_at_once_keeps_it(as_user, editor, entry, change):
    url = reverse("change-edit", args=[change.proposal_id, change.pk])
    page = resolved(as_user(editor), url, "3", then="approve")
    entry.refresh_from_db()
    assert entry.body == "one two 3 four fuenf"
    assert "Approved and merged" in words(page)


def test_the_form_shows_both_versions_and_who_wrote_the_one_of_the_guide(as_user, editor, change):
    page = as_user(editor).get(reverse("change-edit", args=[change.proposal_id, change.pk]))
    assert fields(page)["body"] == "one two tres four fuenf"
    assert "In the guide now, by anna: drei This proposal: tres" in words(page)


def test_what_changes_between_opening_and_saving_stays_as_well(as_user, editor, entry, change):
    client, url = as_user(editor), reverse("change-edit", args=[change.proposal_id, change.pk])
    form = fields(client.get(url))
    factories.edit(entry, "uno two drei four fuenf")
    client.post(url, form | {"body": "one two 3 four fuenf"})
    assert text_after(entry, change.proposal) == "uno two 3 four fuenf"


def test_a_text_that_drops_their_words_says_whose_they_are(as_user, editor, entry, change):
    client, url = as_user(editor), reverse("change-edit", args=[change.proposal_id, change.pk])
    form = fields(client.get(url)) | {"body": "one two tres four five", "then": "approve"}
    page = words(client.post(url, form, follow=True))
    entry.refresh_from_db()
    assert entry.body == THEIRS
    assert "not approved yet: it takes out words that somebody else wrote" in page
    assert "“drei” by anna" in page
    assert "“fuenf” by anna" in page


def test_such_a_change_is_never_trivial(as_user, contributor, change):
    client, url = as_user(contributor), reverse("proposal-amend", args=[change.proposal_id])
    client.post(url, fields(client.get(url)) | {"body": "one two drei four again"})
    change.proposal.refresh_from_db()
    assert change.proposal.review_class == ReviewClass.NORMAL
    client.post(url, fields(client.get(url)) | {"body": "one two drei four fuenf again"})
    change.proposal.refresh_from_db()
    assert change.proposal.review_class == ReviewClass.TRIVIAL


def test_ones_own_words_may_go_without_a_warning(as_user, contributor, entry):
    made = factories.proposal(entry, OURS, author=contributor)
    approve(factories.proposal(entry, THEIRS, author=contributor))
    client = as_user(contributor)
    page = resolved(client, reverse("proposal-amend", args=[made.pk]), "tres!")
    assert "takes out words" not in words(page)


def test_who_builds_on_a_proposal_keeps_it(as_user, reader, entry, proposal):
    builder = factories.user(username="builder")
    url = f"{reverse('entry-edit', args=[entry.pk])}?on={proposal.pk}"
    resolved(as_user(builder), url, "3", title="Go on from there")
    made = builder.proposals.get()
    actions.send(made, by=builder)
    assert text_after(entry, made) == "one two 3 four fuenf"


def test_who_resumes_a_text_saved_while_typing_keeps_it(as_user, contributor, entry, proposal):
    client, url = as_user(contributor), reverse("proposal-amend", args=[proposal.pk])
    form = fields(client.get(url)) | {"body": "one two 3 four fuenf"}
    client.post(reverse("autosave"), form | {"autosave_place": url})
    factories.edit(entry, "uno two drei four fuenf")
    client.post(url, fields(client.get(url)))
    assert text_after(entry, proposal) == "uno two 3 four fuenf"


def test_who_edits_the_section_as_text_keeps_it(as_user, contributor, entry, third):
    client, url = as_user(contributor), reverse("section-edit", args=[entry.section.slug])
    form = fields(client.get(url))
    approve(factories.proposal(entry, "one two three four fuenf", author=third))
    typed = {"text": form["text"].replace("two three", "two 3"), "title": "Digits"}
    client.post(url, form | typed)
    made = contributor.proposals.get()
    actions.send(made, by=contributor)
    assert text_after(entry, made) == "one two 3 four fuenf"


def test_the_restore_of_an_entry_that_was_edited_and_retired_keeps_it(client, entry, proposal):
    change = proposal.changes.get()
    factories.retire(entry)
    entry.refresh_from_db()
    actions.restore_with_text(change, by=proposal.author, version=proposal.version)
    page = words(client.get(proposal.get_absolute_url()))
    assert "“drei” by anna" in page
    assert text_after(entry, proposal) == "one two tres four fuenf"


def test_a_click_that_mends_the_style_keeps_it(as_user, contributor, entry, third):
    made = factories.proposal(entry, "one -- two three four five", author=contributor)
    approve(factories.proposal(entry, "one two three four fuenf", author=third))
    url = reverse("change-fix", args=[made.pk, made.changes.get().pk])
    as_user(contributor).post(url, {"version": 1, "rule": "double-hyphens"})
    assert text_after(entry, made) == "one — two three four fuenf"


def test_who_edits_a_split_again_keeps_it(as_user, editor, contributor, entry, third):
    rest = [{"body": "tres four five", "tags": []}]
    split = {"body": "one two", "tags": [], "rest": rest}
    made = factories.changing(entry, Operation.SPLIT, author=contributor, **split)
    approve(factories.proposal(entry, THEIRS, author=third))
    url = reverse("change-edit", args=[made.pk, made.changes.get().pk])
    resolved(as_user(editor), url, "3")
    assert text_after(entry, made) == "one two"
    assert entry.following().body == "3 four fuenf"


def test_who_restores_an_earlier_version_is_told_whose_words_go(as_user, contributor, entry, third):
    first = entry.body
    approve(factories.proposal(entry, "one two three four fuenf", author=third))
    before = Version.objects.get_for_object(entry).order_by("revision_id").first().revision_id
    client = as_user(contributor)
    url = f"{reverse('entry-restore', args=[entry.pk])}?revision={before}"
    form = fields(client.get(url))
    assert form["body"] == first
    page = words(client.post(url, form, follow=True))
    assert "“fuenf” by anna" in page


def test_who_edits_a_service_again_keeps_what_others_did_to_it(as_user, editor, contributor):
    service = factories.service()
    made = factories.changing(service, author=contributor, name="S3", summary="Mine")
    other = factories.changing(service, author=factories.user(Role.CONTRIBUTOR), note="Theirs")
    approve(other)
    client = as_user(editor)
    url = reverse("change-edit", args=[made.pk, made.changes.get().pk])
    client.post(url, fields(client.get(url)))
    made.refresh_from_db()
    assert approve(made).is_merged
    service.refresh_from_db()
    assert (service.summary, service.note) == ("Mine", "Theirs")


def test_the_page_of_a_conflict_names_who_wrote_the_words_of_the_guide(client, proposal):
    page = words(client.get(proposal.get_absolute_url()))
    assert "in the same place. The words there now are by anna." in page


def test_words_of_somebody_whose_account_is_deleted_are_not_called_an_import(
    as_user, contributor, change, third
):
    url = reverse("proposal-change", args=[change.proposal_id, change.pk])
    third.delete()
    client = as_user(contributor)
    assert "In the guide now, by former contributor: drei" in words(client.get(url))
    form = fields(client.get(url))
    page = words(client.post(url, form | {"body": OURS}, follow=True))
    assert "“fuenf” by former contributor" in page


@pytest.mark.parametrize("who", ["contributor", "editor"])
def test_the_editor_of_a_conflict_about_a_service_shows_both_versions(
    as_user, contributor, editor, third, who
):
    service = factories.service(summary="Keeps files.")
    made = factories.changing(service, author=contributor, summary="Keeps objects.")
    approve(factories.changing(service, author=third, summary="Keeps buckets."))
    name, user = {
        "contributor": ("proposal-change", contributor),
        "editor": ("change-edit", editor),
    }[who]
    page = words(as_user(user).get(reverse(name, args=[made.pk, made.changes.get().pk])))
    assert "The guide has changed since this was written" in page
    assert "somebody else changed the same words: anna." in page
    assert "Conflict: Summary It wasIt is nowThe proposal files buckets objects" in page
