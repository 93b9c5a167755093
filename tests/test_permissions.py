"""Every address of the site, with who may use it. A new address without an entry here fails."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from guide_site.core import history
from guide_site.core.access import REFUSALS, Permission, Role
from moderation.models import Event, PendingPicture
from moderation.notifications.mail import unsubscribing
from moderation.states import Status
from tests import factories
from tests.addresses_of_accounts import OF_ALLAUTH
from tests.picture_files import raster
from tests.proposing_pages import PROPOSING

pytestmark = pytest.mark.django_db

PUBLIC = {
    "home": "/",
    "search": "/search/?q=roles",
    "search-suggest": "/search/suggest/?q=ro",
    "guide": "/guide/",
    "section": "/sections/basics/",
    "services": "/services/",
    "service": "/services/s3/",
    "matrix": "/matrix/",
    "releases": "/releases/",
    "completeness": "/completeness/",
    "entry": "/entries/{entry}/",
    "picture": "/pictures/{picture}",
    "legend": "/legend/",
    "legend-tag": "/legend/gotcha/",
    "tagged": "/tagged/?tag=gotcha",
    "guide-markdown": "/guide.md",
    "guide-epub": "/guide.epub",
    "guide-html": "/guide.html",
    "section-markdown": "/sections/basics.md",
    "service-markdown": "/services/s3.md",
    "entry-markdown": "/entries/{entry}.md",
    "guide-feed": "/feeds/guide/",
    "section-feed": "/feeds/sections/basics/",
    "service-feed": "/feeds/services/s3/",
    "legend-tag-feed": "/feeds/legend/gotcha/",
    "sitemap": "/sitemap.xml",
    "robots": "/robots.txt",
    "opensearch": "/opensearch.xml",
    "llms": "/llms.txt",
    "guide-colours": "/guide.css",
    "matrix-csv": "/matrix.csv",
    "matrix-json": "/matrix.json",
    "releases-csv": "/releases.csv",
    "releases-json": "/releases.json",
    "changes": "/changes/",
    "revision": "/changes/{revision}/",
    "entry-history": "/entries/{entry}/history/",
    "entry-compare": "/entries/{entry}/compare/?b={revision}",
    "section-history": "/sections/basics/history/",
    "section-compare": "/sections/basics/compare/?b={revision}",
    "person": "/people/author/",
    "section-people": "/sections/basics/people/",
    "mail-off": "/mail/off/{token}/",
    "proposals": "/proposals/",
    "proposal": "/proposals/{proposal}/",
    "moderation-health": "/proposals/health/",
    "reports": "/reports/",
    "report": "/reports/{report}/",
    "entry-reports": "/entries/{entry}/reports/",
    "health": "/health/",
}
PROTECTED = {
    "entry-edit": ("/entries/{entry}/edit/", Permission.PROPOSE),
    "entry-retire": ("/entries/{entry}/retire/", Permission.PROPOSE),
    "entry-split": ("/entries/{entry}/split/", Permission.PROPOSE),
    "entry-join": ("/entries/{entry}/join/", Permission.PROPOSE),
    "entry-add": ("/sections/basics/add/", Permission.PROPOSE),
    "autosave": ("/autosave/", Permission.PROPOSE),
    "section-edit": ("/sections/basics/edit/", Permission.PROPOSE),
    "my-proposals": ("/proposals/mine/", Permission.PROPOSE),
    "proposal-amend": ("/proposals/{proposal}/amend/", Permission.PROPOSE),
    "proposal-send": ("/proposals/{proposal}/send/", Permission.PROPOSE),
    "proposal-change": ("/proposals/{proposal}/changes/{change}/", Permission.PROPOSE),
    "proposal-change-remove": (
        "/proposals/{proposal}/changes/{change}/remove/",
        Permission.PROPOSE,
    ),
    "proposal-reopen": ("/proposals/{proposal}/reopen/", Permission.PROPOSE),
    "proposal-comment": ("/proposals/{proposal}/comment/", Permission.COMMENT),
    "entry-report": ("/entries/{entry}/report/", Permission.COMMENT),
    "report-comment": ("/reports/{report}/comment/", Permission.COMMENT),
    "report-settle": ("/reports/{report}/settle/", Permission.COMMENT),
    "proposal-ask": ("/proposals/{proposal}/ask/", Permission.PROPOSE),
    "guide-edit": ("/guide/settings/", Permission.EDIT_FACTS),
    "section-appoint": ("/sections/basics/people/appoint/", Permission.APPOINT),
    "review": ("/review/", Permission.REVIEW),
    "review-spam": ("/review/spam/author/", Permission.DECIDE),
    "proposal-decide": ("/proposals/{proposal}/decide/", Permission.REVIEW),
    "proposal-class": ("/proposals/{proposal}/class/", Permission.DECIDE),
    "change-resolve": ("/proposals/{proposal}/changes/{change}/resolve/", Permission.PROPOSE),
    "change-fix": ("/proposals/{proposal}/changes/{change}/fix/", Permission.PROPOSE),
    "change-edit": ("/proposals/{proposal}/changes/{change}/edit/", Permission.DECIDE),
}
PROTECTED["pending-picture"] = ("/uploads/{pending}", Permission.PROPOSE)
MEMBERS = {  # whoever is logged in, whatever their role: policies say whose it is
    "proposal-withdraw": "/proposals/{proposal}/withdraw/",
    "inbox": "/inbox/",
    "watching": "/watching/",
    "mail": "/mail/",
}
PROTECTED |= {name: (address, Permission.PROPOSE) for name, address in PROPOSING.items()}
LISTS = ["my-proposals", "review"]
LEAST = {  # the least role that grants each permission, and the greatest that does not
    Permission.COMMENT: (Role.CONTRIBUTOR, None),
    Permission.PROPOSE: (Role.CONTRIBUTOR, None),
    Permission.REVIEW: (Role.EXPERT, Role.CONTRIBUTOR),
    Permission.DECIDE: (Role.EDITOR, Role.EXPERT),
    Permission.APPOINT: (Role.LEAD, Role.EDITOR),
    Permission.EDIT_FACTS: (Role.LEAD, Role.EDITOR),
}


def patterns(of):
    """{name: pattern} of the addresses right below a resolver."""
    return {found.name: found for found in of.url_patterns if isinstance(found, URLPattern)}


OWN = patterns(get_resolver())
INCLUDED = {
    str(part.pattern): part for part in get_resolver().url_patterns if isinstance(part, URLResolver)
}


@pytest.fixture(scope="module")
def place(module_db):
    """Fills an address with a section, a service, an entry and a proposal that exist."""
    section = factories.section("Basics")
    factories.service("S3", slug="s3", section=factories.section("S3 notes"))
    factories.legend_tag()
    entry = factories.entry(section=section)
    proposal = factories.proposal(entry, author=factories.user(username="author"))
    report = factories.report(entry)
    names = {"entry": entry.pk, "proposal": proposal.pk, "change": proposal.changes.get().pk}
    names["report"] = report.pk
    pending = PendingPicture.from_file(raster(), author_id=proposal.author_id, name="a.png")
    pending.save()
    names["pending"] = pending.get_absolute_url().rpartition("/")[2]
    names["picture"] = factories.figure().picture.get_absolute_url().rpartition("/")[2]
    names["token"] = unsubscribing.address(proposal.author).split("/")[-2]
    return lambda address: address.format(revision=history.generation(), **names)


def test_every_address_is_listed():
    assert set(OWN) == {*PUBLIC, *PROTECTED, *MEMBERS, "preview"}
    assert set(INCLUDED) == {"accounts/", "admin/", "api/"}
    assert set(patterns(INCLUDED["accounts/"])) == set(OF_ALLAUTH)


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_answers_a_visitor(client, place, name):
    assert OWN[name].callback.login_required is False
    assert client.get(place(PUBLIC[name])).status_code == 200


@pytest.mark.parametrize("name", PUBLIC)
def test_the_list_has_the_address_of_every_public_page(place, name):
    path = place(PUBLIC[name]).partition("?")[0]
    assert get_resolver().resolve(path).url_name == name


@pytest.mark.parametrize("name", patterns(INCLUDED["api/"]))
def test_the_api_is_open_to_everyone_and_only_reads(client, name):
    callback = patterns(INCLUDED["api/"])[name].callback
    assert callback.login_required is False
    key = {"one": ["1"], "missing": ["x"]}.get(name.rpartition("-")[2], [])
    assert client.post(reverse(name, args=key)).status_code == 405


@pytest.mark.parametrize("name", PROTECTED)
def test_a_protected_page_has_the_permission_of_the_list(place, name):
    address, permission = PROTECTED[name]
    assert get_resolver().resolve(place(address)).url_name == name
    assert OWN[name].callback.permission == permission


@pytest.mark.parametrize("name", MEMBERS)
def test_a_members_page_asks_for_a_log_in_and_for_no_role(client, reader, place, name):
    address = place(MEMBERS[name])
    assert client.post(address)["Location"] == f"/accounts/login/?next={address}"
    client.force_login(reader)
    assert client.post(address).status_code != 403


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", PROTECTED)
def test_a_protected_page_sends_a_visitor_to_the_log_in(client, place, name, method):
    address = place(PROTECTED[name][0])
    answer = getattr(client, method)(address)
    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize("name", PROTECTED)
def test_a_protected_page_refuses_a_reader_with_its_sentence(as_user, reader, place, name):
    address, permission = PROTECTED[name]
    answer = as_user(reader).get(place(address))
    assert answer.status_code == 403
    assert REFUSALS[permission] in answer.text


@pytest.mark.parametrize("name", [name for name in PROTECTED if name not in LISTS])
def test_what_a_reader_posts_is_refused_and_changes_nothing(as_user, reader, place, name):
    address, permission = PROTECTED[name]
    path = place(address)
    before = Event.objects.count(), history.generation()
    answer = as_user(reader).post(path, {"decision": "approve", "version": 1, "body": "Hi."})
    assert (answer.status_code, REFUSALS[permission] in answer.text) == (403, True)
    assert (Event.objects.count(), history.generation()) == before


@pytest.mark.parametrize("name", LISTS)
def test_lists_take_no_posts(as_user, lead, name):
    assert as_user(lead).post(PROTECTED[name][0]).status_code == 405


@pytest.mark.parametrize("name", [n for n, (_, p) in PROTECTED.items() if LEAST[p][1]])
def test_a_protected_page_refuses_the_role_below(as_user, place, name):
    address, permission = PROTECTED[name]
    answer = as_user(factories.user(LEAST[permission][1])).get(place(address))
    assert answer.status_code == 403
    assert REFUSALS[permission] in answer.text


@pytest.mark.parametrize("name", PROTECTED)
def test_a_protected_page_opens_to_the_least_role_that_may(as_user, place, name):
    address, permission = PROTECTED[name]
    answer = as_user(factories.user(LEAST[permission][0])).get(place(address))
    assert answer.status_code != 403


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", ["my-proposals", "entry-edit"])
def test_every_role_may_propose(as_user, place, name, role):
    address, _ = PROTECTED[name]
    assert as_user(factories.user(role)).get(place(address)).status_code == 200


def test_a_suspended_member_is_a_visitor(client, editor, place):
    client.force_login(editor)
    editor.is_active = False
    editor.save()
    assert client.get("/review/")["Location"] == "/accounts/login/?next=/review/"


def test_a_superuser_without_a_role_is_no_reviewer(as_user):
    operator = factories.user(None, is_superuser=True, is_staff=True)
    assert as_user(operator).get("/review/").status_code == 403


@pytest.mark.parametrize("name", ["proposal", "proposal-comment", "proposal-decide"])
def test_a_draft_is_nobody_elses(as_user, lead, name):
    draft = factories.proposal(status=Status.DRAFT)
    address = (PUBLIC.get(name) or PROTECTED[name][0]).format(proposal=draft.pk)
    assert as_user(lead).get(address).status_code == 404


@pytest.mark.parametrize(("name", "is_open"), OF_ALLAUTH.items())
def test_pages_of_ones_own_account_need_a_log_in(name, is_open):
    callback = patterns(INCLUDED["accounts/"])[name].callback
    assert getattr(callback, "login_required", True) is not is_open


def test_the_admin_sends_a_visitor_to_the_sites_own_log_in(client):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/admin/entries/entry/"])
def test_the_admin_refuses_members_whatever_their_role(as_user, lead, address):
    assert as_user(lead).get(address, follow=True).status_code == 403


def test_nothing_uploads_files():
    assert not [name for name in OWN if "upload" in name or "markdownx" in name]
