"""Fifty people at the same moment, through the server: one revision each, and nothing lost."""

import re
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Barrier
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test import Client
from reversion.models import Revision

from entries.models import Entry
from guide_site.core.access import Role
from moderation.models import Notification, Proposal
from moderation.states import Status
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_is_enough")]
MANY = 50
ThreadedWSGIServer.request_queue_size = 2 * MANY  # Django's test server refuses the eleventh


class Browser:
    """One member's browser, with a page opened before the clock starts."""

    def __init__(self, server, user):
        self.host = urlsplit(server.url).netloc
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.cookies = f"{settings.SESSION_COOKIE_NAME}={session}"

    def open(self, address):
        """The text of a page; its token is kept for the form."""
        status, headers, text = self._ask("GET", address)
        assert status == 200, (address, status)
        token = re.search(r"csrftoken=\w+", headers.get("Set-Cookie", ""))
        self.cookies += f"; {token[0]}" if token else ""
        self.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[1]
        return text

    def send(self, address, **fields):
        """(status, text) of a form that is sent."""
        fields["csrfmiddlewaretoken"] = self.token
        status, _, text = self._ask("POST", address, urlencode(fields))
        return status, text

    def _ask(self, method, address, body=None):
        connection = HTTPConnection(self.host, timeout=120)
        headers = {"Cookie": self.cookies, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, address, body, headers)
            response = connection.getresponse()
            return response.status, response.headers, response.read().decode()
        finally:
            connection.close()


def all_at_once(steps):
    """Run the steps together, each in a thread of its own; their results in order."""
    start = Barrier(len(steps), timeout=60)

    def run(step):
        start.wait()
        return step()

    with ThreadPoolExecutor(len(steps)) as pool:
        results = list(pool.map(run, steps))
    connections.close_all()
    return results


def approvals(server, proposals):
    """A step for each proposal: an editor of its own approves it."""
    steps = []
    for proposal in proposals:
        browser, address = (
            Browser(server, factories.user(Role.EDITOR)),
            f"/proposals/{proposal.pk}/",
        )
        browser.open(address)
        steps.append(
            lambda browser=browser, address=address: browser.send(
                f"{address}decide/", decision="approve", version=1, note=""
            )
        )
    return steps


def test_fifty_approvals_of_one_proposal_give_one_revision(live_server):
    entry = factories.entry("One, two, three, four.")
    proposal = factories.proposal(entry, "One, two, three, 4.")
    before = Revision.objects.count()
    results = all_at_once(approvals(live_server, [proposal] * MANY))
    assert sorted(status for status, _ in results) == [302] + [409] * (MANY - 1)
    refused = [text for status, text in results if status == 409]
    assert all(re.search(r"Already merged by user\d+, just now\.", text) for text in refused)
    assert Revision.objects.count() == before + 1
    assert proposal.events.filter(what="merged").count() == 1
    told = Notification.objects.filter(recipient=proposal.author, event__what="merged")
    assert told.count() == 1


def test_fifty_proposals_for_one_section_are_all_merged_or_say_why_not(live_server):
    section = factories.section()
    words = [f"w{number}" for number in range(MANY)]
    shared = factories.entry(" ".join(words), section=section)
    proposals = []
    for number in range(MANY):
        if number % 2:
            proposals.append(factories.addition(section, f"New {number}."))
        else:  # every fourth word is wanted by two
            wanted = f"w{number - number % 4}"
            body = " ".join(f"{w}x{number}" if w == wanted else w for w in words)
            proposals.append(factories.proposal(shared, body))
    results = all_at_once(approvals(live_server, proposals))
    assert {status for status, _ in results} == {302}
    shared.refresh_from_db()
    added = set(Entry.objects.filter(section=section).values_list("body", flat=True))
    for number, proposal in enumerate(Proposal.objects.order_by("pk")):
        if number % 2:
            assert (proposal.status, f"New {number}." in added) == (Status.MERGED, True)
        else:
            in_text = f"x{number} " in f"{shared.body} "
            assert (proposal.status == Status.MERGED) == in_text
            if not in_text:
                assert "Somebody made" in proposal.events.filter(what="conflict").last().note
                assert f"x{number}" in proposal.changes.get().proposed["body"]
    assert len({entry.position for entry in Entry.objects.filter(section=section)}) == MANY // 2 + 1
