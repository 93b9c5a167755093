"""What actions take and return: values, nothing of which writes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from moderation.models import Change, Report


@dataclass(frozen=True)
class ChangeEdit:
    """Other contents for a change of a proposal.

    base      fields of what the guide held when the person who edits saw it
    proposed  fields of what the guide shall hold
    """

    change: Change
    base: Mapping[str, Any]
    proposed: Mapping[str, Any]


@dataclass(frozen=True)
class Fixes:
    """Which reports a proposal fixes, as chosen in a form.

    chosen   the reports that are ticked
    offered  all reports that the form showed: it says nothing of others
    """

    chosen: Collection[Report]
    offered: Collection[Report]


@dataclass(frozen=True)
class Outcome:
    """What became of a proposal after a step that may publish it.

    is_merged  True if it was published by this step
    is_there   True if this step closed it, because the guide has all of it already
    problem    why it was not published though nothing else is missing, as a sentence, or "":
               the step itself is done, an approval is kept
    waits      True if the problem is that another proposal has to be merged first; this one is
               then merged by itself
    """

    is_merged: bool = False
    is_there: bool = False
    problem: str = ""
    waits: bool = False
