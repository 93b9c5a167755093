"""Whose approvals a proposal needs: the table, and the sentence on its page."""

import pytest
from django.conf import settings as site

from guide_site.core.access import Role
from moderation import policies
from moderation.models import ReviewClass
from tests import factories

pytestmark = pytest.mark.django_db
TRIVIAL, NORMAL, SENSITIVE = ReviewClass

MODERATOR = "an editor or a lead"
OWNER = "a lead or an editor of this section"


@pytest.fixture
def people(editor, lead, expert):
    """Who may approve, by name; `owner` is the editor of the section."""
    second, owner = factories.user(Role.LEAD, username="second"), factories.user(Role.EDITOR)
    return {"editor": editor, "lead": lead, "expert": expert, "second": second, "owner": owner}


def proposed(people, review_class, approvers="", **fields):
    """A proposal of a class, with the approvals of people by name."""
    made = factories.proposal(review_class=review_class, **fields)
    made.changes.get().section.editors.add(people["owner"])
    for name in approvers.split():
        reviewer = made.author if name == "author" else people[name]
        made.reviews.create(reviewer=reviewer, verdict="approve", version=1)
    return made


CASES = [
    (TRIVIAL, "", f"Needs 1 approval: {MODERATOR}."),
    (TRIVIAL, "editor", None),
    (TRIVIAL, "lead", None),
    (TRIVIAL, "expert", f"Needs 1 approval: {MODERATOR}."),
    (NORMAL, "", "Needs 2 approvals: an editor and a lead."),
    (NORMAL, "editor", "Needs 1 more approval: a lead."),
    (NORMAL, "lead", f"Needs 1 more approval: {MODERATOR}."),
    (NORMAL, "editor owner", "Needs 1 more approval: a lead."),
    (NORMAL, "editor lead", None),
    (NORMAL, "lead second", None),
    (NORMAL, "expert lead", f"Needs 1 more approval: {MODERATOR}."),
    (SENSITIVE, "", "Needs 2 approvals: two leads, or a lead and an editor of this section."),
    (SENSITIVE, "editor", "Needs 2 approvals: two leads, or a lead and an editor of this section."),
    (SENSITIVE, "owner", "Needs 1 more approval: a lead."),
    (SENSITIVE, "lead", f"Needs 1 more approval: {OWNER}."),
    (SENSITIVE, "lead editor", f"Needs 1 more approval: {OWNER}."),
    (SENSITIVE, "lead owner", None),
    (SENSITIVE, "owner lead", None),
    (SENSITIVE, "lead second", None),
]


@pytest.mark.parametrize(("review_class", "approvers", "missing"), CASES)
def test_what_is_missing(people, review_class, approvers, missing):
    assert policies.standing(proposed(people, review_class, approvers)).missing == missing


AFFILIATED = [
    (TRIVIAL, "editor", f"Needs 1 more approval: {MODERATOR}."),
    (TRIVIAL, "editor lead", None),
    (NORMAL, "editor lead", f"Needs 1 more approval: {MODERATOR}."),
    (NORMAL, "", f"Needs 3 approvals: an editor and a lead, and {MODERATOR}."),
    (NORMAL, "editor lead owner", None),
    (SENSITIVE, "lead second editor", None),
]


@pytest.mark.parametrize(("review_class", "approvers", "missing"), AFFILIATED)
def test_an_affiliation_needs_one_more(people, review_class, approvers, missing):
    made = proposed(people, review_class, approvers, affiliation="I sell it")
    assert policies.standing(made).missing == missing


AUTHORS = [
    (TRIVIAL, "", True),
    (TRIVIAL, "Vendor Ltd", False),
    (NORMAL, "", False),
    (SENSITIVE, "", False),
]


@pytest.mark.parametrize(("review_class", "affiliation", "counts"), AUTHORS)
def test_the_authors_own_approval_counts_for_trivial_edits_only(
    people, review_class, affiliation, counts
):
    author = factories.user(Role.LEAD)
    made = proposed(people, review_class, author=author, affiliation=affiliation)
    before = policies.standing(made).free
    made.reviews.create(reviewer=author, verdict="approve", version=1)
    assert (policies.standing(made).free != before) is counts


@pytest.mark.parametrize("review_class", ReviewClass)
def test_a_single_moderator_is_enough_for_everything_if_the_guide_says_so(
    people, settings, review_class
):
    settings.REVIEW = "single"
    made = proposed(people, review_class, author=people["editor"], affiliation="I sell it")
    assert policies.standing(made).missing == f"Needs 1 approval: {MODERATOR}."
    made.reviews.create(reviewer=made.author, verdict="approve", version=1)
    assert policies.standing(made).missing is None


def test_a_new_guide_asks_for_two():
    assert site.REVIEW == "two"


def test_the_editor_of_a_section_above_owns_those_below(people):
    made = proposed(people, SENSITIVE, "lead editor")
    section = made.changes.get().section
    section.editors.clear()
    above = factories.section()
    above.editors.add(people["editor"])
    with factories.history.revision(by=None, comment="below"):
        section.parent = above
        section.save()
    assert policies.standing(made).missing is None


def test_an_editor_of_one_of_two_sections_owns_neither_for_this(people):
    made = proposed(people, SENSITIVE, "lead owner")
    other = factories.proposal(factories.entry("Elsewhere."))
    other.changes.update(proposal=made)
    assert policies.standing(made).missing == "Needs 1 more approval: a lead."


def test_only_leads_are_named_where_nobody_looks_after_what_it_touches(people):
    made = proposed(people, SENSITIVE)
    made.changes.get().section.editors.clear()
    assert policies.standing(made).missing == "Needs 2 approvals: two leads."


def test_an_approval_of_a_member_who_lost_their_role_no_longer_counts(people):
    made = proposed(people, NORMAL, "editor lead")
    people["editor"].groups.clear()
    assert policies.standing(made).missing == f"Needs 1 more approval: {MODERATOR}."


def test_a_suspended_approver_no_longer_counts(people):
    made = proposed(people, NORMAL, "editor lead")
    people["lead"].is_active = False
    people["lead"].save()
    assert policies.standing(made).missing == "Needs 1 more approval: a lead."


HELP = [
    (NORMAL, "", "editor", True, False),
    (NORMAL, "", "expert", False, False),
    (NORMAL, "editor", "owner", False, False),
    (NORMAL, "editor", "lead", True, True),
    (NORMAL, "lead", "editor", True, True),
    (SENSITIVE, "lead", "editor", False, False),
    (SENSITIVE, "lead", "owner", True, True),
    (SENSITIVE, "owner", "lead", True, True),
]


@pytest.mark.parametrize(("review_class", "approvers", "who", "helps", "merges"), HELP)
def test_whose_approval_would_help(people, review_class, approvers, who, helps, merges):
    now = policies.standing(proposed(people, review_class, approvers))
    assert (now.would_help(people[who]), now.would_merge(people[who])) == (helps, merges)


def test_many_are_looked_at_in_a_fixed_number_of_queries(people, django_assert_max_num_queries):
    made = [proposed(people, SENSITIVE, "lead editor") for _ in range(9)]
    with django_assert_max_num_queries(6):
        missing = {now.missing for now in policies.standings(made).values()}
    assert missing == {f"Needs 1 more approval: {OWNER}."}
