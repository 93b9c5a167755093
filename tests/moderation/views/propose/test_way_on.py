"""A form always has a way on: sent again after its proposal was closed, it makes a new one."""

import re

import pytest

from entries.models import Section
from guide_site.core.access import Role
from moderation import actions
from moderation.models import Proposal
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import approve, fields, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]

# {form: (its address, what is typed first, what is typed then)}
FORMS = {
    "entry": ("/entries/{entry}/edit/", {"body": "One, two."}, {"body": "One, two, 3."}),
    "addition": ("/sections/tips/add/", {"body": "A point."}, {"body": "A new point."}),
    "section text": (
        "/sections/tips/edit/",
        {"text": "- First here.\n- Second there.\n"},
        {"text": "- First there.\n- Second here.\n"},
    ),
    "section": ("/sections/tips/change/", {"heading": "Hints"}, {"heading": "Advice"}),
    "move of a section": (
        "/sections/tips/move/",
        {"place": "under-{other}"},
        {"place": "after-{other}"},
    ),
    "move": ("/entries/{entry}/move/", {"place": "after-{second}"}, {"place": "under-{second}"}),
    "retirement": (
        "/entries/{entry}/retire/",
        {"retired_because": "Old."},
        {"retired_because": "Quite old."},
    ),
    "split": (
        "/entries/{entry}/split/",
        {"body": "- First.\n- Here."},
        {"body": "- First.\n- There."},
    ),
    "join": (
        "/entries/{entry}/join/",
        {"body": "First and second."},
        {"body": "First, then second."},
    ),
    "service": ("/services/s3/edit/", {"summary": "Objects."}, {"summary": "Keeps objects."}),
    "cell": ("/offerings/{cell}/edit/", {"note": "In preview."}, {"note": "In beta."}),
    "legend tag": ("/legend/tip/edit/", {"meaning": "Good."}, {"meaning": "Better."}),
    "move of a legend tag": ("/legend/tip/move/", {"place": "first"}, {"place": "{tag}"}),
}
# {form: what is said once its merge left nothing more to do}
GONE = {
    "retirement": "This entry was retired: Old.",
    "join": "No bullet follows this one: open the one before it.",
}


@pytest.fixture
def rows():
    """What the addresses name."""
    section = factories.section("Tips")
    first = factories.entry("First here.", section=section)
    second = factories.entry("Second here.", section=section)
    for slug, sign in (("gotcha", "❗"), ("tip", "🔹")):
        factories.legend_tag(slug, sign)
    return {
        "entry": first.pk,
        "second": second.pk,
        "other": factories.section("Gotchas").pk,
        "service": factories.service("S3", slug="s3").pk,
        "cell": factories.offering().pk,
        "tag": factories.legend_tag("cost", "💸").pk,
    }


def send(client, url, values, rows, page):
    """Fill the form of a page in, and send it; returns the response."""
    filled = {name: value.format(**rows) for name, value in values.items()}
    return client.post(url, fields(page) | {"title": "Say it"} | filled)


def close(proposal, end):
    if end == Status.MERGED:
        actions.send(proposal, by=proposal.author)
        assert approve(proposal).is_merged
    elif end == Status.DECLINED:
        actions.send(proposal, by=proposal.author)
        lead = factories.user(Role.LEAD)
        actions.decline(proposal, by=lead, version=proposal.version, note="No.")
    else:
        actions.withdraw(proposal, by=proposal.author)


@pytest.mark.parametrize("end", [Status.MERGED, Status.DECLINED, Status.WITHDRAWN])
@pytest.mark.parametrize("form", FORMS)
def test_the_next_try_is_a_new_proposal_with_the_text(as_user, contributor, rows, form, end):
    address, first, then = FORMS[form]
    url, client = address.format(**rows), as_user(contributor)
    page = client.get(url)
    assert send(client, url, first, rows, page).status_code == 302
    closed = Proposal.objects.get()
    close(closed, end)
    answer = send(client, url, then, rows, page)
    if end == Status.MERGED and form in GONE:
        assert GONE[form] in words(answer)
        return
    assert answer.status_code == 302, words(answer)
    again = Proposal.objects.latest("pk")
    assert (again != closed, again.status) == (True, Status.DRAFT)
    assert again.changes.exists()
    assert send(client, url, then, rows, page).url == again.get_absolute_url()
    assert Proposal.objects.count() == 2


def test_the_same_text_again_leads_to_the_closed_one(as_user, contributor, rows):
    url, client = f"/entries/{rows['entry']}/edit/", as_user(contributor)
    page = client.get(url)
    send(client, url, {"body": "One."}, rows, page)
    closed = Proposal.objects.get()
    close(closed, Status.DECLINED)
    assert send(client, url, {"body": "One."}, rows, page).url == closed.get_absolute_url()
    assert Proposal.objects.count() == 1


def test_a_proposal_to_put_it_into_that_closed_meanwhile_can_be_left(as_user, contributor, rows):
    url, client = f"/entries/{rows['entry']}/edit/", as_user(contributor)
    into = factories.proposal(author=contributor, status=Status.DRAFT)
    page = client.get(url)
    actions.withdraw(into, by=contributor)
    answer = send(client, url, {"body": "One.", "into": str(into.pk)}, rows, page)
    assert answer.status_code == 200
    assert send(client, url, {"body": "One.", "title": "Say one"}, rows, answer).status_code == 302
    assert Proposal.objects.latest("pk").title == "Say one"


def amend_too_late(client, contributor, rows, form, end):
    """Send an amendment after its proposal ended, and what that page offers; returns the answer."""
    address, first, then = FORMS[form]
    url = address.format(**rows)
    send(client, url, first, rows, client.get(url))
    closed = Proposal.objects.get()
    amend = f"{closed.get_absolute_url()}amend/"
    page = client.get(amend)
    close(closed, end)
    late = send(client, amend, then, rows, page)
    assert "What you typed is below: send it as a new proposal." in words(late)
    action = re.search(r'formaction="([^"]+)"', late.content.decode())[1]
    return client.post(action, fields(late))


@pytest.mark.parametrize("end", [Status.MERGED, Status.DECLINED, Status.WITHDRAWN])
@pytest.mark.parametrize("form", [form for form in FORMS if form != "section text"])
def test_an_amendment_that_comes_too_late_becomes_a_new_proposal(
    as_user, contributor, rows, form, end
):
    if end == Status.MERGED and form in GONE:
        return
    made = amend_too_late(as_user(contributor), contributor, rows, form, end)
    assert made.status_code == 302, words(made)
    closed, again = Proposal.objects.order_by("pk")
    assert made.url == again.get_absolute_url()
    was, now = closed.changes.get(), again.changes.get()
    assert now.proposed != was.proposed


@pytest.mark.parametrize("form", ["entry", "addition"])
def test_after_a_merge_it_goes_on_from_ones_own_words(as_user, contributor, rows, form):
    amend_too_late(as_user(contributor), contributor, rows, form, Status.MERGED)
    again = Proposal.objects.latest("pk")
    actions.send(again, by=contributor)
    assert approve(again).is_merged
    entry = again.changes.get().entry
    entry.refresh_from_db()
    assert entry.body == FORMS[form][2]["body"]


def test_a_reviewer_whose_edit_comes_too_late_proposes_it(as_user, contributor, lead, rows):
    closed = factories.proposal(author=contributor)
    change = closed.changes.get()
    client, url = as_user(lead), f"{closed.get_absolute_url()}changes/{change.pk}/edit/"
    page = client.get(url)
    close(closed, Status.WITHDRAWN)
    late = client.post(url, fields(page) | {"body": "Better words."})
    assert "What you typed is below: send it as a new proposal." in words(late)
    action = re.search(r'formaction="([^"]+)"', late.content.decode())[1]
    client.post(action, fields(late) | {"title": "Say it"})
    again = Proposal.objects.latest("pk")
    assert (again.author, again.changes.get().proposed["body"]) == (lead, "Better words.")


@pytest.mark.parametrize("who", ["contributor", "lead"])
def test_what_is_typed_into_a_change_that_is_removed_meanwhile_is_shown(
    request, as_user, contributor, who, rows
):
    made = factories.proposal(author=contributor)
    section = Section.objects.get(slug="tips")
    change = factories.also(made, section, title="Hints", kind=section.kind, tags=[])
    client = as_user(request.getfixturevalue(who))
    edit = "edit/" if who == "lead" else ""
    url = f"{made.get_absolute_url()}changes/{change.pk}/{edit}"
    page = client.get(url)
    actions.remove_change(change, by=contributor, version=made.version)
    answer = client.post(url, fields(page) | {"heading": "Better hints"})
    assert answer.status_code == 409
    assert "Better hints" in words(answer)


def test_another_class_that_comes_too_late_keeps_its_reason(as_user, lead):
    closed = factories.proposal()
    typed = {"version": closed.version, "review_class": "sensitive", "note": "It is a promise."}
    close(closed, Status.WITHDRAWN)
    answer = as_user(lead).post(f"{closed.get_absolute_url()}class/", typed)
    assert "Already withdrawn" in words(answer)
    assert "It is a promise." in words(answer)
