"""What other proposals do to the same, on the pages of proposals and editors."""

import pytest
from django.urls import reverse

from moderation.lists import overlaps
from moderation.models import Operation, Subject
from moderation.states import CLOSED
from tests import factories
from tests.moderation.helpers import in_state, words

pytestmark = pytest.mark.django_db
OTHERS = "Other proposals change the same"


def found(proposal):
    return [each.proposal for each in overlaps.overlapping(list(proposal.changes.all()))]


def on_page(client, proposal):
    return words(client.get(proposal.get_absolute_url()))


def an_entry():
    return factories.entry("One, two.")


@pytest.mark.parametrize(
    "make",
    [an_entry, factories.section, factories.service, factories.offering, factories.legend_tag],
)
def test_proposals_about_one_row_name_each_other(make):
    row = make()
    proposals = [factories.changing(row, Operation.RETIRE) for _ in range(2)]
    assert [found(proposal) for proposal in proposals] == [[proposals[1]], [proposals[0]]]


def test_a_join_is_named_at_both_bullets(entry):
    second = factories.entry("Second.", section=entry.section)
    join = factories.changing(entry, Operation.JOIN, body="Both.", tags=[], other=second.pk)
    edit = factories.proposal(second, "2.")
    assert (found(join), found(edit)) == ([edit], [join])


@pytest.mark.parametrize("status", [*CLOSED, "draft"])
def test_what_does_not_wait_is_not_named(entry, status):
    in_state(status, entry=entry)
    assert found(factories.proposal(entry)) == []


def test_the_page_of_a_proposal_names_the_others_with_what_they_change(client, entry):
    proposal, other = factories.proposal(entry), factories.retirement(entry)
    page = on_page(client, proposal)
    assert f"{OTHERS} {other.title} by {other.author.username}: Retire “One, two" in page
    assert other.get_absolute_url() in client.get(proposal.get_absolute_url()).text


def test_the_page_of_a_closed_one_names_none(client, entry):
    factories.proposal(entry)
    assert OTHERS not in on_page(client, in_state("declined", entry=entry))


def test_proposals_of_one_section_do_not_overlap_by_that(entry):
    other = factories.entry("Another.", section=entry.section)
    factories.addition(entry.section)
    factories.proposal(other, "Other.")
    assert found(factories.proposal(entry)) == []


def test_the_page_of_an_addition_shows_what_says_nearly_the_same(client):
    section = factories.section()
    factories.entry("Use roles and not keys at all.", section=section)
    factories.entry("Something else that is quite different.", section=section)
    other = factories.addition(section, "use roles, and not keys at all.")
    page = on_page(client, factories.addition(section, "Use roles and not keys, at all."))
    assert "Others say nearly the same" in page
    assert "The section has Use roles and not keys at all" in page
    assert f"by {other.author.username} adds it too: use roles, and not keys" in page
    assert "Something else" not in page


def test_the_same_words_elsewhere_are_no_twin(client, entry):
    page = on_page(client, factories.addition(factories.section(), entry.body))
    assert "nearly the same" not in page


@pytest.mark.parametrize("name", ["entry-edit", "entry-move", "entry-retire", "entry-split"])
def test_every_editor_of_an_entry_names_who_changes_it(member, entry, name):
    other = factories.proposal(entry)
    page = words(member.get(reverse(name, args=[entry.pk])))
    assert "Somebody is changing this entry already" in page
    assert other.author.username in page


def test_the_section_editor_names_who_changes_its_entries(member, entry):
    other = factories.proposal(entry)
    added = factories.addition(entry.section, "More.")
    factories.proposal()
    page = words(member.get(reverse("section-edit", args=[entry.section.slug])))
    assert "Other proposals change entries of this section" in page
    assert page.count("Say it better by") == 2
    assert other.author.username in page
    assert added.author.username in page


def test_so_does_the_page_of_a_service(client):
    new = {"name": "EBS", "provider": factories.provider().slug}
    factories.changing(Subject.SERVICE, Operation.ADD, **new)
    assert found(factories.changing(Subject.SERVICE, Operation.ADD, **new)) == []
