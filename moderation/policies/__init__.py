"""Why something may not be done to a proposal, how much of a look it needs, and whose."""

from moderation.policies.approvals import Standing, needed, standing, standings
from moderation.policies.classes import class_of
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
    why_not_propose,
    why_not_reopen,
    why_not_send,
    why_not_set_class,
    why_not_withdraw,
)
from moderation.policies.requests import why_not_ask, why_not_be_asked

__all__ = [
    "Standing",
    "class_of",
    "may_see",
    "needed",
    "publishes_at_once",
    "standing",
    "standings",
    "waits_for",
    "why_not_accept_some",
    "why_not_amend",
    "why_not_approve",
    "why_not_ask",
    "why_not_be_asked",
    "why_not_change",
    "why_not_comment",
    "why_not_decide",
    "why_not_propose",
    "why_not_reopen",
    "why_not_send",
    "why_not_set_class",
    "why_not_withdraw",
]
