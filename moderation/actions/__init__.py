"""What people do: each function is one transaction with one writer, and leaves one trace.

A refused action changes nothing and raises Refused with a sentence for the person who asked.
Other packages import actions from here.
"""

from moderation.actions.accepting import accept_some
from moderation.actions.appointing import appoint
from moderation.actions.asking import ask
from moderation.actions.base import Refused
from moderation.actions.completing import publish_completed
from moderation.actions.deciding import (
    approve,
    approve_with_edits,
    decline,
    edit_as_reviewer,
    request_changes,
    set_class,
    take_back_request,
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
from moderation.actions.importing import (
    import_file,
    import_pictures,
    known_files,
    propose_import,
)
from moderation.actions.personal import (
    choose_mail,
    forget_typing,
    save_typing,
    unwatch,
    watch,
)
from moderation.actions.pictures import forget_pictures, upload_picture
from moderation.actions.reporting import (
    discuss_report,
    dismiss_report,
    fix_report,
    reopen_report,
    report_entry,
)
from moderation.actions.resolving import move_to_section, restore_with_text, settle_place
from moderation.actions.spam import decline_as_spam, open_work
from moderation.actions.values import ChangeEdit, Fixes, Outcome

__all__ = [
    "ChangeEdit",
    "Fixes",
    "Outcome",
    "Refused",
    "accept_some",
    "amend",
    "appoint",
    "approve",
    "approve_with_edits",
    "ask",
    "choose_mail",
    "comment",
    "decline",
    "decline_as_spam",
    "discuss_report",
    "dismiss_report",
    "edit_as_reviewer",
    "fix_report",
    "forget_pictures",
    "forget_typing",
    "import_file",
    "import_pictures",
    "known_files",
    "move_to_section",
    "open_work",
    "propose_import",
    "publish_completed",
    "remove_change",
    "reopen",
    "reopen_report",
    "report_entry",
    "request_changes",
    "restore_with_text",
    "save_draft",
    "save_typing",
    "send",
    "set_class",
    "settle_place",
    "take_back_request",
    "unwatch",
    "upload_picture",
    "watch",
    "withdraw",
]
