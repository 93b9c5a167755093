"""The discussion of a proposal or a report."""

import datetime

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from guide_site.core import history, markdown
from guide_site.core.addresses import on_this_site
from guide_site.models import User
from moderation import policies
from moderation.actions.base import Refused, log, refuse, reread
from moderation.models import Comment, EventKind, Proposal, Report

SAME_COMMENT = datetime.timedelta(seconds=30)


def comment(proposal: Proposal, *, by: User, body: str, change: int | None = None) -> Comment:
    """Add a remark (Markdown) to the discussion of a proposal.

    change: primary key of the change that it is about, or None for the whole
    Raises Refused.
    """
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_comment(by, proposal))
        if change and not proposal.changes.filter(pk=change).exists():
            raise Refused("That change is no longer part of this proposal: comment on the whole.")
        made, is_new = remark(proposal, by=by, body=body, change=change)
        if is_new:
            log(proposal, EventKind.COMMENTED, by=by)
    return made


def remark(
    about: Proposal | Report, *, by: User, body: str, change: int | None = None
) -> tuple[Comment, bool]:
    """A remark on `about`, a proposal or a report: (Comment, False if a double click made it)."""
    if again := about.comments.filter(author=by).last():
        just_now = timezone.now() - again.at < SAME_COMMENT
        if just_now and (again.body, again.change_id) == (body.strip(), change):
            return again, False
    made = Comment(author=by, body=body.strip(), change_id=change)
    if isinstance(about, Report):
        made.report = about
    else:
        made.proposal = about
    made.body_html = markdown.render(made.body, address_of=_section_address, file_of=on_this_site)
    made.full_clean(validate_constraints=False)
    made.save()
    return made, True


def _section_address(anchor: str) -> str | None:
    """Where a link of a comment leads: to the section of that slug, even if it is yet to come."""
    try:
        return markdown.destination(anchor, {}) or reverse("section", args=[anchor])
    except NoReverseMatch:
        return None
