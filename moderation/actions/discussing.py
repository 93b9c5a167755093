"""The discussion of a proposal."""

import datetime

from django.utils import timezone

from guide_site.core import history, markdown
from moderation import policies
from moderation.actions.steps import lock, log, refuse
from moderation.models import Comment, Event

SAME_COMMENT = datetime.timedelta(seconds=30)


def comment(proposal, *, by, body):
    """Add a remark (Markdown) to the discussion of a proposal."""
    with history.writing():
        lock(proposal)
        refuse(policies.why_not_comment(by, proposal))
        if again := proposal.comments.filter(author=by).last():
            just_now = timezone.now() - again.at < SAME_COMMENT
            if just_now and again.body == body.strip():
                return again  # a double click
        made = Comment(proposal=proposal, author=by, body=body.strip())
        made.body_html = markdown.render(made.body)
        made.full_clean(validate_constraints=False)
        made.save()
        log(proposal, Event.What.COMMENTED, by=by)
    return made
