"""The admin: for operators only, who look at the guide there and manage accounts and roles."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission

from entries.models import Entry
from guide_site.core import history
from guide_site.core.access import Role
from guide_site.core.history import Versioned
from guide_site.models import User
from moderation.models import Proposal
from tests import factories
from tests.public.page_texts import links

pytestmark = pytest.mark.django_db

READ_ONLY = sorted(
    (
        m
        for m in admin.site._registry
        if issubclass(m, Versioned) or m._meta.app_label == "moderation"
    ),
    key=lambda model: model.__name__,
)
WITH_URLS = ["Offering", "Service"]


@pytest.fixture
def operator():
    return factories.user(None, username="op", is_staff=True, is_superuser=True)


@pytest.fixture
def guide():
    """One row of everything that the admin shows."""
    entry = factories.entry("One.", tags=[factories.legend_tag().slug])
    factories.service(section=entry.section)
    factories.proposal(entry)


def place(model):
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


def test_every_published_model_can_be_looked_at():
    published = {model for model in apps.get_models() if issubclass(model, Versioned)}
    hidden = {model.__name__ for model in published - set(admin.site._registry)}
    assert hidden == {"SectionAlias"}


@pytest.mark.parametrize("model", READ_ONLY)
def test_what_is_published_is_listed(as_user, operator, guide, model):
    assert as_user(operator).get(place(model)).status_code == 200


@pytest.mark.parametrize("model", [m for m in READ_ONLY if m.__name__ not in WITH_URLS])
def test_what_is_published_is_shown_without_a_way_to_save(as_user, operator, guide, model):
    client = as_user(operator)
    if row := model._default_manager.first():
        page = client.get(f"{place(model)}{row.pk}/change/")
        assert page.status_code == 200
        assert 'name="_save"' not in page.text
    assert f"{place(model)}add/" not in links(client.get("/admin/"))


@pytest.mark.parametrize("name", WITH_URLS)
def test_rows_with_addresses_can_be_looked_at(as_user, operator, name):
    row = factories.service() if name == "Service" else factories.offering()
    address = f"/admin/services/{name.lower()}/{row.pk}/change/"
    assert as_user(operator).get(address).status_code == 200


@pytest.mark.parametrize("model", READ_ONLY)
def test_what_is_published_is_not_changed_here(as_user, operator, guide, model):
    client, before = as_user(operator), history.generation()
    rows = list(model._default_manager.values())
    for step in ["add/"] + [
        f"{row['id']}/{act}/" for row in rows[:1] for act in ("change", "delete")
    ]:
        assert client.post(f"{place(model)}{step}", {"post": "yes"}).status_code == 403
    many = {"action": "delete_selected", "_selected_action": [r["id"] for r in rows], "post": "yes"}
    client.post(place(model), many)
    assert (list(model._default_manager.values()), history.generation()) == (rows, before)


def test_looking_at_the_history_of_a_row_changes_nothing(as_user, operator, guide):
    entry, before = Entry.objects.get(), history.generation()
    assert as_user(operator).get(f"/admin/entries/entry/{entry.pk}/history/").status_code == 200
    assert history.generation() == before


@pytest.mark.parametrize(
    "query", ["?q=One", "?q=%22%25", "?kind__exact=bullet", "?tags__id__exact=x", "?o=9.9", "?p=99"]
)
def test_no_search_and_no_filter_breaks_a_list(as_user, operator, guide, query):
    assert as_user(operator).get(f"/admin/entries/entry/{query}").status_code in (200, 302)


def test_accounts_and_roles_are_managed_here(as_user, operator):
    found = links(as_user(operator).get("/admin/"))
    assert {"/admin/guide_site/user/add/", "/admin/auth/group/add/"} <= set(found)


def test_an_operator_gives_a_role(as_user, operator, reader):
    fields = {"username": "reader", "is_active": "on", "date_joined_0": "2026-01-01"}
    fields |= {"date_joined_1": "12:00", "groups": [Group.objects.get(name=Role.LEAD.value).pk]}
    client = as_user(operator)
    answer = client.post(f"/admin/guide_site/user/{reader.pk}/change/", fields)
    assert answer.status_code == 302
    client.force_login(User.objects.get(pk=reader.pk))
    assert client.get("/review/").status_code == 200


def add(client, name):
    password = {"password1": "long-enough-7x", "password2": "long-enough-7x"}
    fields = {"username": name, "usable_password": "true"} | password
    return client.post("/admin/guide_site/user/add/", fields)


def test_an_operator_makes_an_account(as_user, operator):
    add(as_user(operator), "ada")
    assert User.objects.get(username="ada").check_password("long-enough-7x")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("op", "Somebody has this name already."),
        ("OP", "Somebody has this name already."),
        ("оp", "Use letters, digits, “-” and “_”"),
    ],
)
def test_a_name_like_another_is_refused_here_too(as_user, operator, name, sentence):
    answer = add(as_user(operator), name)
    assert sentence in answer.text
    assert User.objects.get() == operator


def test_a_removed_account_leaves_its_work(as_user, operator, guide):
    proposal = Proposal.objects.get()
    address = f"/admin/guide_site/user/{proposal.author.pk}/delete/"
    assert as_user(operator).post(address, {"post": "yes"}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.author is None


@pytest.mark.parametrize("role", [None, *Role])
def test_no_role_of_the_guide_opens_the_admin(as_user, role):
    member = factories.user(role)
    assert as_user(member).get("/admin/", follow=True).status_code == 403


def test_staff_see_only_what_they_are_allowed_to(as_user, guide):
    clerk = factories.user(None, is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_entry"))
    client = as_user(clerk)
    assert client.get("/admin/entries/entry/").status_code == 200
    assert client.get("/admin/entries/section/").status_code == 403
    assert client.get("/admin/guide_site/user/").status_code == 403


def test_a_permission_of_djangos_own_does_not_open_what_is_published(as_user, guide):
    clerk = factories.user(None, is_staff=True)
    names = ["view_entry", "change_entry", "add_entry", "delete_entry"]
    clerk.user_permissions.set(Permission.objects.filter(codename__in=names))
    entry = Entry.objects.get()
    for step in ("add/", f"{entry.pk}/change/", f"{entry.pk}/delete/"):
        assert as_user(clerk).post(f"/admin/entries/entry/{step}").status_code == 403
