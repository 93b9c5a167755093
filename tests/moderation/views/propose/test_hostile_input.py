"""Whatever people type into any field, pages show it as text."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from moderation import actions
from moderation.models import Proposal
from tests import factories
from tests.moderation.helpers import assert_not_merged, fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]

ATTACKS = [
    """"><svg onload=alert(1)>'><script>alert(1)</script>""",
    "</textarea></title><img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)' onclick=alert(1)>x</a>",
    "[x](javascript:alert(1)) ![x](javascript:alert(1))",
    "<style>*{}</style><base href=//evil.example>",
    "{{ proposal.author.password }}{% debug %}",
]


_ALIVE = ("script", "img", "iframe", "svg", "style", "base")


class Page(HTMLParser):
    """Collects what of a page could do harm."""

    def __init__(self, response):
        super().__init__()
        self.harm = []
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        own_script = tag == "script" and (dict(attrs).get("src") or "").startswith("/static/")
        own_icon = tag == "svg" and "search__icon" in (dict(attrs).get("class") or "")
        if tag in _ALIVE and not (own_script or own_icon):
            self.harm.append(tag)
        for name, value in attrs:
            target = name in ("href", "src", "action", "formaction")
            scheme = (value or "").strip().lower().partition(":")[0]
            if name.startswith("on") or (target and scheme in ("javascript", "data")):
                self.harm.append(f"{name}={value}")

    handle_startendtag = handle_starttag


def check(response, attack):
    """The page is whole, and nothing in it comes alive."""
    page = response.content.decode()
    assert response.status_code in (200, 400, 409)
    assert page.rstrip().endswith("</html>")
    assert Page(response).harm == [], attack


@pytest.mark.parametrize("attack", ATTACKS)
def test_in_every_field_of_a_proposal(as_user, contributor, entry, attack):
    url = reverse("entry-edit", args=[entry.pk])
    client = as_user(contributor)
    typed = dict.fromkeys(["title", "why", "affiliation", "body"], attack)
    typed["sources"] = f"https://a.example/?q={attack.replace(' ', '%20')}"
    client.post(url, fields(client.get(url)) | typed)
    proposal = Proposal.objects.get()
    actions.send(proposal, by=contributor)
    amending = reverse("proposal-amend", args=[proposal.pk])
    for page in (proposal.get_absolute_url(), amending, "/proposals/", "/proposals/mine/"):
        check(client.get(page), attack)
    form = fields(client.get(amending))
    assert {name: form[name] for name in typed} == typed


@pytest.mark.parametrize("attack", ATTACKS)
def test_in_every_field_of_a_form_that_is_refused(as_user, contributor, entry, attack):
    url = reverse("entry-edit", args=[entry.pk])
    client = as_user(contributor)
    form = fields(client.get(url)) | {"title": "", "body": "New."}
    fixed = {"seen": attack, "form_key": attack}
    typed = dict.fromkeys(["why", "affiliation", "body", "sources", "tags"], attack)
    check(client.post(url, form | typed | fixed), attack)
    check(client.post(url, form | typed | {"title": attack} | fixed), attack)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("attack", ATTACKS)
def test_in_the_text_of_an_entry(as_user, contributor, attack):
    entry = factories.entry(attack)
    client = as_user(contributor)
    for page in ("entry-edit", "entry-retire"):
        check(client.get(reverse(page, args=[entry.pk])), attack)
    check(client.get(reverse("entry-add", args=[entry.section.slug])), attack)


@pytest.mark.parametrize("attack", ATTACKS)
def test_in_the_title_of_a_section(client, attack):
    entry = factories.entry(section=factories.section(attack, slug="attacked"))
    check(client.get(factories.proposal(entry).get_absolute_url()), attack)
    check(client.get("/proposals/"), attack)


@pytest.mark.parametrize("attack", ATTACKS)
def test_in_a_reason_to_retire(as_user, contributor, entry, attack):
    proposal = factories.retirement(entry, because=attack)
    edit = factories.proposal(entry, author=contributor)
    factories.retire(entry, attack)
    client = as_user(contributor)
    for made in (proposal, edit):
        check(client.get(made.get_absolute_url()), attack)
    check(client.get(reverse("entry-edit", args=[entry.pk])), attack)
    check(client.get(reverse("proposal-amend", args=[edit.pk])), attack)


@pytest.mark.parametrize("attack", ATTACKS)
def test_in_a_comment(as_user, contributor, attack):
    proposal = factories.proposal()
    actions.comment(proposal, by=contributor, body=attack)
    check(as_user(contributor).get(proposal.get_absolute_url()), attack)


@pytest.mark.parametrize("attack", ATTACKS)
def test_in_a_note(as_user, editor, attack):
    proposal = factories.proposal()
    client = as_user(editor)
    url = reverse("proposal-decide", args=[proposal.pk])
    check(client.post(url, {"version": 1, "note": attack}), attack)
    actions.request_changes(proposal, by=editor, version=1, note=attack)
    check(client.get(proposal.get_absolute_url()), attack)


@pytest.mark.parametrize("attack", ATTACKS)
def test_in_words_that_conflict(client, editor, entry, attack):
    proposal = factories.proposal(entry, f"One, two, three, {attack}")
    factories.edit(entry, f"One, two, three, {attack} vier.")
    assert_not_merged(actions.approve(proposal, by=editor, version=1))
    check(client.get(proposal.get_absolute_url()), attack)
    client.force_login(proposal.author)
    check(client.get(reverse("proposal-amend", args=[proposal.pk])), attack)


@pytest.mark.parametrize("attack", ATTACKS)
def test_in_every_field_of_a_filter(client, attack):
    factories.proposal()
    names = ["section", "service", "kind", "age", "status", "author", "page"]
    check(client.get("/proposals/", dict.fromkeys(names, attack)), attack)
    check(client.get("/proposals/", {"author": attack, "page": attack}), attack)


@pytest.mark.parametrize("attack", ATTACKS)
def test_in_a_legend_tag(as_user, contributor, entry, attack):
    factories.legend_tag(label=attack[:40], meaning=attack)
    proposal = factories.addition(entry.section, tags=["gotcha"], author=contributor)
    client = as_user(contributor)
    check(client.get(proposal.get_absolute_url()), attack)
    check(client.get(reverse("entry-edit", args=[entry.pk])), attack)
