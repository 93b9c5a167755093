"""The picture that reviewers saw is the picture that a merge publishes."""

import uuid

import pytest

from entries.actions.figures import set_figure
from entries.models import Entry, Figure
from guide_site.core import history
from moderation import actions
from moderation.models import PendingPicture
from tests import factories
from tests.moderation.helpers import an_edit, approve, assert_not_merged, texts
from tests.picture_files import raster

pytestmark = pytest.mark.django_db

PLAN, OTHER = raster() + b"the plan", raster() + b"another one"
BODY = "Use roles, not keys."


@pytest.fixture
def entry():
    return factories.entry(BODY)


@pytest.fixture
def picture(contributor):
    return upload(contributor)


def upload(by, original=PLAN):
    return actions.upload_picture(by=by, file_name="plan.png", original=original)


def sent(author, entry, name):
    """A proposal under review whose text shows a picture."""
    change = an_edit(entry, f"{BODY}\n\n![The plan]({name})")
    made = {"texts": texts(), "changes": [change], "form_key": uuid.uuid4()}
    proposal = actions.save_draft(by=author, **made)
    actions.send(proposal, by=author)
    return proposal


def in_the_guide(name, original):
    with history.revision(by=None, comment="test"):
        set_figure(name=name, original=original)


def original_of(name):
    return bytes(Figure.objects.get(name=name).picture.original)


def test_names_tell_files_apart_that_begin_with_the_same_digits(contributor, monkeypatch):
    digits = {PLAN: "1a2b3c4d" + "0" * 56, OTHER: "1a2b3c4d" + "f" * 56}
    monkeypatch.setattr("moderation.actions.pictures.digest", digits.__getitem__)
    names = [upload(contributor, original).name for original in digits]
    assert names == [f"figures/plan-{digits[original][:32]}.png" for original in digits]


def test_a_merge_never_replaces_a_picture_of_the_guide(contributor, entry, picture):
    proposal = sent(contributor, entry, picture.name)
    in_the_guide(picture.name, OTHER)
    assert_not_merged(approve(proposal), "Another picture is called “figures/plan-")
    assert original_of(picture.name) == OTHER
    assert Entry.objects.get().body == BODY
    assert PendingPicture.objects.get() == picture


def test_a_merge_takes_the_same_picture_as_it_is(contributor, entry, picture):
    proposal = sent(contributor, entry, picture.name)
    in_the_guide(picture.name, PLAN)
    assert approve(proposal).is_merged
    assert original_of(picture.name) == PLAN
    assert not PendingPicture.objects.exists()


def test_a_merge_waits_while_two_members_have_pictures_of_a_name(contributor, entry, picture):
    proposal = sent(contributor, entry, picture.name)
    twin = factories.user().pk
    PendingPicture.from_file(OTHER, author_id=twin, name=picture.name).save()
    assert_not_merged(approve(proposal), "Another picture is called")
    assert not Figure.objects.exists()


@pytest.mark.parametrize("holder", ["the guide", "another member", "the same member"])
def test_another_picture_of_the_same_name_is_refused_when_it_is_sent(
    contributor, picture, holder, monkeypatch
):
    name = picture.name
    if holder == "the guide":
        picture.delete()
        in_the_guide(name, PLAN)
    monkeypatch.setattr("moderation.actions.pictures._name", lambda *_: name)
    by = factories.user() if holder == "another member" else contributor
    with pytest.raises(actions.Refused, match="Another picture is called"):
        upload(by, OTHER)
    assert not PendingPicture.objects.exclude(pk=picture.pk or 0).exists()


def test_the_same_file_is_taken_again_from_anybody(contributor, picture):
    assert upload(contributor) == picture
    assert upload(factories.user()).name == picture.name


def test_a_picture_that_comes_after_its_text_is_not_published(contributor, entry, picture):
    name = picture.name
    picture.delete()
    proposal = sent(contributor, entry, name)  # reviewers see a link
    upload(contributor)
    assert_not_merged(approve(proposal), "came after the text")
    assert not Figure.objects.exists()


def test_a_later_copy_of_a_reviewed_picture_is_in_no_way(contributor, entry, picture, editor):
    proposal = sent(contributor, entry, picture.name)
    change = proposal.changes.get()
    shorter = change.proposed | {"body": f"Use roles.\n\n![A plan]({picture.name})"}
    edited = actions.ChangeEdit(change, change.base, shorter)
    actions.edit_as_reviewer(proposal, by=editor, version=proposal.version, edits=[edited])
    upload(editor)
    proposal.refresh_from_db()
    assert approve(proposal).is_merged
    assert original_of(picture.name) == PLAN
