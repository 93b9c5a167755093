"""Scripts only add comfort: the whole job without them."""

import pytest
from playwright.sync_api import expect

from tests.browser.small_guide import public_pages
from tests.browser.steps import approve, log_in, log_out, propose


@pytest.fixture
def plain(visit):
    """A page of a browser that runs no script."""
    return visit(java_script_enabled=False)


def test_a_visitor_reads_every_page(guide, plain):
    headings = {}
    for name, address in public_pages(guide).items():
        plain.goto(address)
        headings[name] = plain.locator("h1").count()
    assert {name: count for name, count in headings.items() if count != 1} == {}


def test_an_entry_is_edited_sent_and_approved(guide, plain):
    plain.goto("/")
    log_in(plain, "contributor", guide.password)
    address = propose(plain, guide.entry, "One, two, three, five.", "Five, not four")
    log_out(plain, "contributor")
    log_in(plain, "editor", guide.password)
    approve(plain, address)
    expect(plain.get_by_text("Approved and merged")).to_be_visible()
    plain.goto(guide.section.get_absolute_url())
    expect(plain.locator(f"#e{guide.entry.pk}")).to_contain_text("One, two, three, five.")


def test_what_needs_a_script_is_not_shown(guide, plain):
    plain.goto("/")
    expect(plain.locator(".theme")).to_be_hidden()
