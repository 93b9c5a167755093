"""Who may do what: one table, read top to bottom.

Whether a thing may be done *now* is another question; a policy function answers it.
"""

from enum import StrEnum, auto
from functools import wraps

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied


class Permission(StrEnum):
    """Something a role may allow."""

    COMMENT = auto()
    PROPOSE = auto()
    REVIEW = auto()
    DECIDE = auto()
    LOWER_CLASS = auto()
    APPOINT = auto()


class Role(StrEnum):
    """Each role is a `django.contrib.auth` group of the same name."""

    CONTRIBUTOR = auto()
    EXPERT = auto()
    EDITOR = auto()
    LEAD = auto()


_CONTRIBUTOR = {Permission.COMMENT, Permission.PROPOSE}
_EXPERT = _CONTRIBUTOR | {Permission.REVIEW}
_EDITOR = _EXPERT | {Permission.DECIDE}
_LEAD = _EDITOR | {Permission.LOWER_CLASS, Permission.APPOINT}

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
    Permission.APPOINT: "Only leads say who looks after a section.",
}


def roles_of(user):
    """The roles of `user`, read once per request."""
    if not hasattr(user, "_guide_roles"):
        names = {group.name for group in user.groups.all()} if user.is_active else set()
        user._guide_roles = [role for role in Role if role in names]
    return user._guide_roles


def can(user, permission):
    """True if any role of this user grants the permission; never for visitors."""
    return any(permission in GRANTS[role] for role in roles_of(user))


def why_not(user, permission):
    """The sentence that refuses `permission` to `user`, or None."""
    return None if can(user, permission) else REFUSALS[permission]


def requires(permission):
    """Decorate a view for members whose role grants `permission` (403 with a sentence else)."""

    def decorator(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if reason := why_not(request.user, permission):
                raise PermissionDenied(reason)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # read by tests/test_permissions.py
        return guarded

    return decorator


def create_role_groups(**kwargs):
    """Make the group of every role; runs after each `migrate`, also on an emptied database."""
    for role in Role:
        Group.objects.get_or_create(name=role.value)
