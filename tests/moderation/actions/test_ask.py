"""Reviews are asked for: of the right people by itself, of anybody by name."""

import pytest

from guide_site.core.access import Role
from moderation import actions, policies
from moderation.models import EventKind, Notification, Reason, ReviewClass, ReviewRequest
from moderation.policies import members
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import draft, in_state, state_of

pytestmark = pytest.mark.django_db


def send(entry, author=None):
    made = draft(author or factories.user(), entry)
    actions.send(made, by=made.author)
    return made


def asked(proposal):
    """Names of those who were asked, and by whom."""
    found = proposal.review_requests.order_by("reviewer__username")
    return list(found.values_list("reviewer__username", "asked_by__username"))


def test_a_proposal_asks_who_looks_after_its_section_and_the_leads(entry, editor, expert, lead):
    entry.section.editors.add(editor)
    entry.section.experts.add(expert)
    assert sorted(asked(send(entry))) == [("editor", None), ("expert", None), ("lead", None)]


@pytest.mark.usefixtures("one_is_enough")
def test_no_lead_is_asked_where_an_editor_is_enough(entry, editor, lead):
    entry.section.editors.add(editor)
    assert asked(send(entry)) == [("editor", None)]


def test_those_who_are_asked_are_told_so_once(entry, editor):
    entry.section.editors.add(editor)
    made = send(entry)
    actions.comment(made, by=made.author, body="See here.")
    found = Notification.objects.filter(recipient=editor).order_by("pk")
    expected = [(EventKind.OPENED, Reason.ASKED), (EventKind.COMMENTED, Reason.TALKED)]
    assert list(found.values_list("event__what", "reason")) == expected


def test_where_nobody_looks_after_the_section_the_leads_are_asked(entry, lead, editor):
    assert asked(send(entry)) == [("lead", None)]


def test_a_sensitive_proposal_asks_the_leads_beside_the_owners(entry, lead, editor):
    entry.section.editors.add(editor)
    made = draft(factories.user(), entry)
    made.review_class, made.class_set_by, made.class_note = ReviewClass.SENSITIVE, lead, "Risky."
    made.save()
    actions.send(made, by=made.author)
    assert asked(made) == [("editor", None), ("lead", None)]


def test_authors_do_not_ask_themselves(entry, editor):
    entry.section.editors.add(editor)
    assert asked(send(entry, author=editor)) == []


def test_sending_again_asks_nobody_twice(entry, editor, lead):
    entry.section.editors.add(editor)
    made = send(entry)
    actions.request_changes(made, by=lead, version=1, note="Say since when.")
    actions.send(made, by=made.author)
    assert asked(made) == [("editor", None), ("lead", None)]


def test_a_suspended_lead_is_not_asked(entry, lead):
    lead.is_active = False
    lead.save()
    assert asked(send(entry)) == []


def test_the_author_asks_somebody_by_name(expert):
    proposal = factories.proposal()
    actions.ask(proposal, by=proposal.author, name=" @Expert ")
    assert asked(proposal) == [("expert", proposal.author.username)]
    event = proposal.events.get()
    assert (event.what, event.by, event.note) == ("asked", proposal.author, "To expert")
    told = Notification.objects.get()
    assert (told.recipient, told.reason) == (expert, Reason.ASKED)


def test_an_editor_asks_somebody_by_name_and_the_author_hears_of_it(editor, expert):
    proposal = factories.proposal()
    actions.ask(proposal, by=editor, name="expert")
    reasons = dict(Notification.objects.values_list("recipient__username", "reason"))
    assert reasons == {"expert": Reason.ASKED, proposal.author.username: Reason.YOURS}


REFUSED = [
    ("nobody", "Nobody here is called “nobody”."),
    ("", "Nobody here is called “”."),
    ("author", "author wrote this proposal: ask somebody else."),
    ("reader", "reader cannot answer: this account may not take part in discussions."),
    ("gone", "gone cannot answer: this account may not take part in discussions."),
    ("expert", "expert was asked already."),
]


@pytest.mark.parametrize(("name", "sentence"), REFUSED)
def test_who_cannot_answer_is_not_asked(expert, reader, name, sentence):
    factories.user(Role.EDITOR, username="gone", is_active=False)
    proposal = factories.proposal(author=factories.user(username="author"))
    ReviewRequest.objects.create(proposal=proposal, reviewer=expert)
    before = state_of(proposal)
    with pytest.raises(actions.Refused) as refusal:
        actions.ask(proposal, by=proposal.author, name=name)
    assert str(refusal.value) == sentence
    assert state_of(proposal) == before


@pytest.mark.parametrize("status", [s for s in Status if s != Status.OPEN])
def test_only_for_open_proposals_is_anybody_asked(expert, status):
    proposal = in_state(status)
    with pytest.raises(actions.Refused, match="Only for an open proposal"):
        actions.ask(proposal, by=proposal.author, name="expert")


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.EXPERT, None])
def test_others_do_not_ask(editor, role):
    proposal = factories.proposal()
    with pytest.raises(actions.Refused, match="Only its author, editors and leads"):
        actions.ask(proposal, by=factories.user(role), name="editor")


def test_an_author_who_lost_the_role_does_not_ask(editor):
    proposal = factories.proposal(author=factories.user(None))
    assert "not propose" in policies.why_not_ask(proposal.author, proposal)


def test_ten_people_are_enough(editor):
    proposal = factories.proposal()
    for _ in range(members.MOST_ASKED):
        actions.ask(proposal, by=editor, name=factories.user().username)
    with pytest.raises(actions.Refused, match="10 people were asked by name already"):
        actions.ask(proposal, by=editor, name=factories.user().username)


def test_what_a_name_may_hold_that_no_name_holds():
    proposal = factories.proposal()
    for name in ("a" * 3000, "ü", "' OR 1=1 --", "<b>"):
        with pytest.raises(actions.Refused, match="Nobody here is called"):
            actions.ask(proposal, by=proposal.author, name=name)


def test_a_class_that_needs_a_lead_asks_the_leads(entry, editor, lead):
    entry.section.editors.add(editor)
    proposal = factories.proposal(entry, review_class=ReviewClass.TRIVIAL)
    actions.set_class(
        proposal, by=editor, version=1, review_class=ReviewClass.SENSITIVE, note="A risk."
    )
    assert ("lead", None) in asked(proposal)
    assert Notification.objects.get(recipient=lead).reason == Reason.ASKED


def test_who_is_needed_for_an_amended_one_is_asked_and_told(entry, lead):
    made = factories.proposal(entry, "One, two, three, fours.", review_class="trivial")
    change = made.changes.get()
    proposed = change.proposed | {"body": "❗ One, two, three, fours."}
    edit = actions.ChangeEdit(change, change.base, proposed)
    actions.amend(made, by=made.author, version=1, edit=edit)
    assert ("lead", None) in asked(made)
    assert Notification.objects.get(recipient=lead).event.what == "amended"
