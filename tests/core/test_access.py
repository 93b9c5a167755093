"""Who may do what: the table of roles, and the guard of views."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from guide_site.core import access
from guide_site.core.access import GRANTS, REFUSALS, Permission, Role, can, requires, why_not
from guide_site.models import User
from tests import factories

TABLE = [
    (None, ""),
    (Role.CONTRIBUTOR, "comment propose"),
    (Role.EXPERT, "comment propose review"),
    (Role.EDITOR, "comment propose review decide"),
    (Role.LEAD, "comment propose review decide lower_class appoint edit_facts"),
]


@requires(Permission.DECIDE)
def guarded(request, *args, **kwargs):
    """A view for editors and leads."""
    return HttpResponse(f"{args} {kwargs}")


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "permissions"), TABLE)
def test_a_role_may(role, permissions):
    user = factories.user(role)
    assert [permission for permission in Permission if can(user, permission)] == permissions.split()


def test_the_table_names_every_role_and_every_permission():
    assert set(GRANTS) == set(Role)
    assert set().union(*GRANTS.values()) == set(Permission) == set(REFUSALS)


@pytest.mark.parametrize("permission", Permission)
def test_a_visitor_may_nothing(permission):
    assert not can(AnonymousUser(), permission)


@pytest.mark.django_db
@pytest.mark.parametrize("permission", Permission)
def test_the_power_of_an_operator_is_no_role(permission):
    operator = factories.user(None, is_superuser=True, is_staff=True)
    assert not can(operator, permission)


@pytest.mark.django_db
@pytest.mark.parametrize("permission", Permission)
def test_a_member_who_was_shut_out_may_nothing(permission):
    assert not can(factories.user(Role.LEAD, is_active=False), permission)


@pytest.mark.django_db
def test_several_roles_add_up():
    user = factories.user(Role.CONTRIBUTOR)
    user.groups.add(Group.objects.get(name="lead"))
    assert access.roles_of(user) == [Role.CONTRIBUTOR, Role.LEAD]
    assert can(user, Permission.DECIDE)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Lead", "leads", "", "superuser", "decide"])
def test_a_group_that_is_no_role_grants_nothing(name):
    user = factories.user(None)
    user.groups.add(Group.objects.create(name=name))
    assert access.roles_of(user) == []


@pytest.mark.django_db
def test_a_role_that_was_taken_away_is_gone_at_the_next_request(editor):
    assert can(editor, Permission.DECIDE)
    editor.groups.clear()
    assert not can(User.objects.get(pk=editor.pk), Permission.DECIDE)


def test_the_roles_of_a_request_are_one_query(editor, django_assert_num_queries):
    user = User.objects.get(pk=editor.pk)
    with django_assert_num_queries(1):
        assert [can(user, permission) for permission in Permission] == [
            True,
            True,
            True,
            True,
            False,
            False,
            False,
        ]


@pytest.mark.parametrize("permission", Permission)
def test_a_refusal_is_a_sentence(reader, permission):
    sentence = why_not(reader, permission)
    assert sentence.endswith(".")
    assert len(sentence.split()) > 4


@pytest.mark.parametrize("permission", Permission)
def test_who_may_hears_no_refusal(lead, permission):
    assert why_not(lead, permission) is None


def test_a_guarded_view_lets_in_who_may(rf, editor):
    request = rf.get("/")
    request.user = editor
    assert guarded(request, 1, pk=2).content == b"(1,) {'pk': 2}"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_guarded_view_refuses_with_the_sentence(rf, contributor, method):
    request = getattr(rf, method)("/")
    request.user = contributor
    with pytest.raises(PermissionDenied, match="Only editors and leads decide on proposals"):
        guarded(request)


def test_a_guarded_view_refuses_visitors(rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        guarded(request)


def test_a_guarded_view_keeps_its_name_and_tells_its_permission():
    assert (guarded.__name__, guarded.permission) == ("guarded", Permission.DECIDE)


def test_the_refused_member_reads_the_sentence(as_user, reader):
    response = as_user(reader).get("/review/")
    assert response.status_code == 403
    assert "Only experts, editors and leads see the review queue." in response.content.decode()


@pytest.mark.django_db
def test_every_role_is_a_group():
    assert set(Group.objects.values_list("name", flat=True)) == {role.value for role in Role}


@pytest.mark.django_db
def test_making_the_groups_again_changes_nothing(editor):
    access.create_role_groups()
    assert Group.objects.count() == len(Role)
    assert editor.groups.get().name == "editor"
