"""The house style on the page of a proposal, and the click that mends a text."""

import pytest
from django.urls import reverse

from guide_site.core.access import Role
from moderation.house_style import remarks
from moderation.models import Operation
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import in_state, words

pytestmark = pytest.mark.django_db
REMARK = "Straight quotes: the guide writes “these” and ’."


@pytest.fixture
def proposal(entry, contributor):
    return factories.proposal(entry, 'One, two, three, "five".', author=contributor)


@pytest.fixture
def url(proposal):
    return reverse("change-fix", args=[proposal.pk, proposal.changes.get().pk])


def advice_on(proposal):
    """What the house style says of the one change of a proposal."""
    change = proposal.changes.get()
    return remarks.advice_by_change([change])[change.pk]


def form(**fields):
    return {"rule": "straight-quotes", "version": 1} | fields


@pytest.mark.parametrize("who", ["contributor", "editor", "lead"])
def test_author_and_reviewers_see_it(as_user, request, proposal, who):
    page = words(as_user(request.getfixturevalue(who)).get(proposal.get_absolute_url()))
    assert REMARK in page
    assert "Fix it" in page


def test_the_author_sees_it_before_sending(as_user, contributor, entry):
    draft = factories.proposal(entry, 'A "b".', author=contributor, status=Status.DRAFT)
    assert REMARK in words(as_user(contributor).get(draft.get_absolute_url()))


def test_readers_do_not(client, proposal):
    assert REMARK not in words(client.get(proposal.get_absolute_url()))


def test_what_is_closed_is_left_in_peace(as_user, editor, entry):
    made = in_state(Status.DECLINED, entry=entry, body='A "b".')
    assert REMARK not in words(as_user(editor).get(made.get_absolute_url()))


def test_the_authors_click_mends_the_text(as_user, contributor, proposal, url):
    page = words(as_user(contributor).post(url, form(), follow=True))
    proposal.refresh_from_db()
    assert proposal.changes.get().proposed["body"] == "One, two, three, “five”."
    assert proposal.version == 2
    assert "Mended" in page
    assert REMARK not in page


def test_a_reviewers_click_is_an_edit_of_the_reviewer(as_user, editor, proposal, url):
    as_user(editor).post(url, form())
    assert proposal.changes.get().proposed["body"] == "One, two, three, “five”."
    assert proposal.events.get().what == "edited"


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.EXPERT])
def test_nobody_else_mends(as_user, proposal, url, role):
    page = words(as_user(factories.user(role)).post(url, form(), follow=True))
    assert "Only editors and leads" in page
    assert '"five"' in proposal.changes.get().proposed["body"]


def test_a_stale_page_mends_nothing(as_user, contributor, proposal, url):
    as_user(contributor).post(url, form(version=7))
    assert '"five"' in proposal.changes.get().proposed["body"]


@pytest.mark.parametrize("rule", ["", "grown-long", "double-hyphens", "nonsense", None])
def test_a_rule_that_has_nothing_to_mend(as_user, contributor, proposal, url, rule):
    fields = {name: value for name, value in form(rule=rule).items() if value is not None}
    page = words(as_user(contributor).post(url, fields, follow=True))
    assert "nothing to mend" in page


def test_it_knows_the_catalogue_and_the_sections_of_the_guide(entry):
    factories.service("S3")
    factories.service("Amazon Q")
    factories.facts(vendor_words="Amazon")
    factories.section("Tips")
    made = factories.proposal(entry, "Amazon S3 has [tips](#tips) and [more](#tipps).")
    found = {advice.rule: advice.fix for advice in advice_on(made)}
    assert found["long-name"] == "S3 has [tips](#tips) and [more](#tipps)."
    assert found["unknown-link"] == "Amazon S3 has [tips](#tips) and [more](#tips)."


def test_without_vendor_words_no_name_is_too_long(entry):
    factories.service("S3")
    made = factories.proposal(entry, "Amazon S3 and AWS S3 keep what is put there.")
    assert "long-name" not in {advice.rule for advice in advice_on(made)}


def test_it_knows_what_the_guide_says_already(entry):
    other = factories.entry("Use instance roles, not long-lived keys.")
    made = factories.proposal(entry, "Use **instance** roles, not long-lived keys!")
    assert [advice.entry for advice in advice_on(made)] == [other.pk]


def test_only_new_texts_are_looked_at(entry):
    made = factories.retirement(entry)
    assert remarks.advice_by_change(made.changes.all()) == {}


def test_many_changes_cost_one_question_each(entry, django_assert_max_num_queries):
    made = factories.proposal(entry, "Uno dos.")
    for number in range(5):
        factories.proposal(factories.entry(f"A {number}."), "B c d.").changes.update(proposal=made)
    changes = list(made.changes.select_related("entry"))
    with django_assert_max_num_queries(4 + len(changes)):
        remarks.advice_by_change(changes)


def test_each_new_bullet_of_a_split_gets_advice_which_no_click_follows(entry):
    rest = [{"body": "It's fine.", "tags": []}, {"body": "It’s fine.", "tags": []}]
    proposal = factories.changing(entry, Operation.SPLIT, body="One.", tags=[], rest=rest)
    (advice,) = advice_on(proposal)
    assert (advice.sentence, advice.fix) == (f"New bullet 1: {REMARK}", None)
    assert remarks.fixed(proposal.changes.get(), "straight-quotes") is None


def test_a_link_definition_gets_no_advice_that_would_end_it():
    definition = factories.entry('[d]: https://a.example "T"', kind="definition")
    made = factories.proposal(definition, '[d]: https://b.example "T"')
    assert advice_on(made) == []


def test_a_name_that_texts_use_is_not_taken_away_silently():
    note = factories.entry("[^Why]: Because.", kind="footnote")
    factories.entry("One.[^Why]")
    factories.entry("Three.[^other]")
    retired = factories.entry("Two.[^Why]")
    factories.retire(retired)
    said = "1 entry uses [^why], and would show that as plain text: change them as well."
    renamed = factories.proposal(note, "[^because]: Because.")
    assert [each.sentence for each in advice_on(renamed)] == [said]
    assert [each.sentence for each in advice_on(factories.retirement(note))] == [said]
    assert advice_on(factories.proposal(note, "[^Why]: For this reason.")) == []
