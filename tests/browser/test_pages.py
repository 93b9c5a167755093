"""Every kind of page, for every kind of person: no error, no violation, no sideways scrolling."""

import pytest
from django.core.management import call_command

from entries.models import Entry, EntryKind
from services.models import Service
from tests.browser.small_guide import pages_for
from tests.browser.watching import overflow, violations

PEOPLE = ["visitor", "contributor", "editor"]
WIDTHS = [320, 390, 1280]
LOOKS = [("light", 1280), ("dark", 320)]


def _violations(page, pages):
    """What axe finds on `pages` in every look: {(name, scheme, width): violations}."""
    found = {}
    for name, address in pages.items():
        page.goto(address)
        for scheme, width in LOOKS:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 800})
            if wrong := violations(page):
                found[name, scheme, width] = wrong
    return found


def _too_wide(page, pages):
    """Which of `pages` are wider than the window, by how many pixels: {(name, width): pixels}."""
    found = {}
    for name, address in pages.items():
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if (pixels := overflow(page)) > 0:
                found[name, width] = pixels
    return found


def _complaints(page, watched, pages):
    """What the browser complains of on `pages`, beside the statuses that are meant."""
    for address in pages.values():
        page.goto(address)
    page.wait_for_load_state("networkidle")
    meant = ("status of 403", "status of 404")
    return [line for line in watched.complaints if not any(words in line for words in meant)]


@pytest.mark.parametrize("person", PEOPLE)
def test_axe_finds_no_violation(guide, visit, person):
    user, pages = pages_for(guide, person)
    assert _violations(visit(user), pages) == {}


@pytest.mark.parametrize("person", PEOPLE)
def test_nothing_scrolls_sideways(guide, visit, person):
    user, pages = pages_for(guide, person)
    assert _too_wide(visit(user), pages) == {}


@pytest.mark.parametrize("person", PEOPLE)
def test_no_script_error_and_no_violation_of_the_content_policy(guide, visit, watch, person):
    user, pages = pages_for(guide, person)
    page = visit(user)
    assert _complaints(page, watch(page), pages) == []


def test_the_guide_that_ships_is_clean(live_server, visit, watch):
    call_command("load_guide", verbosity=0)
    page, pages = visit(), _pages_that_ship()
    watched = watch(page)
    assert _too_wide(page, pages) == {}
    assert _violations(page, pages) == {}
    assert _complaints(page, watched, pages) == []


def _pages_that_ship():
    """The large pages of the guide that ships, and one entry of each kind: name → address."""
    found = {a: a for a in ("/", "/guide/", "/services/", "/legend/", "/changes/", "/changes/1/")}
    found |= {a: a for a in ("/search/", "/search/?q=s3+glacier+cost", "/search/?q=glacer")}
    found |= {a: a for a in ("/matrix/", "/releases/", "/completeness/")}
    for service in Service.objects.filter(slug__in=["s3", "ec2", "iam"]).exclude(section=None):
        found[service.name] = service.get_absolute_url()
    for kind in EntryKind.values:
        if entry := Entry.objects.live().filter(kind=kind).first():
            if kind != EntryKind.TABLE:
                found[kind] = entry.get_absolute_url()
            found[f"section of a {kind}"] = entry.section.get_absolute_url()
    return found
