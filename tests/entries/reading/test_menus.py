"""What a page offers to do with each entry."""

import re

import pytest

from entries.models import Entry
from entries.reading.lines import nest, runs
from tests import factories

pytestmark = pytest.mark.django_db


def menus(section):
    """{primary key: addresses of its menu} of a section, at the top level."""
    lines = nest(Entry.objects.filter(section=section).order_by("position"))
    return {
        line.row.pk: re.findall(r'href="([^"]+)"', menu)
        for run in runs(lines)
        for line, menu in run.with_menus
    }


def addresses(entry, *acts):
    return [f"/entries/{entry.pk}/", *(f"/entries/{entry.pk}/{act}/" for act in acts)]


@pytest.mark.parametrize("page_cache", [True, False])
def test_a_bullet_can_be_split_and_joined_if_another_follows(settings, page_cache):
    settings.PAGE_CACHE = page_cache
    section = factories.section()
    first, last = (factories.entry(section=section) for _ in range(2))
    assert menus(section) == {
        first.pk: addresses(first, "edit", "history", "split", "join", "retire", "report"),
        last.pk: addresses(last, "edit", "history", "split", "retire", "report"),
    }


def test_a_paragraph_can_be_neither(settings):
    section = factories.section()
    entry = factories.entry(section=section, kind="paragraph")
    factories.entry(section=section, kind="paragraph")
    assert menus(section)[entry.pk] == addresses(entry, "edit", "history", "retire", "report")
