"""Appointing the editors and experts of a section (leads only)."""

from collections.abc import Iterable

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from entries.models import Section
from guide_site.core import history
from guide_site.models import User
from moderation import owners, policies
from moderation.actions.base import refuse
from moderation.actions.completing import publish_completed


def appoint(
    section: Section, *, by: User, editors: Iterable[User], experts: Iterable[User]
) -> bool:
    """Make these users the editors and experts of a section, in place of those it has.

    Returns True if anything changed. Raises Refused. It is no part of the published guide, so
    that it leaves a line in the log of the software (`owners.appointments`) and no revision.
    What was approved by somebody who is an editor of the section now may be complete: it merges.
    """
    with history.writing():
        refuse(policies.why_not_appoint(by))
        before = _names(section)
        section.editors.set(editors)
        section.experts.set(experts)
        after = _names(section)
        if before == after:
            return False
        LogEntry.objects.create(
            user=by,
            content_type=ContentType.objects.get_for_model(Section),
            object_id=str(section.pk),
            object_repr=section.title[:200],
            action_flag=CHANGE,
            change_message="; ".join(
                f"{role}: {after[role] or 'nobody'} (before: {before[role] or 'nobody'})"
                for role in owners.ROLES
                if before[role] != after[role]
            ),
        )
        publish_completed(f"“{section.title}” got other editors")
    return True


def _names(section: Section) -> dict[str, str]:
    """{role: user names, in the order of the alphabet}"""
    return {
        role: ", ".join(sorted(getattr(section, role).values_list("username", flat=True)))
        for role in owners.ROLES
    }
