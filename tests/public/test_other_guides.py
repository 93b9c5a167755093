"""On a guide that is not about AWS nothing speaks of it: no page, file, email, feed or answer."""

import re
import zipfile
from collections import deque
from io import BytesIO, StringIO
from urllib.parse import urljoin, urlsplit

import pytest
from django.core import mail
from django.core.management import call_command

from entries.models import Entry
from guide_site.core.access import Role
from moderation import actions
from tests import factories
from tests.entries.guides import DATA
from tests.moderation.helpers import approve

pytestmark = pytest.mark.django_db
WORDS = re.compile(r"\baws\b|amazon|og-aws", re.I)
FILES = [
    *("/guide.md", "/guide.html", "/guide.epub", "/guide.css", "/llms.txt", "/robots.txt"),
    *("/sitemap.xml", "/opensearch.xml", "/feeds/guide/", "/matrix.csv", "/matrix.json"),
    *("/releases.csv", "/releases.json", "/api/openapi.json", "/api/entries/", "/api/sections/"),
    *("/api/tags/", "/api/services/", "/api/providers/", "/api/matrix/", "/api/releases/"),
    *("/api/revisions/", "/matrix/", "/releases/", "/completeness/", "/search/?q=object+storage"),
    *("/search/?q=s3", "/accounts/signup/", "/accounts/login/", "/no/such/page/"),
]
MOST = 300  # pages


@pytest.fixture
def guide(settings):
    settings.GUIDE_URL = "https://hosts.example.org"
    call_command("import_guide", str(DATA / "small-hosts.md"), stdout=StringIO(), stderr=StringIO())
    author = factories.user(username="author", email="author@example.org")
    entry = Entry.objects.live().filter(body__contains="bills by the hour").get()
    proposal = factories.proposal(entry, entry.body + " Sometimes.", author=author)
    actions.comment(proposal, by=factories.user(Role.LEAD), body="Hm.")
    approve(proposal)
    call_command("send_mail", stdout=StringIO())


def texts_of(answer):
    """The text of an answer; of an EPUB those of its files."""
    if answer["Content-Type"] != "application/epub+zip":
        return [answer.content.decode(errors="replace")]
    with zipfile.ZipFile(BytesIO(answer.content)) as book:
        return [book.read(name).decode(errors="replace") for name in book.namelist()]


def pages(client, *starts):
    """(address, text) of all pages of the site that are reached from some."""
    waiting, seen = deque(starts), {urlsplit(start).path for start in starts}
    while waiting and len(seen) < MOST:
        address = waiting.popleft()
        answer = client.get(address, follow=True)
        assert answer.status_code < 500, address
        for text in texts_of(answer):
            yield address, text
        if not answer["Content-Type"].startswith("text/html"):
            continue
        for target in re.findall(r'(?:href|src)="([^"#]+)', answer.text):
            found = urljoin(address, target.replace("&amp;", "&"))
            path = urlsplit(found).path
            is_ours = found.startswith("/") and not path.startswith(
                ("/static/", "/accounts/logout")
            )
            if is_ours and path not in {urlsplit(known).path for known in seen}:
                seen.add(found)
                waiting.append(found)


@pytest.mark.parametrize("role", [None, Role.LEAD])
def test_no_page_and_no_file_speaks_of_aws(client, guide, role):
    if role:
        client.force_login(factories.user(role))
    read = 0
    for address, text in pages(client, "/", *FILES):
        read += 1
        assert not WORDS.search(text), (address, WORDS.search(text))
    assert read > len(FILES) + 20


def test_no_email_speaks_of_aws(guide):
    assert mail.outbox
    for message in mail.outbox:
        said = [message.subject, message.body, message.from_email, *message.extra_headers.values()]
        said += [text for text, _ in message.alternatives]
        assert not WORDS.search(" ".join(map(str, said)))
        assert "The Small Hosts Guide" in message.subject
