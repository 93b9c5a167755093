"""Leads say who looks after a section; everybody may read it."""

import pytest
from django.contrib.admin.models import LogEntry

from guide_site.core.access import Role
from moderation import actions
from tests import factories
from tests.moderation.helpers import words

pytestmark = pytest.mark.django_db

PEOPLE, APPOINT = "/sections/storage/people/", "/sections/storage/people/appoint/"


@pytest.fixture
def section(db):
    return factories.section("Storage", parent=factories.section("Top"))


@pytest.fixture
def boss(as_user, lead, section):
    return as_user(lead)


def holders(section):
    """(names of editors, names of experts)"""
    return tuple(
        sorted(getattr(section, role).values_list("username", flat=True))
        for role in ("editors", "experts")
    )


def post(client, editors="", experts=""):
    return client.post(APPOINT, {"editors": editors, "experts": experts}, follow=True)


def test_a_section_that_nobody_looks_after_says_so(client, section):
    said = words(client.get(PEOPLE))
    assert "Nobody yet: the leads are asked." in said
    assert "Choose editors" not in said


def test_everybody_reads_who_looks_after_a_section(client, section, editor, expert):
    section.editors.add(editor)
    section.experts.add(expert)
    said = words(client.get(PEOPLE))
    assert "Editors editor Experts expert" in said


def test_those_of_a_section_above_are_shown_with_where_they_come_from(client, section, editor):
    section.parent.editors.add(editor)
    assert "editor They look after Top, with all below it." in words(client.get(PEOPLE))


def test_the_page_of_the_section_leads_there(client, section):
    assert f'href="{PEOPLE}"' in client.get("/sections/storage/").text


def test_a_lead_appoints_by_name(boss, section, editor, expert):
    answer = post(boss, editors="Editor", experts="@expert")
    assert answer.request["PATH_INFO"] == PEOPLE
    assert "Saved." in words(answer)
    assert holders(section) == (["editor"], ["expert"])


@pytest.mark.parametrize("typed", ["editor, lead", "editor lead", " editor ;\nlead,, editor"])
def test_names_are_parted_by_commas_or_spaces(boss, section, editor, typed):
    post(boss, editors=typed)
    assert holders(section) == (["editor", "lead"], [])


def test_the_form_begins_with_those_who_are_named(boss, section, editor):
    section.editors.add(editor)
    said = boss.get(APPOINT)
    assert 'value="editor"' in said.text


def test_emptied_fields_leave_the_section_to_those_above(boss, section, editor):
    section.editors.add(editor)
    post(boss)
    assert holders(section) == ([], [])


WRONG = [
    ({"editors": "nobody"}, "Nobody here is called “nobody”."),
    ({"editors": "contributor"}, "contributor needs the role of an editor first"),
    ({"editors": "expert"}, "expert needs the role of an editor first"),
    ({"experts": "contributor"}, "contributor needs the role of an expert first"),
    ({"experts": "gone"}, "The account of gone is suspended."),
    ({"editors": "<script>"}, "Nobody here is called “&lt;script&gt;”."),
    ({"editors": ", ".join(f"u{n}" for n in range(21))}, "Name at most 20 people."),
    ({"editors": "x" * 1001}, "at most 1000 characters"),
    ({"editors": "a\0b"}, "Null characters are not allowed."),
]


@pytest.mark.parametrize(("typed", "sentence"), WRONG)
def test_who_cannot_look_after_it_is_refused_by_name(
    boss, section, editor, expert, contributor, typed, sentence
):
    factories.user(Role.EXPERT, username="gone", is_active=False)
    section.editors.add(editor)
    answer = post(boss, **({"editors": "editor"} | typed))
    assert sentence in answer.text
    assert "Nothing is saved yet" in words(answer)
    assert holders(section) == (["editor"], [])


def test_what_was_typed_is_kept_with_the_error(boss, section):
    answer = boss.post(APPOINT, {"editors": "nobody", "experts": "lead"})
    assert 'value="nobody"' in answer.text
    assert 'value="lead"' in answer.text


def test_the_page_tells_what_leads_changed(boss, section, editor):
    post(boss, editors="editor")
    post(boss, editors="editor, lead")
    said = words(boss.get(PEOPLE))
    assert "editors: editor, lead (before: editor)" in said
    assert "editors: editor (before: nobody)" in said


def test_saving_the_same_again_changes_nothing(boss, section, editor):
    post(boss, editors="editor")
    assert "Nothing was changed." in words(post(boss, editors="editor"))
    assert LogEntry.objects.count() == 1


def test_the_action_refuses_who_is_no_lead(section, editor):
    with pytest.raises(actions.Refused, match="Only leads"):
        actions.appoint(section, by=editor, editors=[editor], experts=[])
    assert holders(section) == ([], [])


def test_appointing_makes_no_revision(boss, section, editor):
    before = factories.history.generation()
    post(boss, editors="editor")
    assert factories.history.generation() == before


def test_no_such_section(client, boss):
    assert boss.get("/sections/none/people/").status_code == 404
    assert boss.get("/sections/none/people/appoint/").status_code == 404


def test_a_form_token_is_asked_for(boss):
    assert "csrfmiddlewaretoken" in boss.get(APPOINT).text
