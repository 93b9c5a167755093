"""Two people edit one bullet at the same time: nobody's words are lost."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.steps import APPROVE, CONTINUE, ONLY_APPROVE, SEND, approve, open_editor, write

MERGED = "Approved and merged: the guide is up to date."


@pytest.fixture
def send_both(guide, visit):
    """Both open the editor before either sends; gives the second's page and both addresses."""

    def sent(first_body, second_body):
        first, second = visit(guide.contributor), visit(factories.user(username="second"))
        for page, body in ((first, first_body), (second, second_body)):
            open_editor(page, guide.entry)
            write(page, body, f"Make it “{body}”")
        for page in (first, second):
            page.get_by_role("button", name=CONTINUE).click()
            page.get_by_role("button", name=SEND).click()
            expect(page.get_by_text("Sent. Editors will look at it.")).to_be_visible()
        return second, first.url, second.url

    return sent


def test_different_words_both_end_up_in_the_text(guide, visit, send_both):
    _, first, second = send_both("1, two, three, four.", "One, two, three, 4.")
    editor = visit(guide.editor)
    for address in (first, second):
        approve(editor, address)
        expect(editor.get_by_text(MERGED)).to_be_visible()
    visitor = visit()
    visitor.goto(guide.entry.get_absolute_url())
    expect(visitor.locator(".entry__body").first).to_have_text("1, two, three, 4.")


def test_the_same_word_gives_the_second_a_conflict_that_names_the_words(guide, visit, send_both):
    author, first, second = send_both("One, two, three, five.", "One, two, three, six.")
    editor = visit(guide.editor)
    approve(editor, first)
    approve(editor, second, ONLY_APPROVE)
    expect(editor.get_by_text("does not merge").first).to_be_visible()
    expect(editor.locator(".notice--error")).to_contain_text(
        "Somebody made “four” into “five”, the proposal makes it “six”"
    )
    expect(editor.locator(".clashes tbody tr")).to_have_text(["four five six"])
    author.goto(second)
    expect(author.locator(".clashes tbody tr")).to_have_text(["four five six"])
    author.goto(guide.entry.get_absolute_url())
    expect(author.locator(".entry__body").first).to_have_text("One, two, three, five.")


def test_long_words_that_conflict_fit_a_phone(guide, visit, send_both):
    author, first, second = send_both(f"One, two, three, {'5' * 60}.", f"One, two, {'6' * 60}.")
    approve(visit(guide.editor), first)
    author.set_viewport_size({"width": 390, "height": 844})
    author.goto(second)
    author.locator(".clashes").scroll_into_view_if_needed()
    expect(author.locator(".clashes td").last).to_be_in_viewport(ratio=0.9)


def test_the_author_of_the_conflict_amends_and_it_merges(guide, visit, send_both):
    author, first, second = send_both("One, two, three, five.", "One, two, three, six.")
    editor = visit(guide.editor)
    approve(editor, first)
    approve(editor, second, ONLY_APPROVE)
    author.goto(second)
    author.get_by_role("link", name="Amend").click()
    expect(author.get_by_label("Text", exact=True)).to_have_value("One, two, three, six.")
    expect(author.get_by_role("region", name="The entry has changed")).to_contain_text("five")
    author.get_by_label("Text", exact=True).fill("One, two, three, five or six.")
    author.get_by_role("button", name="Save").click()
    approve(editor, second)
    expect(editor.get_by_text(MERGED)).to_be_visible()
    author.goto(f"{guide.entry.get_absolute_url()}history/")
    expect(author.locator(".revision")).to_have_count(3)
    expect(author.locator(".revision ins").first).to_contain_text("or six")


def test_whoever_starts_while_a_proposal_is_open_is_told(guide, visit):
    factories.proposal(guide.entry, "One, two.", author=guide.contributor, title="Shorter")
    page = visit(factories.user(username="second"))
    open_editor(page, guide.entry)
    expect(page.get_by_text("Somebody is changing this entry already")).to_be_visible()


def test_an_approval_of_what_the_author_has_amended_meanwhile_is_refused(guide, visit):
    editor, author = visit(guide.editor), visit(guide.contributor)
    editor.goto(guide.open.get_absolute_url())
    author.goto(f"{guide.open.get_absolute_url()}amend/")
    author.get_by_label("Text", exact=True).fill("Start small, measure, stop.")
    author.get_by_role("button", name="Save").click()
    expect(author.get_by_text("Amended.")).to_be_visible()
    editor.get_by_label("Note to the author").fill("Thank you, this is better.")
    editor.get_by_role("button", name=APPROVE).click()
    expect(editor.get_by_text("changed while you were reading")).to_be_visible()
    expect(editor.get_by_label("Note to the author")).to_have_value("Thank you, this is better.")
    expect(editor.locator(".difference").first).to_contain_text("stop")
