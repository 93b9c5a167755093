"""The list of all reports with its filters, and the reports of one entry."""

import datetime

import pytest
from django.utils import timezone

from moderation import actions
from moderation.models import ReportKind
from moderation.views.lists import PER_PAGE
from tests import factories
from tests.moderation.helpers import words

pytestmark = pytest.mark.django_db
ALL = "/reports/"


def found(client, **query):
    """The sentences that a filter finds, in order."""
    return [report.text for report in client.get(ALL, query).context["page"]]


def test_reports_are_listed_newest_first_whatever_their_state(client, lead):
    actions.fix_report(factories.report(text="Old."), by=lead)
    factories.report(text="New.")
    assert found(client) == ["New.", "Old."]


def test_an_empty_list_says_so(client):
    assert "Nobody has reported anything like this." in words(client.get(ALL))


def test_a_state_is_found(client, lead):
    actions.fix_report(factories.report(text="Fixed."), by=lead)
    actions.dismiss_report(factories.report(text="Dismissed."), by=lead, note="No.")
    factories.report(text="Open.")
    for status in ("open", "fixed", "dismissed"):
        assert found(client, status=status) == [f"{status.capitalize()}."]


@pytest.mark.parametrize("kind", ReportKind)
def test_a_kind_is_found(client, kind):
    for other in ReportKind:
        factories.report(kind=other, text=other)
    assert found(client, kind=kind) == [kind]


@pytest.fixture
def places():
    """Storage with S3, a service, below it; Compute beside them; each with a report."""
    storage = factories.section("Storage")
    s3 = factories.section("S3", parent=storage)
    factories.service("S3", slug="s3", section=s3)
    for section in (storage, s3, factories.section("Compute")):
        factories.report(factories.entry(section=section), text=section.title)


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ({"section": "storage"}, ["S3", "Storage"]),
        ({"section": "compute"}, ["Compute"]),
        ({"service": "s3"}, ["S3"]),
        ({"section": "compute", "service": "s3"}, []),
    ],
)
def test_a_place_is_found_with_all_below_it(client, places, query, texts):
    assert found(client, **query) == texts


def test_an_author_is_found(client, contributor):
    factories.report(author=contributor, text="Mine.")
    factories.report(text="Theirs.")
    assert found(client, author="Contributor") == ["Mine."]


@pytest.mark.parametrize(("age", "texts"), [("1", ["d8", "d40"]), ("30", ["d40"])])
def test_older_ones_are_found(client, age, texts):
    for days in (0, 8, 40):
        at = timezone.now() - datetime.timedelta(days=days)
        factories.report(at=at, text=f"d{days}")
    assert found(client, age=age) == texts


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, "' OR 1=1 --") for name in ("status", "kind", "section", "service", "age")),
        ("status", "draft"),
        ("author", "x" * 41),
        ("author", "a\x00b"),
    ],
)
def test_nonsense_finds_nothing_rather_than_everything(client, name, value):
    factories.report()
    assert found(client, **{name: value}) == []
    if "\x00" not in value:
        assert 'class="field__error"' in client.get(ALL, {name: value}).content.decode()


def test_a_long_list_has_pages_that_keep_the_filter(client, entry, contributor):
    for number in range(PER_PAGE + 1):
        factories.report(entry, text=f"No. {number}", author=contributor)
    page = client.get(ALL, {"author": "contributor", "page": 2})
    assert len(page.context["page"]) == 1
    assert 'href="?author=contributor&amp;page=1"' in page.content.decode()


def test_a_list_says_what_a_report_is_about_and_how_much_was_said(client, entry, editor):
    report = factories.report(entry, text="Count again.")
    actions.discuss_report(report, by=editor, body="Where?")
    page = words(client.get(ALL))
    assert "Open Outdated Count again." in page
    assert f"On “{entry.opening_words}” in {entry.section.title}" in page
    assert "1 comment" in page


def test_a_retired_entry_is_called_so(client, entry):
    factories.report(entry)
    factories.retire(entry)
    assert "(retired)" in words(client.get(ALL))


def test_the_reports_of_an_entry_are_open_ones_first(client, entry, lead):
    factories.report(entry, text="Open.")
    actions.fix_report(factories.report(entry, text="Fixed."), by=lead)
    factories.report(text="Elsewhere.")
    page = words(client.get(f"{entry.get_absolute_url()}reports/"))
    assert page.index("Open.") < page.index("Closed") < page.index("Fixed.")
    assert "Elsewhere." not in page


def test_all_open_reports_of_an_entry_can_be_fixed_at_once(client, entry):
    pks = [factories.report(entry, text=text).pk for text in ("One.", "Two.")]
    page = client.get(f"{entry.get_absolute_url()}reports/").content.decode()
    assert f"edit/?fixes={pks[1]}&amp;fixes={pks[0]}" in page


def test_an_entry_without_reports_says_so(client, entry):
    page = words(client.get(f"{entry.get_absolute_url()}reports/"))
    assert "Nothing is reported of this entry at present." in page


def test_the_lists_of_moderation_lead_to_each_other(client):
    assert 'href="/reports/"' in client.get("/proposals/").content.decode()
    assert 'href="/proposals/"' in client.get(ALL).content.decode()
