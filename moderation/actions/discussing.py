"""The discussion of a proposal."""

import datetime

from django.utils import timezone

from guide_site.core import history, markdown
from moderation import policies
from moderation.actions.steps import Refused, lock, log, refuse
from moderation.models import Comment, Event

SAME_COMMENT = datetime.timedelta(seconds=30)


def comment(proposal, *, by, body, change=None):
    """Add a remark (Markdown) to the discussion of a proposal.

    change: primary key of the change that it is about, or None for the whole
    """
    with history.writing():
        lock(proposal)
        refuse(policies.why_not_comment(by, proposal))
        if change and not proposal.changes.filter(pk=change).exists():
            raise Refused("That change is no longer part of this proposal: comment on the whole.")
        if again := proposal.comments.filter(author=by).last():
            just_now = timezone.now() - again.at < SAME_COMMENT
            if just_now and (again.body, again.change_id) == (body.strip(), change):
                return again  # a double click
        made = Comment(proposal=proposal, change_id=change, author=by, body=body.strip())
        made.body_html = markdown.render(made.body)
        made.full_clean(validate_constraints=False)
        made.save()
        log(proposal, Event.What.COMMENTED, by=by)
    return made
