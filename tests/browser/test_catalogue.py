"""The pages of the catalogue as they look and move: matrix, timeline, filters."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

_BOXES = """
links => links.map(link => link.getBoundingClientRect())
    .map(box => [box.left, box.top, box.right, box.bottom])
"""


def overlaps(boxes):
    """Pairs of boxes (left, top, right, bottom) that share more than a hair's breadth."""
    return [
        (a, b)
        for number, a in enumerate(boxes)
        for b in boxes[:number]
        if a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 1 and b[1] < a[3] - 1
    ]


@pytest.fixture
def shipped(live_server):
    call_command("load_guide", verbosity=0)


def test_labels_of_the_timeline_never_overlap(shipped, visit):
    page = visit()
    page.goto("/releases/")
    boxes = page.locator(".timeline a.mark").evaluate_all(_BOXES)
    assert len(boxes) > 40
    assert overlaps(boxes) == []


def test_the_timeline_leads_to_the_service_by_keyboard(guide, visit):
    page = visit()
    page.goto("/releases/")
    page.get_by_role("link", name="Dated: August 2006, generally available").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Dated", level=1)).to_be_visible()


def test_the_head_and_the_first_column_of_the_matrix_stay(shipped, visit):
    page = visit(width=700)
    page.goto("/matrix/")
    frame = page.get_by_role("region", name="Matrix")
    frame.evaluate("frame => frame.scrollTo(300, 300)")
    head = page.get_by_role("columnheader", name="Capability").bounding_box()
    place = frame.bounding_box()
    assert abs(head["x"] - place["x"]) < 3
    assert abs(head["y"] - place["y"]) < 3
    row = page.get_by_role("rowheader", name="Monitoring", exact=True).bounding_box()
    assert abs(row["x"] - place["x"]) < 3


def test_on_a_phone_the_matrix_is_cards_that_name_the_provider(shipped, visit):
    page = visit(width=390)
    page.goto("/matrix/?q=sqs")
    cell = page.get_by_role("cell").filter(has_text="Pub/Sub").first
    label = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert label == '"Google Cloud"'
    assert page.get_by_role("table").count() == 1
    expect(page.get_by_role("columnheader", name="Microsoft")).not_to_be_in_viewport()


def test_filters_work_without_javascript(shipped, visit):
    page = visit(java_script_enabled=False)
    page.goto("/services/")
    page.get_by_label("In the guide").select_option("Has gotchas")
    page.get_by_label("Sort by").select_option("Most entries first")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_text("12 of 67 services")).to_be_visible()
    expect(page.locator(".card").first).to_contain_text("Gotchas")


def test_a_provider_is_left_out_by_its_checkbox(shipped, visit):
    page = visit()
    page.goto("/matrix/")
    page.get_by_text("Microsoft", exact=True).first.click()
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("columnheader", name="Google Cloud")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Microsoft")).to_have_count(0)
