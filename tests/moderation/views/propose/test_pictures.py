"""A picture that is sent with a text: for its author and reviewers, until the merge."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from entries.models import Entry, Figure, Picture
from guide_site.core import history
from guide_site.core.access import Role
from guide_site.core.pictures import encoding
from moderation import actions, policies
from moderation.models import Autosave, PendingPicture, Proposal
from tests import factories, picture_files
from tests.moderation.helpers import approve, fields, words
from tests.picture_files import raster

pytestmark = pytest.mark.django_db

PLAN = raster() + b"and more"
NAME = f"figures/the-plan-{encoding.digest(PLAN)[:32]}.png"


@pytest.fixture
def entry():
    return factories.entry("Use roles, not keys.")


def send(client, address, original=PLAN, *, name="The plan.PNG", alt="The plan", **typed):
    """Post the form of a page with a picture."""
    form = fields(client.get(address)) | {"title": "Show the plan", "picture_alt": alt} | typed
    file = SimpleUploadedFile(name, original, "text/html")  # whatever the browser says it is
    return client.post(address, form | {"picture": file})


@pytest.fixture
def proposal(as_user, contributor, entry):
    """A draft with a picture."""
    send(as_user(contributor), f"/entries/{entry.pk}/edit/")
    return Proposal.objects.get()


def open_(proposal):
    actions.send(proposal, by=proposal.author)
    return proposal


def merged(proposal):
    approve(open_(proposal))
    proposal.refresh_from_db()
    return proposal


def test_the_text_refers_to_it(proposal):
    body = proposal.changes.get().proposed["body"]
    assert body == f"Use roles, not keys.\n\n![The plan]({NAME})"
    assert PendingPicture.objects.get().name == NAME


def test_it_is_in_no_guide_before_the_merge(proposal):
    assert (Figure.objects.count(), Picture.objects.count()) == (0, 0)


def test_the_merge_brings_it_into_the_guide_as_a_part_of_its_revision(client, proposal, entry):
    merged(proposal)
    figure = Figure.objects.get(name=NAME)
    assert bytes(figure.picture.original) == PLAN
    client.logout()
    address = figure.picture.get_absolute_url()
    assert f'src="{address}"' in client.get(entry.get_absolute_url()).text
    assert f"Picture {NAME}" in client.get(f"/changes/{history.generation()}/").text
    assert client.get(address).status_code == 200
    assert not PendingPicture.objects.exists()


def test_a_picture_alone_is_no_trivial_edit(proposal):
    assert open_(proposal).review_class == "normal"


def test_reviewers_see_the_picture_after_and_not_before(client, proposal, editor):
    open_(proposal)
    client.force_login(editor)
    page = client.get(proposal.get_absolute_url())
    address = PendingPicture.objects.get().get_absolute_url()
    assert page.text.count(f'src="{address}"') == 1
    assert 'alt="The plan" width="40" height="30"' in page.text
    picture = client.get(address)
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/png")
    assert picture.headers["Cache-Control"] == "private, no-store"
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert b"and more" not in picture.content


@pytest.mark.parametrize("status", ["draft", "open", "withdrawn", "declined"])
def test_nobody_else_gets_it(client, proposal, editor, status):
    if status != "draft":
        open_(proposal)
    if status == "withdrawn":
        actions.withdraw(proposal, by=proposal.author)
    if status == "declined":
        actions.decline(proposal, by=editor, version=proposal.version, note="No.")
    address = PendingPicture.objects.get().get_absolute_url()
    for other in (None, factories.user(None), factories.user()):
        client.logout()
        if other:
            client.force_login(other)
        assert client.get(address).status_code in (302, 403, 404)
        assert address not in client.get(proposal.get_absolute_url()).text
    assert client.get(f"/pictures/{encoding.digest(raster())}.png").status_code == 404


def test_its_author_sees_it_while_typing_too(client, contributor, proposal):
    client.force_login(contributor)
    shown = client.post("/preview/", {"content": f"![The plan]({NAME})"}).text
    assert PendingPicture.objects.get().get_absolute_url() in shown
    client.force_login(factories.user())
    assert "<img" not in client.post("/preview/", {"content": f"![The plan]({NAME})"}).text


def test_it_can_be_put_into_the_text_before_the_form_is_sent(as_user, contributor, entry):
    address = f"/entries/{entry.pk}/edit/"
    page = send(as_user(contributor), address, body="Use roles!", add_picture="1", title="")
    assert page.status_code == 200
    assert fields(page)["body"] == f"Use roles!\n\n![The plan]({NAME})"
    assert "field__error" not in page.text
    assert not Proposal.objects.exists()


def test_a_picture_that_the_text_has_already_is_put_in_once(as_user, contributor, entry):
    client = as_user(contributor)
    body = f"![The plan]({NAME}) first."
    send(client, f"/entries/{entry.pk}/edit/", body=body)
    assert Proposal.objects.get().changes.get().proposed["body"] == body


REFUSED = {
    "a page": (b"<html>" + picture_files.SCRIPT, "plan.png", "no well-formed SVG"),
    "no encoding of text": (
        picture_files.svg(before='<?xml version="1.0" encoding="hex"?>'),
        "plan.svg",
        "no well-formed SVG",
    ),
    "a text": (b"words", "plan.png", "no PNG, JPEG"),
    "half of it": (raster("JPEG", size=(200, 200))[:700], "plan.jpg", "damaged"),
    "a bomb": (picture_files.png_of_size(30_000, 30_000), "plan.png", "million pixels"),
    "a dot": (raster("GIF", size=(1, 1)), "plan.gif", "a dot"),
    "too many bytes": (PLAN + b"x" * encoding.MAX_BYTES, "plan.png", "more than 8 MB"),
}


@pytest.mark.parametrize(("original", "name", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_picture_is_refused_at_once_and_the_text_is_kept(
    as_user, contributor, entry, original, name, sentence
):
    client = as_user(contributor)
    page = send(client, f"/entries/{entry.pk}/edit/", original, name=name, body="Typed for hours.")
    assert sentence in words(page)
    assert fields(page)["body"] == "Typed for hours."
    assert (PendingPicture.objects.count(), Proposal.objects.count()) == (0, 0)


def test_a_picture_needs_words(as_user, contributor, entry):
    page = send(as_user(contributor), f"/entries/{entry.pk}/edit/", alt=" ", body="Typed.")
    assert "Say in a few words what the picture shows" in words(page)
    assert fields(page)["body"] == "Typed."


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("../../etc/passwd.png", "figures/passwd-{}.png"),
        ("C:\\pictures\\A b.png", "figures/a-b-{}.png"),
        ("evil.html", "figures/evil-{}.png"),
        (".png", "figures/png-{}.png"),
        ("图.png", "figures/picture-{}.png"),
        ("x" * 200 + ".png", "figures/" + "x" * 60 + "-{}.png"),
    ],
)
def test_its_name_is_made_of_what_the_file_is_called(contributor, name, stored):
    made = actions.upload_picture(by=contributor, file_name=name, original=PLAN)
    assert made.name == stored.format(encoding.digest(PLAN)[:32])


def test_words_with_brackets_stay_words(as_user, contributor, entry):
    send(as_user(contributor), f"/entries/{entry.pk}/edit/", alt="[a](b) \\")
    merged(Proposal.objects.get())
    assert 'alt="[a](b) \\"' in Entry.objects.get().body_html


def test_a_new_entry_may_have_one(as_user, contributor, entry):
    client = as_user(contributor)
    send(client, f"/sections/{entry.section.slug}/add/", body="A plan.")
    merged(Proposal.objects.get())
    assert "<img" in Entry.objects.latest("pk").body_html


def test_an_amendment_may_bring_another_one(as_user, contributor, proposal):
    client = as_user(contributor)
    send(client, f"/proposals/{proposal.pk}/amend/", raster("GIF"), name="b.gif", alt="B")
    body = proposal.changes.get().proposed["body"]
    assert body.count("![") == 2
    merged(proposal)
    assert Figure.objects.count() == 2


def test_a_reviewer_may_put_one_into_a_change(as_user, editor, proposal):
    open_(proposal)
    change = proposal.changes.get()
    address = f"/proposals/{proposal.pk}/changes/{change.pk}/edit/"
    send(as_user(editor), address, raster("GIF"), name="theirs.gif", alt="Theirs")
    proposal.refresh_from_db()
    approve(proposal)
    assert Figure.objects.count() == 2
    assert Entry.objects.get().body_html.count("<img") == 2


def test_pictures_of_others_do_not_come_along(proposal):
    """Somebody names the picture of a draft in a proposal of their own."""
    thief = factories.proposal(body=f"![x]({NAME})", author=factories.user())
    approve(thief)
    assert not Figure.objects.exists()


def test_a_picture_that_the_guide_cannot_take_stops_the_merge(proposal, monkeypatch):
    monkeypatch.setattr("guide_site.core.pictures.refusing.MOST", 0)
    outcome = approve(open_(proposal))
    assert "The guide has 0 pictures already" in outcome.problem
    assert Entry.objects.get().body == "Use roles, not keys."


@pytest.mark.parametrize(
    ("limit", "value", "sentence"),
    [("MOST_PENDING", 1, "1 of your pictures wait"), ("MAX_PENDING", 10, "more than 0 MB")],
)
def test_a_member_has_so_many_pictures_waiting_and_no_more(
    as_user, contributor, proposal, entry, monkeypatch, limit, value, sentence
):
    monkeypatch.setattr(policies.pictures, limit, value)
    client = as_user(contributor)
    page = send(client, f"/proposals/{proposal.pk}/amend/", raster("GIF"), name="b.gif")
    assert sentence in words(page)
    assert PendingPicture.objects.count() == 1
    again = actions.upload_picture(by=contributor, file_name="The plan.png", original=PLAN)
    assert again.name == NAME


def test_pictures_that_no_text_refers_to_are_forgotten(contributor, proposal):
    actions.upload_picture(by=contributor, file_name="lost.png", original=raster("GIF"))
    kept = actions.upload_picture(by=contributor, file_name="typed.png", original=raster("WEBP"))
    Autosave.objects.create(
        user=contributor, place="/x/", fields=f"body=%21%5B%5D%28{kept.name.replace('/', '%2F')}"
    )
    call_command("clear_autosaves")
    assert PendingPicture.objects.count() == 3
    long_ago = timezone.now() - datetime.timedelta(days=2)
    PendingPicture.objects.update(at=long_ago)
    call_command("clear_autosaves")
    assert {p.name for p in PendingPicture.objects.all()} == {NAME, kept.name}
    open_(proposal)
    actions.decline(proposal, by=factories.user(Role.EDITOR), version=proposal.version, note="No.")
    call_command("clear_autosaves")
    assert {p.name for p in PendingPicture.objects.all()} == {kept.name}


def test_a_picture_that_a_reviewer_put_into_an_open_proposal_is_kept(proposal, editor):
    long_ago = timezone.now() - datetime.timedelta(days=2)
    PendingPicture.objects.update(at=long_ago, author=editor)
    open_(proposal)
    call_command("clear_autosaves")
    assert PendingPicture.objects.get().name == NAME


def test_a_reader_cannot_send_one(as_user, reader, entry):
    response = as_user(reader).post(
        f"/entries/{entry.pk}/edit/", {"picture": SimpleUploadedFile("a.png", PLAN)}
    )
    assert response.status_code == 403
    assert not PendingPicture.objects.exists()


def test_several_files_at_once_are_refused(as_user, contributor, entry):
    files = [SimpleUploadedFile("a.png", PLAN), SimpleUploadedFile("b.png", PLAN)]
    response = as_user(contributor).post(f"/entries/{entry.pk}/edit/", {"picture": files})
    assert response.status_code == 400
    assert not PendingPicture.objects.exists()
