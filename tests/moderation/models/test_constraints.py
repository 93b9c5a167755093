"""What the database itself refuses, whoever writes to it."""

import uuid
from functools import partial
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.utils import timezone
from reversion.models import Revision

from guide_site.core import history
from moderation.models import (
    Change,
    Comment,
    Event,
    ImportedFile,
    MergeNote,
    Operation,
    PendingPicture,
    Proposal,
    Review,
)
from moderation.states import CLOSED, Status
from services.models import Capability, Offering
from tests import factories
from tests.moderation.helpers import approve, in_state
from tests.picture_files import raster

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def targets(entry):
    """One object of every kind that a change can be about, by the name of its field."""
    service = factories.service()
    with history.revision(by=None, comment="factory"):
        capability = Capability(name="Virtual server")
        capability.save()
        offering = Offering(capability=capability, provider=service.provider, name="EC2")
        offering.save()
    tag = factories.legend_tag()
    found = {"entry": entry, "section": entry.section, "service": service}
    return found | {"offering": offering, "legend_tag": tag}


def edit(targets, *names, subject, operation=Operation.EDIT):
    """A change with these targets filled in."""
    filled = {name: targets[name] for name in names}
    proposal = Proposal.objects.create(title="T", author=factories.user())
    return Change.objects.create(proposal=proposal, subject=subject, operation=operation, **filled)


def new(model, **fields):
    """Store a row that belongs to an open proposal."""
    return model.objects.create(proposal=factories.proposal(), **fields)


PROPOSALS = {
    "proposal_status_is_known": {"status": "lost", "opened_at": NOW},
    "proposal_has_a_title": {"title": ""},
    "proposal_past_draft_was_opened": {"status": Status.OPEN},
    "proposal_is_closed_or_going_on": {"status": Status.WITHDRAWN},
}


@pytest.mark.parametrize(("constraint", "fields"), PROPOSALS.items())
def test_a_proposal_is_refused(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint):
        Proposal.objects.create(**{"title": "T"} | fields)


@pytest.mark.parametrize("status", [s for s in Status if s not in CLOSED])
@pytest.mark.parametrize("closing", ["closed_at", "closed_by"])
def test_a_proposal_that_goes_on_is_not_closed(status, closing):
    value = NOW if closing == "closed_at" else factories.user()
    with pytest.raises(IntegrityError, match="proposal_is_closed_or_going_on"):
        factories.proposal(status=status, **{closing: value})


@pytest.mark.parametrize("status", CLOSED)
def test_a_closed_proposal_says_when(status):
    with pytest.raises(IntegrityError, match="proposal_is_closed_or_going_on"):
        factories.proposal(status=status)


@pytest.mark.parametrize("status", [s for s in Status if s not in ("draft", "withdrawn")])
def test_only_drafts_and_withdrawn_ones_were_never_opened(status):
    with pytest.raises(IntegrityError, match="proposal_past_draft_was_opened"):
        in_state(status, opened_at=None)


@pytest.mark.parametrize("status", Status)
def test_every_state_can_be_stored(status):
    assert Proposal.objects.get(pk=in_state(status).pk).status == status


def test_a_form_makes_one_proposal():
    key = factories.proposal().form_key
    with pytest.raises(IntegrityError, match=r"form_key"):
        factories.proposal(form_key=key)


@pytest.mark.parametrize("subject", ["entry", "section", "service", "offering", "legend_tag"])
def test_a_change_has_the_target_of_its_subject(targets, subject):
    names = {subject, "section"} if subject == "entry" else {subject}
    assert edit(targets, *names, subject=subject).pk


@pytest.mark.parametrize(
    ("subject", "names"),
    [
        ("entry", ["section"]),
        ("entry", ["entry"]),
        ("entry", ["entry", "section", "service"]),
        ("section", []),
        ("section", ["section", "entry"]),
        ("service", []),
        ("service", ["service", "section"]),
        ("offering", ["offering", "service"]),
        ("legend_tag", ["service"]),
        ("galaxy", ["section"]),
    ],
)
def test_a_change_with_other_targets_is_refused(targets, subject, names):
    with pytest.raises(IntegrityError, match="change_has_one_target"):
        edit(targets, *names, subject=subject)


@pytest.mark.parametrize("names", [["section"], []])
def test_an_addition_has_no_entry_yet_and_perhaps_no_section(targets, names):
    assert edit(targets, *names, subject="entry", operation=Operation.ADD).entry is None


def test_a_change_outlives_the_cell_that_it_is_about(targets):
    change = edit(targets, "offering", subject="offering")
    with history.revision(by=None, comment="test"):
        targets["offering"].delete()
    change.refresh_from_db()
    assert change.offering is None


def test_an_unknown_operation_is_refused(targets):
    with pytest.raises(IntegrityError, match="change_operation_is_known"):
        edit(targets, "entry", "section", subject="entry", operation="burn")


def test_a_proposal_changes_an_entry_once(entry):
    change = factories.proposal(entry).changes.get()
    change.pk = None
    with pytest.raises(IntegrityError, match=r"entry_once_per_proposal|UNIQUE.*change"):
        change.save()


def test_a_proposal_may_add_several_entries(entry):
    proposal = factories.addition(entry.section)
    change = proposal.changes.get()
    change.pk = None
    change.save()
    assert proposal.changes.count() == 2


def test_a_reviewer_has_one_verdict_on_a_version(editor):
    give = partial(Review.objects.create, reviewer=editor, verdict="approve")
    proposal = factories.proposal()
    give(proposal=proposal, version=1)
    give(proposal=proposal, version=2)
    with pytest.raises(IntegrityError, match=r"one_review_per_version|UNIQUE.*review"):
        give(proposal=proposal, version=1)


ROWS = [
    ("review_verdict_is_known", Review, {"verdict": "shrug", "version": 1, "note": "Hm."}),
    ("review_that_refuses_says_why", Review, {"verdict": "changes", "version": 1}),
    ("review_that_refuses_says_why", Review, {"verdict": "decline", "version": 1}),
    ("comment_has_a_body", Comment, {"body": ""}),
    ("event_statuses_are_known", Event, {"what": "opened", "old": "lost", "new": "open"}),
    ("event_statuses_are_known", Event, {"what": "opened", "old": "draft", "new": "lost"}),
    ("event_is_known", Event, {"what": "sung", "old": "draft", "new": "open"}),
]


@pytest.mark.parametrize(("constraint", "model", "fields"), ROWS)
def test_a_row_is_refused(constraint, model, fields):
    with pytest.raises(IntegrityError, match=constraint):
        new(model, **fields)


def test_a_proposal_is_merged_by_one_revision(entry):
    proposal = factories.proposal(entry, "One, two, three, 4.")
    approve(proposal)
    other = Revision.objects.create(date_created=NOW)
    with pytest.raises(IntegrityError, match="proposal_id"):
        MergeNote.objects.create(revision=other, proposal=proposal)


def test_a_merged_proposal_cannot_be_deleted(entry):
    proposal = factories.proposal(entry, "One, two, three, 4.")
    approve(proposal)
    with pytest.raises(ProtectedError):
        proposal.delete()


FILES = [
    ("imported_file_has_a_name", {"name": ""}, True),
    ("imported_file_has_a_sha256", {"sha256": ""}, True),
    ("imported_file_came_one_way", {}, False),
]


@pytest.mark.parametrize("name", ["pending_picture_has_a_name", "pending_picture_once_per_author"])
def test_a_pending_picture_is_refused(name):
    author = factories.user().pk
    PendingPicture.from_file(raster(), author_id=author, name="a").save()
    wrong = "" if name == "pending_picture_has_a_name" else "a"
    row = PendingPicture.from_file(raster(), author_id=author, name=wrong)
    # SQLite names the columns of what is not unique
    with pytest.raises(IntegrityError, match=rf"{name}|author_id, .*\.name"):
        row.save()


@pytest.mark.parametrize(("constraint", "fields", "is_proposed"), FILES)
def test_an_imported_file_is_refused(constraint, fields, is_proposed):
    file = ImportedFile.with_text("# Guide", "guide")
    file.proposal = factories.proposal() if is_proposed else None
    for name, value in fields.items():
        setattr(file, name, value)
    with pytest.raises(IntegrityError, match=constraint):
        file.save()


@pytest.mark.parametrize("status", Status)
def test_a_removed_account_leaves_its_proposals_and_their_log(editor, status):
    author = factories.user()
    closed_by = {"closed_by": author} if status in CLOSED else {}
    proposal = in_state(status, author=author, form_key=uuid.uuid4(), **closed_by)
    Event.objects.create(proposal=proposal, what="opened", old="draft", new="open", by=author)
    author.delete()
    proposal.refresh_from_db()
    assert (proposal.author, proposal.closed_by, proposal.events.get().by) == (None, None, None)


def test_every_constraint_has_a_test():
    tried = {*PROPOSALS, *(name for name, _, _ in ROWS)}
    tried |= {"change_has_one_target", "change_operation_is_known"}
    tried |= {name for name, _, _ in FILES}
    tried |= {"pending_picture_has_a_name", "pending_picture_once_per_author"}
    tried |= {"entry_once_per_proposal", "one_review_per_version"}
    elsewhere = Path(__file__).with_name("test_constraints_of_reports.py").read_text("utf-8")
    models = apps.get_app_config("moderation").get_models()
    names = {c.name for model in models for c in model._meta.constraints}
    assert tried <= names
    assert {name for name in names - tried if f'"{name}"' not in elsewhere} == set()
