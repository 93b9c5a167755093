"""The steps of an action belong to its one transaction, which no other writer overlaps."""

import pytest
from django.db import transaction

from guide_site.core import history
from moderation.actions import base, reporting
from moderation.models import Event, Notification, ReportEvent
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_row_is_reread_as_the_last_writer_left_it(entry):
    proposal = factories.proposal(entry)
    type(proposal).objects.filter(pk=proposal.pk).update(title="Theirs")
    with history.writing():
        base.reread(proposal)
    assert proposal.title == "Theirs"


def test_rereading_refuses_where_others_may_write(entry):
    proposal = factories.proposal(entry, title="Mine")
    with pytest.raises(history.OutsideWriting, match=r"Reading Mine again: .*writing\(\)"):
        base.reread(proposal)


def test_a_transaction_of_django_alone_does_not_do(entry):
    with pytest.raises(history.OutsideWriting), transaction.atomic():
        base.reread(entry)


def test_writing_is_over_after_its_block_also_after_a_refusal(entry):
    with pytest.raises(base.Refused, match="No"), history.writing():
        base.refuse("No.")
    with pytest.raises(history.OutsideWriting):
        base.reread(entry)


def test_the_inner_of_two_blocks_does_not_end_the_outer(entry):
    with history.writing():
        with history.writing():
            pass
        base.reread(entry)


def test_a_revision_is_writing_as_well(entry):
    with history.revision(by=None, comment="Nothing."):
        base.reread(entry)


def test_no_step_of_a_proposal_is_logged_outside_the_transaction_of_its_action(entry):
    proposal = factories.proposal(entry)
    with pytest.raises(history.OutsideWriting, match="Logging"):
        base.log(proposal, Event.What.AMENDED, by=proposal.author)
    assert not Event.objects.exists()


def test_no_step_of_a_report_is_logged_outside_the_transaction_of_its_action(entry):
    report = factories.report(entry)
    with pytest.raises(history.OutsideWriting, match="Logging"):
        reporting.log_report(report, ReportEvent.What.FIXED, by=report.author)
    assert not ReportEvent.objects.exists()
    assert not Notification.objects.exists()
