"""Everything that somebody has open is declined as spam at once, and kept for the record."""

import pytest

from guide_site.core.access import Role
from moderation import actions
from moderation.models import Event, Proposal, Report
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import fields, in_state, words

pytestmark = pytest.mark.django_db
PAGE = "/review/spam/spammer/"


@pytest.fixture
def spammer():
    return factories.user(username="spammer")


@pytest.fixture
def spam(spammer):
    """Two proposals of theirs that wait for somebody."""
    return [in_state(status, author=spammer) for status in (Status.OPEN, "changes")]


def decline(author, by, note="Links to a shop."):
    proposals, reports = actions.open_work(author)
    keys = {"proposals": [p.pk for p in proposals], "reports": [r.pk for r in reports]}
    return actions.decline_as_spam(author, by=by, note=note, **keys)


def statuses(author):
    return sorted(Proposal.objects.filter(author=author).values_list("status", flat=True))


def test_all_that_waits_is_declined_with_the_reason(spam, spammer, editor):
    assert decline(spammer, editor) == 2
    assert statuses(spammer) == ["declined", "declined"]
    for event in Event.objects.all():
        assert (event.what, event.by, event.note) == ("spam", editor, "Links to a shop.")


def test_open_reports_of_theirs_are_dismissed(spammer, editor):
    report = factories.report(author=spammer)
    assert decline(spammer, editor) == 1
    report.refresh_from_db()
    assert (report.status, report.closed_by) == ("dismissed", editor)


def test_what_is_done_and_drafts_stay_as_they_are(spammer, editor):
    for status in (Status.MERGED, Status.WITHDRAWN, Status.DRAFT, Status.OPEN):
        in_state(status, author=spammer)
    decline(spammer, editor)
    assert statuses(spammer) == ["declined", "draft", "merged", "withdrawn"]


def test_others_work_is_left_alone(spam, spammer, editor):
    other, report = factories.proposal(), factories.report()
    keys = [other.pk, *(made.pk for made in spam)]
    reports = {"reports": [report.pk]}
    assert actions.decline_as_spam(spammer, by=editor, note="Spam.", proposals=keys, **reports) == 2
    other.refresh_from_db()
    assert other.is_open
    assert Report.objects.open().exists()


def test_what_came_after_the_look_stays_open(spam, spammer, editor):
    seen = [made.pk for made in spam]
    later = factories.proposal(author=spammer)
    actions.decline_as_spam(spammer, by=editor, note="Spam.", proposals=seen, reports=[])
    later.refresh_from_db()
    assert later.is_open


@pytest.mark.parametrize("note", ["", "  "])
def test_it_needs_a_reason(spam, spammer, editor, note):
    with pytest.raises(actions.Refused, match="Say why"):
        decline(spammer, editor, note)
    assert "declined" not in statuses(spammer)


@pytest.mark.parametrize("who", ["contributor", "expert"])
def test_only_editors_and_leads_do_it(spam, spammer, request, who):
    with pytest.raises(actions.Refused, match="Only editors and leads"):
        decline(spammer, request.getfixturevalue(who))
    assert "declined" not in statuses(spammer)


def test_nobody_declines_a_moderators_work_so(editor):
    other = factories.user(Role.EDITOR, username="other")
    factories.proposal(author=other)
    with pytest.raises(actions.Refused, match="other moderates this guide"):
        decline(other, editor)


def test_nobody_declines_their_own(lead):
    factories.proposal(author=lead)
    with pytest.raises(actions.Refused, match="your own work"):
        decline(lead, lead)


def test_twice_is_refused(spam, spammer, editor, lead):
    keys = [made.pk for made in spam]
    decline(spammer, editor)
    with pytest.raises(actions.Refused, match="Nothing of this is open any more"):
        actions.decline_as_spam(spammer, by=lead, note="Spam.", proposals=keys, reports=[])


def test_the_page_shows_what_it_closes_before_it_does(as_user, spam, spammer, editor):
    factories.report(author=spammer, text="Buy here.")
    page = words(as_user(editor).get(PAGE))
    assert "2 proposals" in page
    assert "Buy here." in page
    assert "declined" not in statuses(spammer)


def test_the_page_does_it(as_user, spam, spammer, editor):
    factories.report(author=spammer)
    client = as_user(editor)
    form = fields(client.get(PAGE), "spam-form")
    typed = {"proposals": [made.pk for made in spam], "reports": form["reports"]}
    answer = client.post(PAGE, typed | {"note": "Links to a shop."}, follow=True)
    assert "3 closed as spam. They stay readable." in words(answer)
    assert not Report.objects.open().exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"note": ""}, "Say why"),
        ({"note": "x" * 301}, "at most 300 characters"),
        ({"note": "Spam.", "proposals": ["x", "-1", "9" * 30]}, "Nothing of this is open any more"),
    ],
)
def test_the_page_refuses_with_a_sentence(as_user, spam, spammer, editor, typed, sentence):
    assert sentence in words(as_user(editor).post(PAGE, typed))
    assert "declined" not in statuses(spammer)


def test_a_moderators_page_has_no_button(as_user, editor):
    other = factories.user(Role.LEAD, username="boss")
    factories.proposal(author=other)
    page = as_user(editor).get("/review/spam/boss/")
    assert "boss moderates this guide" in words(page)
    assert 'name="note"' not in page.content.decode()


def test_somebody_without_open_work_is_told_so(as_user, spammer, editor):
    assert "spammer has nothing open" in words(as_user(editor).get(PAGE))


def test_nobody_is_not_found(as_user, editor):
    assert as_user(editor).get("/review/spam/nobody/").status_code == 404


def test_the_queue_of_one_author_leads_there(as_user, spam, editor, expert):
    address = f'href="{PAGE}"'
    assert address in as_user(editor).get("/review/?author=spammer").content.decode()
    assert address not in as_user(editor).get("/review/").content.decode()
    assert address not in as_user(expert).get("/review/?author=spammer").content.decode()


def test_the_page_of_a_member_leads_there(as_user, client, spam, editor):
    assert PAGE not in client.get("/people/spammer/").content.decode()
    assert PAGE in as_user(editor).get("/people/spammer/").content.decode()


def test_the_proposal_tells_it(client, spam, spammer, editor):
    decline(spammer, editor)
    page = words(client.get(spam[0].get_absolute_url()))
    assert "editor declined it as spam" in page
    assert "Links to a shop." in page
