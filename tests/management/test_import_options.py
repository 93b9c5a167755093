"""`import_guide` with a name, a date, another guide, and as a proposal."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from reversion.models import Revision

from entries.markdown.writer import export
from entries.models import Entry, Section
from guide_site.core import history
from moderation import actions
from moderation.models import Proposal
from moderation.states import Status

pytestmark = pytest.mark.django_db

GUIDE = """\
# Guide

## Storage

- **First:** one two three four five six.
- **Second:** stays as it is, word for word.
- **Third:** will move to another place soon.

## Network

- **Fourth:** seven eight nine ten eleven.
"""
CHANGED = """\
# Guide

## Storage

- **First:** one two three four five SIX.
- **Second:** stays as it is, word for word.

## Network

- **Fourth:** seven eight nine ten eleven.
- **Third:** will move to another place soon.
- Brand new, and nobody has seen it before.

## News

- Nothing yet, but this section is new as well.
"""


def run(path, text, **options):
    out = StringIO()
    path.write_text(text, encoding="utf-8")
    call_command("import_guide", str(path), stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "guide.md"


@pytest.fixture
def imported(path):
    run(path, GUIDE)
    return path


def test_the_author_of_the_revision_is_the_account_named(path, contributor, lead):
    run(path, GUIDE, by="lead", author="contributor")
    revision = Revision.objects.latest("pk")
    assert revision.user == contributor
    assert revision.comment == "Import of guide.md, imported by lead"


def test_an_author_without_an_account_is_named_in_the_summary(path, lead):
    run(path, GUIDE, by="lead", author="Nemo")
    assert Revision.objects.latest("pk").comment == "Import of guide.md, by Nemo, imported by lead"


def test_the_date_is_that_of_the_change(path):
    run(path, GUIDE, date=datetime.datetime(2022, 8, 31, tzinfo=datetime.UTC))
    assert Revision.objects.latest("pk").date_created.year == 2022


def test_an_unknown_account_is_refused_and_nothing_changes(path):
    with pytest.raises(CommandError, match="There is no account “nobody”"):
        run(path, GUIDE, by="nobody")
    assert not Section.objects.exists()


def test_a_changed_file_writes_only_what_differs(imported):
    before = dict(Entry.objects.values_list("body", "pk"))
    report = run(imported, CHANGED)
    assert "entries: 2 added, 1 edited, 1 moved" in report
    assert (
        Entry.objects.get(body__startswith="**Third").pk
        == before["**Third:** will move to another place soon."]
    )
    assert export() == CHANGED


def test_another_guide_is_refused_and_nothing_changes(imported):
    before = history.generation()
    other = "# Other\n\n" + "".join(f"- Something else entirely, number {n}.\n" for n in range(9))
    with pytest.raises(CommandError, match="shares 0 of 4 entries"):
        run(imported, other)
    assert history.generation() == before


def test_another_guide_replaces_this_one_if_asked_to(imported):
    run(imported, "# Other\n\n- Something else entirely.\n", replace=True)
    assert export() == "# Other\n\n- Something else entirely.\n"


def test_a_proposal_publishes_nothing_by_itself(imported, contributor):
    before = history.generation()
    said = run(imported, CHANGED, as_proposal=True, by="contributor")
    assert history.generation() == before
    proposal = Proposal.objects.get()
    assert (proposal.author, proposal.status) == (contributor, Status.OPEN)
    assert proposal.get_absolute_url() in said


@pytest.mark.usefixtures("one_is_enough")
def test_an_approved_proposal_makes_the_guide_what_the_file_says(imported, contributor, editor):
    run(imported, CHANGED, as_proposal=True, by="contributor")
    proposal = Proposal.objects.get()
    assert actions.approve(proposal, by=editor, version=proposal.version).is_merged
    report = run(imported, CHANGED)
    assert "added" not in report
    assert "edited" not in report
    assert "removed" not in report
    assert export() == CHANGED


def test_the_page_of_such_a_proposal_shows_every_change(imported, contributor, client):
    run(imported, CHANGED, as_proposal=True, by="contributor")
    page = client.get(Proposal.objects.get().get_absolute_url()).text
    assert "Brand new, and nobody has seen it before." in page
    assert "the place behind “Fourth” in “Network”" in page
    assert "section “News”" in page


def test_the_same_file_makes_no_proposal(imported, contributor):
    said = run(imported, GUIDE, as_proposal=True, by="contributor")
    assert "Nothing to do" in said
    assert not Proposal.objects.exists()


def test_a_dry_run_of_a_proposal_reports_and_proposes_nothing(imported, contributor, mailoutbox):
    said = run(imported, CHANGED, as_proposal=True, by="contributor", dry_run=True)
    assert "Would propose:" in said
    assert "2 added, 1 edited, 1 moved" in said
    assert not Proposal.objects.exists()
    assert not mailoutbox


def test_a_file_that_waits_in_a_proposal_is_not_proposed_again(imported, contributor):
    run(imported, CHANGED, as_proposal=True, by="contributor")
    first = Proposal.objects.get()
    with pytest.raises(CommandError, match=f"waits already in proposal {first.pk}, “Changes of"):
        run(imported, CHANGED, as_proposal=True, by="contributor")
    actions.withdraw(first, by=contributor)
    run(imported, CHANGED, as_proposal=True, by="contributor")
    assert Proposal.objects.open().count() == 1


def test_a_proposal_needs_somebody_to_make_it(imported):
    with pytest.raises(CommandError, match="--by USERNAME"):
        run(imported, CHANGED, as_proposal=True)


def test_a_reader_proposes_nothing(imported, reader):
    with pytest.raises(CommandError, match="may read but not propose"):
        run(imported, CHANGED, as_proposal=True, by="reader")
    assert not Proposal.objects.exists()
