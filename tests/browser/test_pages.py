"""Every kind of page, for every kind of person: no error, no violation, no sideways scrolling."""

import pytest

from tests.browser.small_guide import pages_for
from tests.browser.watching import overflow, violations

PEOPLE = ["visitor", "contributor", "editor"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("person", PEOPLE)
def test_axe_finds_no_violation(guide, visit, person, scheme):
    user, pages = pages_for(guide, person)
    page, found = visit(user, color_scheme=scheme), {}
    for name, address in pages.items():
        page.goto(address)
        found[name] = violations(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("person", PEOPLE)
def test_nothing_scrolls_sideways(guide, visit, person, width):
    user, pages = pages_for(guide, person)
    page, found = visit(user, width=width), {}
    for name, address in pages.items():
        page.goto(address)
        found[name] = overflow(page)
    assert {name: pixels for name, pixels in found.items() if pixels > 0} == {}


@pytest.mark.parametrize("person", PEOPLE)
def test_no_script_error_and_no_violation_of_the_content_policy(guide, visit, watch, person):
    user, pages = pages_for(guide, person)
    page = visit(user)
    watched = watch(page)
    for address in pages.values():
        page.goto(address, wait_until="networkidle")
    expected = ("status of 404", "status of 403")
    assert [c for c in watched.complaints if not any(word in c for word in expected)] == []
