"""Recent changes of the whole guide, page by page."""

import pytest

from entries.actions.entries import add_entry
from guide_site.core import history
from guide_site.core.access import Role
from moderation import actions
from moderation.models import Verdict
from tests import factories
from tests.public.page_texts import links, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]


def older(page):
    """The link to the next page, or None."""
    return next((link for link in links(page) if link.startswith("?before=")), None)


def test_a_guide_without_changes_says_so(client):
    assert "Nothing has changed yet." in words(client.get("/changes/"))


def test_every_revision_is_listed_newest_first(client):
    for name in ("First", "Second"):
        factories.entry(comment=name, section=factories.section())
    text = words(client.get("/changes/"))
    assert text.index("Second") < text.index("First")


def test_a_merge_names_the_entry_the_author_the_approver_and_the_proposal(client, editor):
    entry = factories.entry("**Lifecycle:** Rules.", section=factories.section("Storage"))
    ada = factories.user(username="ada")
    proposal = factories.proposal(entry, "**Lifecycle:** No rules.", author=ada, title="Say no")
    actions.approve(proposal, by=editor, version=proposal.version)
    page = client.get("/changes/")
    assert "Say no by ada" in words(page)
    assert "approved by editor ·" in words(page)
    assert "Storage: Lifecycle" in words(page)
    wanted = {entry.get_absolute_url(), proposal.get_absolute_url(), "/people/ada/"}
    assert wanted <= set(links(page))


def test_two_approvers_are_both_named(client, editor):
    proposal, lena = factories.proposal(), factories.user(Role.LEAD, username="lena")
    proposal.reviews.create(reviewer=lena, version=proposal.version, verdict=Verdict.APPROVE)
    actions.approve(proposal, by=editor, version=proposal.version)
    text = words(client.get("/changes/"))
    assert "approved by lena, editor" in text


def test_a_revision_of_many_entries_counts_them(client):
    section = factories.section("Storage")
    with history.revision(by=None, comment="Import"):
        for _ in range(13):
            add_entry(section=section, body="One.")
    assert "13 entries" in words(client.get("/changes/"))


def test_a_revision_without_a_summary_says_so(client):
    factories.entry(comment="")
    assert "No summary" in words(client.get("/changes/"))


def test_a_short_list_is_one_page(client):
    for _ in range(15):
        factories.entry()  # with a section of its own: two revisions
    assert older(client.get("/changes/")) is None


def test_a_long_list_is_paged_and_loses_no_revision(client):
    section = factories.section()
    for number in range(65):
        factories.entry(section=section, comment=f"Change {number:02}")
    pages = [client.get("/changes/")]
    while query := older(pages[-1]):
        pages.append(client.get(f"/changes/{query}"))
    shown = "".join(words(page) for page in pages)
    assert len(pages) == 3
    assert [n for n in range(65) if shown.count(f"Change {n:02}") != 1] == []


def test_an_older_page_does_not_move_when_the_guide_changes(client):
    section = factories.section()
    for number in range(35):
        factories.entry(section=section, comment=f"Change {number:02}")
    second = f"/changes/{older(client.get('/changes/'))}"
    before = words(client.get(second))
    factories.entry(section=section, comment="Newer")
    assert words(client.get(second)) == before


@pytest.mark.parametrize("before", ["x", "-1", "", "1.5", "²", "9" * 40, "0"])
def test_nonsense_for_a_page_is_the_first_page(client, before):
    factories.entry(comment="Newest")
    assert "Newest" in words(client.get(f"/changes/?before={before}"))


def test_before_the_first_revision_there_is_nothing(client):
    factories.entry(comment="Newest")
    assert "Nothing has changed yet." in words(client.get("/changes/?before=1"))


def test_other_parameters_change_nothing(client):
    factories.entry(comment="Newest")
    assert client.get("/changes/?page=9&q=x").content == client.get("/changes/").content


def test_hostile_summaries_are_shown_as_they_were_typed(client):
    factories.entry(comment='"><script>alert(1)</script>')
    page = client.get("/changes/")
    assert '"><script>alert(1)</script>' in words(page)
    assert "<script>alert" not in page.text
