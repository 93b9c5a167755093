"""Whether something may be done now, how much of a look a proposal needs, and whose.

A policy is a function that returns a sentence for the reader: why not, or None. It serves the
action, which refuses, the button, which is disabled, and the test. Other packages import
policies from here.
"""

from moderation.policies.approvals import LEAD, Standing, needed, standing, standings
from moderation.policies.classes import RISK, class_of
from moderation.policies.members import (
    why_not_appoint,
    why_not_ask,
    why_not_be_asked,
    why_not_decline_as_spam,
)
from moderation.policies.pictures import may_see_picture, why_not_upload
from moderation.policies.proposals import (
    may_see,
    publishes_at_once,
    waits_for,
    why_not_accept_some,
    why_not_amend,
    why_not_approve,
    why_not_change,
    why_not_comment,
    why_not_decide,
    why_not_decline,
    why_not_propose,
    why_not_reopen,
    why_not_request_changes,
    why_not_restore,
    why_not_send,
    why_not_set_class,
    why_not_take_back,
    why_not_withdraw,
)
from moderation.policies.reports import (
    is_reporter,
    why_not_discuss_reports,
    why_not_dismiss_report,
    why_not_fix_report,
    why_not_reopen_report,
    why_not_report,
)

__all__ = [
    "LEAD",
    "RISK",
    "Standing",
    "class_of",
    "is_reporter",
    "may_see",
    "may_see_picture",
    "needed",
    "publishes_at_once",
    "standing",
    "standings",
    "waits_for",
    "why_not_accept_some",
    "why_not_amend",
    "why_not_appoint",
    "why_not_approve",
    "why_not_ask",
    "why_not_be_asked",
    "why_not_change",
    "why_not_comment",
    "why_not_decide",
    "why_not_decline",
    "why_not_decline_as_spam",
    "why_not_discuss_reports",
    "why_not_dismiss_report",
    "why_not_fix_report",
    "why_not_propose",
    "why_not_reopen",
    "why_not_reopen_report",
    "why_not_report",
    "why_not_request_changes",
    "why_not_restore",
    "why_not_send",
    "why_not_set_class",
    "why_not_take_back",
    "why_not_upload",
    "why_not_withdraw",
]
