"""What people do to proposals: each function is one transaction with one writer.

A refused action changes nothing and raises Refused with a sentence for the person who asked.
"""

from moderation.actions.accepting import accept_some
from moderation.actions.asking import ask
from moderation.actions.autosaving import forget_typing, keep_typing
from moderation.actions.base import Refused
from moderation.actions.deciding import (
    approve,
    approve_with_edits,
    decline,
    edit_as_reviewer,
    request_changes,
    set_class,
)
from moderation.actions.discussing import comment
from moderation.actions.drafting import (
    amend,
    remove_change,
    reopen,
    save_draft,
    send,
    withdraw,
)
from moderation.actions.resolving import put_elsewhere, restore_with_text
from moderation.actions.values import ChangeEdit, Fixes, Outcome

__all__ = [
    "ChangeEdit",
    "Fixes",
    "Outcome",
    "Refused",
    "accept_some",
    "amend",
    "approve",
    "approve_with_edits",
    "ask",
    "comment",
    "decline",
    "edit_as_reviewer",
    "forget_typing",
    "keep_typing",
    "put_elsewhere",
    "remove_change",
    "reopen",
    "request_changes",
    "restore_with_text",
    "save_draft",
    "send",
    "set_class",
    "withdraw",
]
