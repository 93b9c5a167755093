"""What people do in the browser, step by step, through what they see."""

import re

from playwright.sync_api import expect

CONTINUE = "Continue: see the difference"
SEND = "Send for review"
APPROVE = "Approve and merge"
ONLY_APPROVE = "Approve"  # of what does not merge at present


def log_in(page, name, password):
    """Log in through the form, wherever the page offers it."""
    if "/accounts/login/" not in page.url:
        page.get_by_role("banner").get_by_role("link", name="Log in").click()
    page.locator("[name=login]").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    expect(page.get_by_role("banner").get_by_text(name, exact=True)).to_be_visible()


def log_out(page, name):
    """Log out through the member's menu."""
    page.get_by_role("banner").get_by_text(name, exact=True).click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Log in")).to_be_visible()


def open_editor(page, entry):
    """From the section of an entry to its editor, by the “Edit” beside the entry."""
    page.goto(entry.section.get_absolute_url())
    bullet = page.locator(f"#e{entry.pk}")
    bullet.hover(position={"x": 5, "y": 5})
    bullet.get_by_role("link", name="Edit").first.click()
    expect(page.get_by_role("heading", name="Propose an edit")).to_be_visible()


def write(page, body, summary):
    """Type a text and its summary into the editor."""
    page.get_by_label("Text", exact=True).fill(body)
    page.get_by_label("Edit summary").fill(summary)


def propose(page, entry, body, summary):
    """Edit an entry and send the proposal; returns its address."""
    open_editor(page, entry)
    write(page, body, summary)
    page.get_by_role("button", name=CONTINUE).click()
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_text("Sent. Editors will look at it.")).to_be_visible()
    return page.url


def approve(page, address, button=APPROVE):
    """Open a proposal and approve it; what follows, the caller expects."""
    page.goto(address)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page).to_have_url(re.compile(r"/proposals/\d+/(decide/)?$"))


def tab_to(page, target, stops=150):
    """Press Tab until `target` has the focus."""
    for _ in range(stops):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {target} in {stops} stops")


def click_twice(page, button):
    """Click, lose the answer, and click again: the server gets the form twice."""

    def lose_the_answer(route):
        route.fetch(max_redirects=0)
        route.abort("aborted")

    address = button.evaluate("button => button.form.action")
    page.route(address, lose_the_answer)
    with page.expect_event("requestfailed"):
        button.click(no_wait_after=True)
    page.unroute(address)
    with page.expect_request(lambda request: request.method == "POST"):
        button.click()
