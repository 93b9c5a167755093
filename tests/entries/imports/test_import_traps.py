"""Texts that once were imported wrongly: each test names what should have happened."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from entries.actions import entries as entry_actions
from entries.markdown.writer import export
from entries.models import Entry, Section
from guide_site.core import history
from tests import factories
from tests.entries.guides import imported

pytestmark = pytest.mark.django_db


def test_what_is_nested_in_an_empty_bullet_stays_at_its_place():
    imported("# a\n\n- one\n- two\n-\n  - three\n- four\n")
    bodies = Entry.objects.order_by("position").values_list("body", flat=True)
    assert [body.strip(" -\n") for body in bodies] == ["one", "two", "three", "four"]


def test_two_long_headings_that_begin_alike_are_two_sections():
    imported(f"# {'x' * 400}a\n\n# {'x' * 400}b\n- b\n")
    assert Section.objects.count() == 2


def test_a_definition_with_quotes_in_its_title_is_a_link():
    imported("# a\n- see [x]\n\n[x]: http://e.org 'say \"hi\"'\n")
    assert 'href="http://e.org"' in Entry.objects.get().body_html


def test_a_sign_is_a_tag_with_and_without_a_variation_selector():
    factories.legend_tag("lock-in", "⛓\ufe0f")
    imported("# a\n- ⛓\ufe0f bound\n- ⛓ bound\n", signs=["⛓\ufe0f"])
    assert [entry.tags.count() for entry in Entry.objects.all()] == [1, 1]


def test_indented_code_in_a_bullet_stays_code():
    imported("# a\n-     code *x*\n      more\n")
    assert "<pre " in Entry.objects.get().body_html


def test_indented_code_after_a_nested_list_loses_its_indentation():
    imported("# a\n- x\n  - y\n\n  text\n\n      code *x*\n        more\n")
    html = Entry.objects.get(kind="code").body_html
    assert '<pre tabindex="0"><code>code *x*\n  more\n</code></pre>' in html


def test_an_unfinished_tag_in_a_block_of_html_is_shown():
    imported("# a\n\n<div>\nif x <y then done\n</div>\n\n- b\n")
    assert "&lt;y then done" in Entry.objects.first().body_html


def test_a_sign_alone_on_its_line_leaves_no_empty_line():
    imported("# A\n- ❗\n  Not a disk\n", signs=["❗"])
    assert Entry.objects.get().body == "Not a disk"


def test_a_file_without_a_heading_comes_out_as_it_went_in():
    imported("- a\n")
    assert export() == "- a\n"


@pytest.mark.parametrize(
    "text",
    ["# A\n- a\n- Yes\n- b\n  - Yes\n", "# A\n- x\n- x\n  - x\n\n# B\n- x\n", "text\n\n- a\n"],
)
def test_the_same_file_again_is_nothing_to_do(text):
    imported(text)
    before = history.generation()
    imported(text)
    assert history.generation() == before


def test_html_follows_the_legend_once_it_is_rendered_anew():
    entry = factories.entry("Mind ⛓ here.")
    factories.legend_tag("lock-in", "⛓")
    with history.revision(by=None, comment="legend"):
        assert Entry.objects.all().rerender() == 1
    entry.refresh_from_db()
    assert "/legend/lock-in/" in entry.body_html


def test_an_edit_of_an_imported_entry_is_limited_like_any_other():
    imported("# a\n- short\n")
    with pytest.raises(ValidationError, match="20,000"):
        factories.edit(Entry.objects.get(), "x" * 20_001)


def test_a_long_imported_entry_can_be_lifted_and_retired():
    imported(f"# a\n- p\n  - {'x' * 30_000}\n")
    parent, child = Entry.objects.order_by("pk")
    with history.revision(by=None, comment="lift"):
        entry_actions.retire_entry(parent, because="No.", lift_children=True)
    with history.revision(by=None, comment="retire"):
        entry_actions.retire_entry(Entry.objects.get(pk=child.pk), because="No.")
    assert not Entry.objects.live().exists()


def test_a_restored_entry_returns_to_its_place_though_its_neighbours_were_renumbered():
    section = factories.section()
    made = {body: factories.entry(body, section=section) for body in ("before", "parent", "after")}
    for body in ("one", "two", "three"):
        factories.entry(body, section=section, parent=made["parent"])
    for number, body in enumerate(("before", "parent", "after"), start=1):
        models.QuerySet(Entry).filter(body=body).update(position=number)
    with history.revision(by=None, comment="lift"):
        parent = Entry.objects.get(body="parent")
        entry_actions.retire_entry(parent, because="No.", lift_children=True)
    with history.revision(by=None, comment="restore"):
        entry_actions.restore_entry(Entry.objects.get(body="parent"))
    bodies = Entry.objects.filter(parent=None).order_by("position", "pk")
    order = [entry.body for entry in bodies]
    assert order == ["before", "parent", "one", "two", "three", "after"]


@pytest.mark.parametrize("because", ["", "  "])
def test_nothing_retires_without_a_reason(because):
    entry = factories.entry()
    with pytest.raises(ValidationError, match="Say why"):
        factories.retire(entry, because)


def test_what_is_retired_keeps_its_first_reason():
    entry = factories.entry()
    factories.retire(entry, "One.")
    with pytest.raises(ValidationError, match="retired already: One"):
        factories.retire(entry, "Two.")


def test_nothing_is_nested_under_an_entry_of_another_section():
    other = factories.entry()
    with pytest.raises(ValidationError, match="another section"):
        factories.entry("Lost.", section=factories.section(), parent=other)


def test_nothing_follows_an_entry_of_another_list():
    other = factories.entry()
    with pytest.raises(ValidationError, match="stands elsewhere"):
        factories.entry("Lost.", section=factories.section(), after=other)
