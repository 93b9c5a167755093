"""Conflicts read as words: no key, no slug and no Python, whatever the field holds."""

import re

import pytest
from django.urls import reverse

from entries.actions.entries import move_entry
from guide_site.core import history
from moderation.changes import conflicts, places
from moderation.changes.field_types import Type
from moderation.changes.fields import TABLE, fields_of
from moderation.changes.handlers import merge_with
from moderation.changes.wording import Names
from moderation.models import Operation
from tests import factories
from tests.moderation.helpers import fields, words

pytestmark = pytest.mark.django_db

FIELDS = sorted({(subject, f) for subject, _ in TABLE for f in fields_of(subject)})
PYTHON = re.compile(r"None|True|False|[{}\[\]]|\d{3,}|_")


def sample(field):
    """A value of a field as JSON: what the guide has of that type."""
    match field.type:
        case Type.TAGS:
            return [factories.legend_tag().slug]
        case Type.TEXTS:
            return ["1234: A child."]
        case Type.BULLETS:
            return [{"body": "One.", "tags": []}]
        case Type.CHOICE if field.choices:
            return field.choices.values[-1]
        case Type.FLAG:
            return True
        case Type.SLUG | Type.REFERENCE:
            return _of_row(field)
        case Type.NUMBER:
            return 7
    return "Some words"


def _of_row(field):
    match field.model.__name__:
        case "Entry" | "Section" | "LegendTag" as name:
            row = factories.legend_tag() if name == "LegendTag" else None
            row = row or (factories.entry() if name == "Entry" else factories.section("Tips"))
        case "Provider":
            row = factories.provider("AWS")
        case "Service":
            row = factories.service("Simple Storage")
        case "Capability":
            row = factories.offering().capability
        case "ServiceGroup":
            return ""
    return row.slug if field.type == Type.SLUG else row.pk


@pytest.mark.parametrize(("subject", "name"), FIELDS)
def test_a_value_of_every_field_reads_as_words(subject, name):
    field = fields_of(subject)[name]
    assert not PYTHON.search(Names().said(field, sample(field)))
    assert Names().said(field, None) == ""


@pytest.mark.parametrize(
    ("name", "mine", "theirs", "said"),
    [
        ("availability", "preview", "retired", ("In preview", "Retired")),
        ("released", "2006-03", "2006", ("2006-03", "2006")),
    ],
)
def test_facts_of_a_service_conflict_in_words(name, mine, theirs, said):
    change = factories.changing(factories.service(), **{name: mine}).changes.get()
    (clash,) = merge_with(change, change.base | {name: theirs}).conflicts[name]
    assert (clash.proposed, clash.current) == said


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "sentence"),
    [
        ("One two.", "One.", "One 2.", "removed "),
        ("One two.", "One 2.", "One.", "the proposal removes it"),
        ("One two.", "One 2.", "One II.", "made “two” into “2”, the proposal makes it “II”"),
    ],
)
def test_what_is_added_or_removed_is_called_so(base, theirs, mine, sentence):
    entry = factories.entry(base)
    proposal = factories.proposal(entry, mine)
    factories.edit(entry, theirs)
    problem = conflicts.problems()[proposal.pk]
    assert sentence in problem
    assert "“”" not in problem


def test_two_values_where_there_was_none_are_added():
    service = factories.service()
    proposal = factories.changing(service, docs_url="https://b.example/")
    with history.revision(by=None, comment="meanwhile"):
        service.docs_url = "https://a.example/"
        service.save()
    said = "added “https://a.example/”, the proposal adds “https://b.example/”"
    assert said in conflicts.problems()[proposal.pk]


def test_a_field_with_a_label_is_named():
    service = factories.service(note="As it was.")
    proposal = factories.changing(service, note="As I see it.")
    with history.revision(by=None, comment="meanwhile"):
        service.note = "As they see it."
        service.save()
    assert conflicts.problems()[proposal.pk].startswith("The guide has changed since (Note).")


@pytest.fixture
def overtaken(contributor):
    """A bullet that a proposal nests under another one, and somebody else moved away."""
    tips, gotchas = factories.section("Tips"), factories.section("Gotchas")
    x, y = (factories.entry(f"{name} here.", section=tips) for name in "XY")
    place = {"section": tips.pk, "parent": y.pk, "after": None}
    proposal = factories.changing(x, Operation.MOVE, author=contributor, **place)
    proposal.changes.update(base=places.place_of(x))
    with history.revision(by=None, comment="meanwhile"):
        move_entry(x, section=gotchas)
    return proposal


@pytest.mark.parametrize("who", ["contributor", "editor"])
def test_the_page_names_the_places_and_has_a_button_for_each(as_user, request, overtaken, who):
    client = as_user(request.getfixturevalue(who))
    page = words(client.get(overtaken.get_absolute_url()))
    assert "the first place in “Tips” the first place in “Gotchas” the last place under" in page
    end = "withdraw" if who == "contributor" else "decline"
    assert f"Leave it where it is now, and {end} the proposal Move it as proposed" in page
    assert "Put it at the end of" not in page
    change = overtaken.changes.get()
    url = reverse("change-resolve", args=[overtaken.pk, change.pk])
    page = words(client.post(url, {"version": 1, "place": "move"}, follow=True))
    assert "it merges again" in page
    assert conflicts.problems() == {}


def test_the_queue_says_it_in_the_same_words(as_user, editor, overtaken):
    sentence = "“X here.” was moved to the first place in “Gotchas” meanwhile"
    assert sentence in as_user(editor).get(reverse("review")).content.decode()


def test_another_place_chosen_in_the_form_settles_it_too(as_user, contributor, overtaken):
    client, change = as_user(contributor), overtaken.changes.get()
    url = reverse("proposal-change", args=[overtaken.pk, change.pk])
    typed = fields(client.get(url)) | {"place": ""}
    assert client.post(url, typed).status_code == 302
    assert conflicts.problems() == {}
