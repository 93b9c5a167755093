"""The life of a proposal, as one table."""

from django.db import models


class Status(models.TextChoices):
    """Where a proposal stands."""

    DRAFT = "draft", "Draft"
    OPEN = "open", "Open"
    CHANGES_REQUESTED = "changes", "Changes requested"
    MERGED = "merged", "Merged"
    ALREADY = "already", "Already in the guide"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


TRANSITIONS: dict[Status, set[Status]] = {
    Status.DRAFT: {Status.OPEN, Status.WITHDRAWN},
    Status.OPEN: {
        Status.CHANGES_REQUESTED,
        Status.MERGED,
        Status.ALREADY,
        Status.DECLINED,
        Status.WITHDRAWN,
    },
    Status.CHANGES_REQUESTED: {Status.OPEN, Status.DECLINED, Status.WITHDRAWN},
    Status.MERGED: set(),
    Status.ALREADY: set(),
    Status.DECLINED: set(),
    Status.WITHDRAWN: {Status.DRAFT, Status.OPEN},  # its author picks it up again
}

# Sets as sorted lists, because constraints and migrations need a fixed order.
CLOSED = sorted([Status.MERGED, Status.ALREADY, Status.DECLINED, Status.WITHDRAWN])
AMENDABLE = [Status.DRAFT, Status.OPEN, Status.CHANGES_REQUESTED]
PUBLIC = [status for status in Status if status != Status.DRAFT]


def diagram() -> str:
    """Return the table as a Mermaid state diagram, for the documentation."""
    lines = ["stateDiagram-v2", f"    [*] --> {Status.DRAFT.value}"]
    for status, following in TRANSITIONS.items():
        targets = sorted(after.value for after in following) or ["[*]"]
        lines += [f"    {status.value} --> {target}" for target in targets]
    return "\n".join(lines)
