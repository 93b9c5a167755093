"""Leads say who looks after a section."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from entries.models import Section
from guide_site.core import access, history
from guide_site.core.access import Permission
from moderation.actions.base import refuse

# What somebody must be able to do before they look after a section.
ROLES = {"editors": Permission.DECIDE, "experts": Permission.REVIEW}


def why_not_appoint(user):
    return access.why_not(user, Permission.APPOINT)


def appoint(section, *, by, editors, experts):
    """Make these users the editors and experts of a section, in place of those it has.

    Returns True if anything changed. Who looks after a section is no part of the published
    guide, so that it leaves a line in the log of the software instead of a revision.
    """
    with history.writing():
        refuse(why_not_appoint(by))
        before = _names(section)
        section.editors.set(editors)
        section.experts.set(experts)
        after = _names(section)
        if before == after:
            return False
        LogEntry.objects.create(
            user=by,
            content_type=ContentType.objects.get_for_model(Section),
            object_id=section.pk,
            object_repr=section.title[:200],
            action_flag=CHANGE,
            change_message="; ".join(
                f"{role}: {after[role] or 'nobody'} (before: {before[role] or 'nobody'})"
                for role in ROLES
                if before[role] != after[role]
            ),
        )
    return True


def log_of(section):
    """What leads changed here, newest first."""
    kind = ContentType.objects.get_for_model(Section)
    found = LogEntry.objects.filter(content_type=kind, object_id=section.pk, action_flag=CHANGE)
    return found.select_related("user").order_by("-pk")


def _names(section):
    return {
        role: ", ".join(
            getattr(section, role).order_by("username").values_list("username", flat=True)
        )
        for role in ROLES
    }
