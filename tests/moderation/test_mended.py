"""What once went wrong with proposals: each test says what is right."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from entries.actions import sections as section_actions
from guide_site.core import history
from moderation import actions
from moderation.changes.references import to_change
from moderation.models import Change, Event, Proposal
from tests import factories
from tests.moderation.helpers import an_edit, approve, fields, words

pytestmark = pytest.mark.django_db
EDIT = {"body": "One, two, three, 4.", "title": "Digits"}


@pytest.fixture
def entry():
    return factories.entry("One, two, three, four.")


@pytest.fixture
def url(entry):
    return reverse("entry-edit", args=[entry.pk])


def decide_url(proposal):
    return reverse("proposal-decide", args=[proposal.pk])


# 1
def test_what_is_nested_may_be_kept(as_user, contributor, entry):
    factories.entry("Nested.", section=entry.section, parent=entry)
    page = as_user(contributor).get(reverse("entry-retire", args=[entry.pk]))
    assert fields(page)["children"] == ["along"]


# 2
@pytest.mark.parametrize("lost_session", [False, True])
def test_an_amendment_that_comes_too_late_keeps_the_text(client, contributor, entry, lost_session):
    proposal = factories.proposal(entry, author=contributor)
    url = reverse("proposal-amend", args=[proposal.pk])
    client.force_login(contributor)
    form = fields(client.get(url)) | {"body": "My later words."}
    approve(proposal)
    if lost_session:
        client.logout()
        client.post(url, form)
        client.force_login(contributor)
        response = client.get(url, follow=True)
    else:
        response = client.post(url, form, follow=True)
    assert "My later words." in response.content.decode()


# 3
def test_a_form_of_one_account_sent_again_as_another_is_answered(client, contributor, editor, url):
    client.force_login(contributor)
    form = fields(client.get(url)) | EDIT
    client.post(url, form)
    client.force_login(editor)
    response = client.post(url, form | {"body": "Other words."})
    assert response.status_code in (200, 302)


# 4
def test_a_null_character_in_a_source_is_refused(as_user, contributor, url):
    client = as_user(contributor)
    form = fields(client.get(url)) | EDIT | {"sources": "https://a.example/\x00b"}
    assert client.post(url, form).status_code == 200
    assert not Proposal.objects.exists()


# 5
@pytest.mark.parametrize(
    ("note", "sentence"),
    [("x" * 4001, "at most 4000 characters"), ("x\x00y", "Null characters are not allowed.")],
)
def test_a_note_that_cannot_be_kept_says_why(as_user, editor, note, sentence):
    typed = {"version": 1, "decision": "decline", "note": note}
    assert sentence in words(as_user(editor).post(decide_url(factories.proposal()), typed))


# 6
LINES = "x\n" * 1999 + "x"  # 3,999 characters, as the browser's own limit counts them


def sent(text):
    return text.replace("\n", "\r\n")


def test_a_line_end_counts_as_one_character_in_a_note(as_user, editor):
    typed = {"version": 1, "decision": "decline", "note": sent(LINES)}
    assert as_user(editor).post(decide_url(factories.proposal()), typed).status_code == 302


def test_a_line_end_counts_as_one_character_in_a_comment(as_user, contributor):
    url = reverse("proposal-comment", args=[factories.proposal().pk])
    assert as_user(contributor).post(url, {"body": sent(LINES)}).status_code == 302


def test_a_line_end_counts_as_one_character_in_a_text(as_user, contributor, url):
    client = as_user(contributor)
    form = fields(client.get(url)) | EDIT | {"body": sent("x\n" * 9990 + "x")}
    assert client.post(url, form).status_code == 302


# 7
def test_a_merged_proposal_shows_what_was_published(client, entry):
    proposal = factories.proposal(entry, "One, two, three, 4.")
    factories.edit(entry, "1, two, three, four.")
    approve(proposal)
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert "<p>1, two, three, 4.</p>" in page


# 8
def test_after_shows_the_tags_that_would_be_published(client, entry):
    factories.legend_tag(label="Gotcha!")
    proposal = factories.proposal(entry, "One, two, three, 4.")
    factories.edit(entry, entry.body, tags=["gotcha"])
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert "Gotcha!" in page[page.index(">After<") :]


# 9
def test_what_an_event_was_is_known():
    with pytest.raises(IntegrityError):
        Event.objects.create(proposal=factories.proposal(), what="hm", old="open", new="open")


# 12
@pytest.mark.parametrize("meanwhile", ["edited", "added"])
def test_nested_words_of_others_are_not_retired_along(editor, entry, meanwhile):
    child = factories.entry("Nested.", section=entry.section, parent=entry)
    proposal = factories.retirement(entry)
    if meanwhile == "edited":
        factories.edit(child, "Nested, and worth keeping.")
    else:
        factories.entry("Also nested.", section=entry.section, parent=entry)
    with pytest.raises(actions.Conflicts):
        approve(proposal, editor)


# 13
@pytest.mark.parametrize(("children", "part"), [("along", "Nested."), ("lift", "one level up")])
def test_a_retirement_shows_what_becomes_of_nested_entries(client, entry, children, part):
    factories.entry("Nested.", section=entry.section, parent=entry)
    proposal = factories.retirement(entry, children=children)
    assert part in words(client.get(proposal.get_absolute_url()))


def test_an_addition_shows_its_place(client, entry):
    proposal = factories.addition(entry.section, "New.", after=entry)
    assert entry.body in words(client.get(proposal.get_absolute_url()))


def test_an_addition_shows_its_kind(client, entry):
    proposal = factories.addition(entry.section, "New.")
    proposal.changes.update(proposed=proposal.changes.get().proposed | {"kind": "step"})
    assert "numbered step" in words(client.get(proposal.get_absolute_url())).lower()


# 14
def also(proposal, **change):
    return Change.objects.create(proposal=proposal, position=proposal.changes.count(), **change)


def also_retire(proposal, entry):
    proposed = {"retired_because": "Gone.", "children": "along"}
    change = an_edit(entry, "") | {"operation": "retire", "proposed": proposed}
    return also(proposal, **change)


def test_an_addition_under_what_the_same_proposal_retires_is_refused(entry):
    proposal, other = factories.proposal(entry), factories.entry("Up.")
    also_retire(proposal, other)
    new = {"body": "a", "tags": [], "kind": "bullet", "parent": other.pk}
    also(proposal, operation="add", section=other.section, proposed=new)
    with pytest.raises(actions.Refused):
        approve(proposal)


def test_a_reference_to_a_later_addition_is_refused(entry):
    proposal = factories.proposal(entry)
    new = {"body": "a", "tags": [], "kind": "bullet"}
    first, second = (
        also(proposal, operation="add", section=entry.section, proposed=new) for _ in range(2)
    )
    first.proposed = new | {"parent": to_change(second)}
    first.save()
    with pytest.raises(actions.Refused):
        approve(proposal)


# 15
def test_what_retires_along_does_not_come_back_by_an_edit_of_the_same_proposal(entry):
    proposal, other = factories.proposal(entry), factories.entry("Up.")
    child = factories.entry("Child.", section=other.section, parent=other)
    also_retire(proposal, other)
    also(proposal, **an_edit(child, "Child!"))
    try:
        approve(proposal)
    except actions.Conflicts:
        return
    child.refresh_from_db()
    assert not child.is_live


# 16
def test_a_retired_section_says_that_it_takes_no_entries(as_user, contributor):
    section = factories.section()
    with history.revision(by=None, comment="factory"):
        section_actions.retire_section(section, because="Empty.")
    response = as_user(contributor).get(reverse("entry-add", args=[section.slug]))
    assert response.status_code == 404 or "Empty." in words(response)


# 17
def test_an_addition_whose_place_is_gone_gets_another_one(as_user, contributor, entry):
    proposal = factories.addition(entry.section, author=contributor, parent=entry)
    factories.retire(entry)
    url = reverse("proposal-amend", args=[proposal.pk])
    client = as_user(contributor)
    client.post(url, fields(client.get(url)) | {"place": ""})
    proposal.refresh_from_db()
    assert approve(proposal)


# 18
def test_amending_a_retirement_shows_what_others_did(as_user, contributor, entry):
    proposal = factories.retirement(entry, author=contributor)
    factories.edit(entry, "One, two, three, vier.")
    page = words(as_user(contributor).get(reverse("proposal-amend", args=[proposal.pk])))
    assert "The entry has changed since this was written" in page


# 20
def test_moves_can_be_looked_for(client, entry):
    assert "field__error" not in client.get("/proposals/?kind=move").content.decode()


# 22
def test_a_place_that_is_gone_is_told_in_words(as_user, contributor, entry):
    client = as_user(contributor)
    url = reverse("entry-add", args=[entry.section.slug])
    form = fields(client.get(url)) | EDIT | {"place": f"after-{entry.pk}"}
    factories.retire(entry)
    assert f"after-{entry.pk} is not one of" not in words(client.post(url, form))


# 23
@pytest.mark.parametrize("body", ["\u200b", "&nbsp;", "[a]: https://a.example/"])
def test_a_text_that_shows_nothing_is_empty(as_user, contributor, url, body):
    client = as_user(contributor)
    assert client.post(url, fields(client.get(url)) | EDIT | {"body": body}).status_code == 200


# 25
