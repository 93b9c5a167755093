"""What is typed is saved as one types, shown again, and forgotten once it is proposed."""

from urllib.parse import parse_qs

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from moderation.models import Autosave, Proposal
from tests import factories
from tests.moderation.helpers import draft, fields, words

pytestmark = pytest.mark.django_db
SAVE = "/autosave/"


@pytest.fixture
def url(entry):
    return reverse("entry-edit", args=[entry.pk])


def type_into(member, url, **typed):
    """Type into the form of a page, as the script saves it."""
    form = fields(member.get(url)) | typed
    assert member.post(SAVE, form | {"autosave_place": url}).status_code == 204
    return form


def test_opening_the_page_again_shows_what_was_typed(member, url):
    factories.legend_tag()
    type_into(member, url, body="One, two, IV.", title="Roman", tags=["gotcha"])
    page = member.get(url)
    form = fields(page)
    assert (form["body"], form["title"], form["tags"]) == ("One, two, IV.", "Roman", ["gotcha"])
    assert "Here is what you typed before. Saved 0 minutes ago. Start over" in words(page)


def test_it_makes_no_reproaches_about_what_is_not_typed_yet(member, url):
    type_into(member, url, body="One, two, IV.")
    assert "Say in one line" not in words(member.get(url))


def test_it_is_still_what_the_author_saw(member, entry, url):
    form = type_into(member, url, body="One, two, three, IV.", title="Roman")
    factories.edit(entry, "1, two, three, four.")
    again = fields(member.get(url))
    assert (again["seen"], again["form_key"]) == (form["seen"], form["form_key"])
    member.post(url, again)
    assert Proposal.objects.get().changes.get().base["body"] == "One, two, three, four."


def test_saving_again_keeps_the_latest(member, url):
    for body in ("One.", "One, two."):
        type_into(member, url, body=body)
    assert parse_qs(Autosave.objects.get().fields)["body"] == ["One, two."]


def test_it_keeps_no_token(member, url):
    form = type_into(member, url, csrfmiddlewaretoken="secret")
    assert form["csrfmiddlewaretoken"] not in Autosave.objects.get().fields


def test_starting_over_forgets_it_and_shows_the_guide(member, url):
    type_into(member, url, body="One.")
    page = member.get(url)
    shown = member.post(SAVE, fields(page, SAVE) | {"start_over": "1"}, follow=True)
    assert fields(shown)["body"] == "One, two, three, four."
    assert not Autosave.objects.exists()


def test_it_is_forgotten_once_it_is_a_proposal(member, url):
    form = type_into(member, url, body="One.", title="Shorter")
    member.post(url, form)
    assert not Autosave.objects.exists()


def test_a_refused_form_is_not_forgotten(member, url):
    form = type_into(member, url, body="One.", title="")
    member.post(url, form)
    assert Autosave.objects.exists()


def test_amending_forgets_it_too(member, contributor, entry):
    made = factories.proposal(entry, author=contributor)
    url = reverse("proposal-amend", args=[made.pk])
    member.post(url, type_into(member, url, body="One."))
    assert not Autosave.objects.exists()


def test_a_section_with_those_below_comes_back_with_them(member):
    top = factories.section("Top")
    factories.entry("Below.", section=factories.section("Sub", parent=top))
    url = reverse("section-edit", args=[top.slug])
    form = fields(member.get(f"{url}?below=1")) | {"text": "# Top\n\n## Sub\n\n- Below it."}
    member.post(SAVE, form | {"autosave_place": url})
    again = fields(member.get(url))
    assert (again["text"], again["below"]) == (form["text"], "True")
    member.post(url, again | {"title": "Sub"})
    assert Proposal.objects.get().changes.get().proposed["body"] == "Below it."


def test_it_is_nobody_elses(client, as_user, member, editor, url):
    type_into(member, url, body="Mine.")
    assert fields(as_user(editor).get(url))["body"] != "Mine."


@pytest.mark.parametrize(
    "place",
    ["", "/", "/nowhere/", "//evil.example/", "http://evil.example/", "/sections/a\0b/edit/"],
)
def test_only_forms_of_the_site_are_places(member, place):
    for extra in ({}, {"start_over": "1"}):
        assert member.post(SAVE, {"autosave_place": place, "body": "x"} | extra).status_code == 400
    assert not Autosave.objects.exists()


def test_what_is_too_long_is_not_saved(member, url):
    answer = member.post(SAVE, {"autosave_place": url, "body": "x" * 200_001})
    assert answer.status_code == 413
    assert not Autosave.objects.exists()


def test_the_oldest_of_too_many_goes(member):
    section = factories.section()
    for number in range(52):
        entry = factories.entry(f"{number}.", section=section)
        data = {"autosave_place": reverse("entry-edit", args=[entry.pk]), "body": "x"}
        member.post(SAVE, data)
    assert Autosave.objects.count() == 50


def test_unfinished_texts_are_listed_with_ones_proposals(member, entry, url):
    type_into(member, url, body="One.")
    type_into(member, reverse("entry-add", args=[entry.section.slug]), body="New.")
    page = words(member.get(reverse("my-proposals")))
    assert f"An edit of “{entry.opening_words}”" in page
    assert f"A new entry in “{entry.section.title}”" in page


def test_old_ones_are_cleared_by_a_command(member, url, capsys):
    type_into(member, url, body="One.")
    call_command("clear_autosaves")
    assert Autosave.objects.exists()
    Autosave.objects.update(at=timezone.now() - timezone.timedelta(days=8))
    call_command("clear_autosaves", older_than=7)
    assert not Autosave.objects.exists()
    assert "Forgot 1" in capsys.readouterr().out


def test_nobody_learns_of_a_draft_by_saving_at_its_address(member, editor, entry):
    other = draft(editor, entry, title="My secret plan")
    url = reverse("proposal-amend", args=[other.pk])
    assert member.post(SAVE, {"autosave_place": url, "body": "x"}).status_code == 204
    page = words(member.get(reverse("my-proposals")))
    assert "secret plan" not in page
    assert url in page


@pytest.mark.parametrize("name", ["entry-edit", "proposal-amend"])
def test_a_number_that_no_row_has_is_listed_by_its_address(member, name):
    url = reverse(name, args=[10**30])
    member.post(SAVE, {"autosave_place": url, "body": "x"})
    assert url in words(member.get(reverse("my-proposals")))
