"""Who may do what: one table, read top to bottom.

Whether something may be done *now* is another question, answered by policy functions.
"""

from collections.abc import Callable
from enum import StrEnum, auto
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.models import AbstractUser, AnonymousUser, Group
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property


class Permission(StrEnum):
    """Something a role may allow."""

    COMMENT = auto()
    PROPOSE = auto()
    REVIEW = auto()
    DECIDE = auto()
    LOWER_CLASS = auto()
    APPOINT = auto()
    EDIT_FACTS = auto()


class Role(StrEnum):
    """Each role is a `django.contrib.auth` group of the same name."""

    CONTRIBUTOR = auto()
    EXPERT = auto()
    EDITOR = auto()
    LEAD = auto()


_CONTRIBUTOR = {Permission.COMMENT, Permission.PROPOSE}
_EXPERT = _CONTRIBUTOR | {Permission.REVIEW}
_EDITOR = _EXPERT | {Permission.DECIDE}
_LEAD = _EDITOR | {Permission.LOWER_CLASS, Permission.APPOINT, Permission.EDIT_FACTS}

GRANTS = {
    Role.CONTRIBUTOR: frozenset(_CONTRIBUTOR),
    Role.EXPERT: frozenset(_EXPERT),
    Role.EDITOR: frozenset(_EDITOR),
    Role.LEAD: frozenset(_LEAD),
}

REFUSALS = {
    Permission.COMMENT: "Your account may read but not comment: ask a lead to add you.",
    Permission.PROPOSE: "Your account may read but not propose changes: ask a lead to add you.",
    Permission.REVIEW: "Only experts, editors and leads see the review queue.",
    Permission.DECIDE: "Only editors and leads decide on proposals.",
    Permission.LOWER_CLASS: "Only leads say that a proposal needs less of a look.",
    Permission.EDIT_FACTS: "Only leads change the settings of the guide.",
    Permission.APPOINT: "Only leads say who looks after a section.",
}

_Request = TypeVar("_Request", bound=HttpRequest)
_Params = ParamSpec("_Params")
_Response = TypeVar("_Response", bound=HttpResponseBase)


class Member(AbstractUser):
    """Somebody with an account and roles; the base of the user model."""

    class Meta(AbstractUser.Meta):
        abstract = True

    @cached_property
    def roles(self) -> list[Role]:
        """The roles of this member, lowest first; none if the account is closed.

        Read once for each user object, and therefore once per request.
        """
        names = {group.name for group in self.groups.all()} if self.is_active else set()
        return [role for role in Role if role in names]


def roles_of(user: Member | AnonymousUser) -> list[Role]:
    """The roles of `user`, lowest first; none for visitors."""
    return user.roles if isinstance(user, Member) else []


def can(user: Member | AnonymousUser, permission: Permission) -> bool:
    """True if any role of `user` grants the permission; never for visitors."""
    return any(permission in GRANTS[role] for role in roles_of(user))


def why_not(user: Member | AnonymousUser, permission: Permission) -> str | None:
    """The sentence that refuses `permission` to `user`, or None if they have it."""
    return None if can(user, permission) else REFUSALS[permission]


def requires(
    permission: Permission,
) -> Callable[
    [Callable[Concatenate[_Request, _Params], _Response]],
    Callable[Concatenate[HttpRequest, _Params], _Response],
]:
    """Decorate a view for members whose role grants `permission`.

    Everybody else gets PermissionDenied (403) with a sentence. Since only members have roles,
    the view may declare its request as `guide_site.models.MemberRequest`.
    """

    def decorator(
        view: Callable[Concatenate[_Request, _Params], _Response],
    ) -> Callable[Concatenate[HttpRequest, _Params], _Response]:
        @wraps(view)
        def guarded(
            request: HttpRequest, /, *args: _Params.args, **kwargs: _Params.kwargs
        ) -> _Response:
            if reason := why_not(request.user, permission):
                raise PermissionDenied(reason)
            return view(cast(_Request, request), *args, **kwargs)

        vars(guarded)["permission"] = permission  # read by tests/test_permissions.py
        return guarded

    return decorator


def create_role_groups(**signal: Any) -> None:
    """Create the group of every role; runs after each `migrate`, also on an emptied database.

    signal  what `post_migrate` passes; not used
    """
    for role in Role:
        Group.objects.get_or_create(name=role.value)
