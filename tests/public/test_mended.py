"""What once went wrong on pages, with accounts and settings: each test says what is right."""

import pytest

from guide_site.core import history
from moderation import actions
from services.models import ServiceGroup
from tests import factories
from tests.public.page_texts import links, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]


def group(name, position=0):
    with history.revision(by=None, comment="group"):
        made = ServiceGroup(name=name, slug=name.lower(), summary=f"{name}…", position=position)
        made.save()
    return made


def test_groups_of_one_position_are_not_torn_apart(client):
    one, other = group("One"), group("Other")
    for name, where in (("A", one), ("B", other), ("C", one), ("D", other)):
        factories.service(name, group=where, summary="")
    assert client.get("/services/").text.count('class="group"') == 2


def test_a_text_of_a_member_who_left_is_not_said_to_be_the_softwares(client, editor):
    entry = factories.entry()
    ada = factories.user(username="ada")
    proposal = factories.proposal(entry, "One.", author=ada)
    actions.approve(proposal, by=editor, version=proposal.version)
    ada.delete()
    assert "by former contributor" in words(client.get(f"/entries/{entry.pk}/history/"))


def test_a_section_with_a_kept_line_is_still_there_when_its_last_entry_retires(client):
    section = factories.section("Storage")
    factories.entry("[Back to top](#top)", section=section, kind="kept")
    factories.retire(factories.entry(section=section))
    assert client.get("/sections/storage/").status_code == 200
    assert 'id="storage"' in client.get("/guide/").text


@pytest.fixture
def contents():
    section = factories.section("Table of Contents", kind="contents")
    factories.entry("[Storage](#storage)", section=section, kind="kept")
    storage = factories.section("Storage")
    factories.entry(section=storage)
    return section


@pytest.mark.parametrize("address", ["/", "/sections/storage/"])
def test_no_contents_lead_to_a_hand_made_contents(client, contents, address):
    assert contents.get_absolute_url() not in links(client.get(address))


def test_the_guides_contents_do_not_name_a_hand_made_contents(client, contents):
    assert "#table-of-contents" not in links(client.get("/guide/"))


@pytest.mark.parametrize("address", ["/changes/", "/changes/{}/", "/sections/storage/history/"])
def test_pages_of_changes_do_not_lead_to_what_is_kept_for_the_export(client, address):
    kept = factories.entry("[Back to top](#top)", section=factories.section("Storage"), kind="kept")
    answer = client.get(address.format(history.generation()))
    assert kept.get_absolute_url() not in links(answer)


@pytest.mark.parametrize("address", ["history/", "compare/?b={}"])
def test_what_is_kept_for_the_export_has_no_history(client, address):
    kept = factories.entry("[Back to top](#top)", kind="kept")
    address = kept.get_absolute_url() + address.format(history.generation())
    assert client.get(address).status_code == 404


def test_the_path_names_the_chapter_of_a_guide_without_a_title(client):
    chapter = factories.section("Storage")
    factories.section("Costs")
    factories.section("S3", parent=chapter)
    assert words(client.get("/sections/s3/")).startswith("Guide Storage")


def test_health_fails_while_the_database_does_not_answer(client):
    from django.db import OperationalError, connection

    def refuse(*args):
        raise OperationalError("gone")

    client.raise_request_exception = False
    with connection.execute_wrapper(refuse):
        assert client.get("/health/").status_code >= 500


def test_a_name_that_differs_by_case_from_an_operators_is_refused_with_a_sentence(client):
    factories.user(username="Linus")  # as createsuperuser and the admin make it
    fields = {"username": "linus", "email": "ada@example.org", "password1": "long-enough-7x"}
    answer = client.post("/accounts/signup/", fields)
    assert answer.status_code == 200
    assert "already" in words(answer)


def test_a_name_with_capitals_logs_in_whatever_its_case(client):
    factories.user(username="Linus", password="long-enough-7x")
    answer = client.post("/accounts/login/", {"login": "linus", "password": "long-enough-7x"})
    assert answer.status_code == 302


def test_an_address_with_capitals_serves_one_account(client):
    factories.user(username="linus", email="Ada@Example.org")
    fields = {"username": "ada", "email": "ada@example.org", "password1": "long-enough-7x"}
    assert client.post("/accounts/signup/", fields).status_code == 200


def test_signing_up_survives_a_removed_role(client):
    from django.contrib.auth.models import Group

    Group.objects.all().delete()
    fields = {"username": "ada", "email": "ada@example.org", "password1": "long-enough-7x"}
    assert client.post("/accounts/signup/", fields).status_code == 302


def test_a_closed_site_does_not_invite(client, settings):
    settings.SIGNUP = "closed"
    assert "/accounts/signup/" not in links(client.get("/"))
    assert "/accounts/signup/" not in links(client.get("/accounts/login/"))


@pytest.mark.parametrize("name", ["service", "offering"])
def test_rows_with_addresses_can_be_looked_at_in_the_admin(as_user, name):
    from services.models import Capability, Offering

    service = factories.service()
    with history.revision(by=None, comment="x"):
        need = Capability(name="Need")
        need.save()
        row = Offering(name="S3", capability=need, provider=service.provider)
        row.save()
    client = as_user(factories.user(None, is_staff=True, is_superuser=True))
    pk = service.pk if name == "service" else row.pk
    assert client.get(f"/admin/services/{name}/{pk}/change/").status_code == 200


def test_the_pages_of_an_account_have_no_inline_script(as_user, contributor):
    import re

    page = as_user(contributor).get("/accounts/email/").text
    assert re.findall(r"<script(?![^>]*\ssrc=)", page) == []


def test_one_of_each_is_counted_in_the_singular(client):
    factories.entry()
    factories.service()
    assert "1 entry · 1 section · 1 service" in words(client.get("/"))


def test_a_capability_is_named_once(client):
    from services.models import Capability, Offering, Provider

    service = factories.service("S3", slug="s3")
    with history.revision(by=None, comment="x"):
        needs = [Capability(name="Need A"), Capability(name="Need B")]
        others = [
            Provider(name="P1", slug="p1", position=1),
            Provider(name="P2", slug="p2", position=2),
        ]
        for row in (*needs, *others):
            row.save()
        for need in needs:
            Offering(name="S3", capability=need, provider=service.provider, service=service).save()
            for other in others:
                Offering(name="Like", capability=need, provider=other).save()
    assert words(client.get("/services/s3/")).count("Need A") == 1


@pytest.mark.parametrize(
    "env",
    [
        {"GUIDE_SECRET_KEY": ""},
        {"GUIDE_HOSTS": ""},
        {"GUIDE_HOSTS": " , "},
    ],
)
def test_more_wrong_environments_are_told_in_one_sentence(env):
    from tests.production import manage

    done = manage("check", **env)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1


def test_a_pool_of_one_connection_is_a_pool():
    from tests.production import ENVIRONMENT, run

    ask = "from guide_site import settings; print(settings.DATABASES['default']['OPTIONS']['pool'])"
    url = "postgres://guide@127.0.0.1/guide"
    done = run("-c", ask, **ENVIRONMENT, DATABASE_URL=url, GUIDE_DB_POOL="1")
    assert "'min_size': 1, 'max_size': 1" in done.stdout


def test_what_a_database_address_asks_for_is_kept():
    from tests.production import ENVIRONMENT, run

    ask = "from guide_site import settings; print(settings.DATABASES['default']['OPTIONS'])"
    url = "postgres://u:p@host/db?sslmode=require"
    assert "sslmode" in run("-c", ask, **ENVIRONMENT, DATABASE_URL=url).stdout
