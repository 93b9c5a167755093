"""The difference between a file and the guide as a proposal, instead of an import."""

import uuid

from django.db import transaction

from entries.imports import importing
from entries.imports.report import Report
from entries.markdown.parsed import ParsedGuide
from entries.models import LegendTag
from guide_site.core import history
from guide_site.models import User
from moderation.actions.base import Refused
from moderation.actions.drafting import save_draft, send
from moderation.changes.from_steps import as_changes
from moderation.models import Proposal


class _Undo(Exception):
    """Ends the trial import, whose rows must not stay."""


def propose_import(
    guide: ParsedGuide, *, by: User, title: str, because: str, replace: bool = False
) -> tuple[Proposal | None, Report]:
    """Send a proposal of user `by` that makes the guide what the parsed `guide` says.

    Returns (proposal, report); the proposal is None if nothing differs. Raises Refused, or
    AnotherGuide as the import does. Source lines that differ only in their spacing stay.
    """
    with history.writing():
        report = _trial(guide, title, because, replace)
        if not report.steps:
            return None, report
        if _brings_a_legend(guide):
            raise Refused("The file brings legend signs that the guide does not have: import it.")
        key = uuid.uuid4()
        texts = {"title": title}
        made = as_changes(report.steps)
        proposal = save_draft(by=by, form_key=key, texts=texts, changes=made)
        send(proposal, by=by)
    return proposal, report


def _trial(guide: ParsedGuide, title: str, because: str, replace: bool) -> Report:
    """Import, look at what was done, and take it back."""
    try:
        with transaction.atomic(), history.revision(by=None, comment=title):
            report = importing.import_guide(guide, because=because, replace=replace)
            raise _Undo
    except _Undo:
        return report


def _brings_a_legend(guide: ParsedGuide) -> bool:
    """True if the file has legend signs that the guide does not have."""
    known = set(LegendTag.objects.values_list("sign", flat=True))
    return any(sign not in known for sign, _ in guide.legend)
