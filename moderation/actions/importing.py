"""A file from outside comes into the guide: at once, or as a proposal."""

import datetime
import uuid
from collections.abc import Callable, Iterable, Mapping

from django.db import transaction
from django.urls import reverse

import services.actions
import services.tables.importing
from entries.actions import facts_following
from entries.actions.guide import edit_guide
from entries.imports import figures, importing
from entries.imports.figures import Pictures
from entries.imports.files import Files
from entries.imports.finding import Found, Incoming, KnownFile, day_in_words
from entries.imports.report import Report
from entries.markdown.parsed import ParsedGuide, ParsedSection
from entries.markdown.writer import export
from entries.models import Entry, EntryKind, Guide, LegendTag
from guide_site.core import history
from guide_site.models import User
from moderation.actions.base import Refused
from moderation.actions.completing import publish_completed
from moderation.actions.drafting import save_draft, send
from moderation.changes import from_facts
from moderation.changes.elsewhere import Elsewhere
from moderation.changes.field_types import Values
from moderation.changes.from_steps import as_changes
from moderation.models import ImportedFile, Proposal
from moderation.states import AMENDABLE
from services.models import Service

_NEW_SIGNS = "The file brings legend signs that the guide does not have: import it, or add them."
_HIDDEN = "tables: the catalogue of the guide before is hidden (settings)"
MOST_FILES = 20  # how many files, the newest ones, a new one is compared with


class _Undo(Exception):
    """Ends the trial import, whose rows must not stay."""


def known_files() -> list[KnownFile]:
    """The newest files that are in the guide but were never a state of it."""
    files = ImportedFile.objects.select_related("proposal__merge_note")[: 2 * MOST_FILES]
    taken = [(file, revision) for file in files if (revision := file.taken_in)]
    return [
        KnownFile(file.text, f"{file.name}, which came in on {day_in_words(file.at)}", revision)
        for file, revision in taken[:MOST_FILES]
    ]


def import_file(
    file: Incoming,
    found: Found,
    *,
    by: User | None,
    comment: str,
    because: str,
    at: datetime.datetime | None = None,
    replace: bool = False,
    files: Files | None = None,
    dry_run: bool = False,
    progress: Callable[[list[ParsedSection]], Iterable[ParsedSection]] = iter,
) -> Report:
    """Publish what a file changed since its base as one revision, with its tables and pictures.

    found     what it was made from
    files     what lies beside it: pictures that it refers to come in
    comment   the summary of the revision
    at        when the changes were made, if not now
    dry_run   change nothing, only report

    Raises AnotherGuide and InConflict as `importing.import_guide` does. `because`, `replace` and
    `progress` are those of that function.
    """
    with history.writing():
        with history.revision(by=by, comment=comment, at=at):
            report = importing.import_guide(
                file.guide,
                base=found.base,
                because=because,
                replace=replace,
                at=at,
                progress=progress,
            )
            if found.base is None or _concerns_tables(report):
                columns = services.tables.importing.import_tables(report.guide, report)
                if report.is_another and not columns and Service.objects.exists():
                    edit_guide(Guide.current(), has_catalogue=False)
                    report.tables.append(_HIDDEN)
            report.add_pictures(figures.bring(file.guide, files))
            report.count_linked(services.actions.link_sections())
            transaction.set_rollback(dry_run)
        if found.base and not dry_run and export() != file.text:
            _remember(file, revision_id=history.generation())
        if not dry_run and not report.is_empty:
            publish_completed(f"{file.name} was imported")
    return report


def import_pictures(
    file: Incoming, files: Files, *, by: User | None, comment: str, dry_run: bool = False
) -> Pictures:
    """Publish pictures that a file refers to, without what else it says: as one revision.

    Arguments are those of `import_file`.
    """
    with history.revision(by=by, comment=comment):
        found = figures.bring(file.guide, files)
        transaction.set_rollback(dry_run)
    return found


def propose_import(
    file: Incoming,
    found: Found,
    *,
    by: User,
    title: str,
    because: str,
    replace: bool = False,
    dry_run: bool = False,
) -> tuple[Proposal | None, Report]:
    """Send a proposal of user `by` with what a file changed since its base.

    Changed cells of tables that follow the catalogue are proposed as changes of it. What the
    guide changed as well becomes a conflict of the proposal. Returns (proposal,
    report); the proposal is None if nothing differs, and is not kept after a `dry_run`. Raises
    Refused, also for a file that waits in a proposal already, or AnotherGuide as the import
    does. Source lines that differ only in their spacing stay.
    """
    with history.writing():
        _refuse_again(file)
        lines = from_facts.lines_of_legend()
        report, facts = _trial(file.guide, found, title, because, replace, lines)
        if report.steps and _brings_a_legend(file.guide):
            place = Elsewhere(_NEW_SIGNS, "Add a legend tag", reverse("legend-tag-add"))
            raise Refused(_NEW_SIGNS, instead=place)
        made = [*facts, *_without_facts(report, lines)]
        if not made:
            return None, report
        key = uuid.uuid4()
        texts = {"title": title}
        proposal = save_draft(by=by, form_key=key, texts=texts, changes=made)
        send(proposal, by=by)
        _remember(file, proposal=proposal)
        transaction.set_rollback(dry_run)
    return proposal, report


def _refuse_again(file: Incoming) -> None:
    """Raise Refused for a file that was proposed already and is not decided on."""
    digest = ImportedFile.with_text(file.text, file.name).sha256
    waiting = Proposal.objects.filter(status__in=AMENDABLE, files__sha256=digest)
    if there := waiting.first():
        raise Refused(f"The same file waits already in proposal {there.pk}, “{there.title}”.")


def _trial(
    guide: ParsedGuide,
    found: Found,
    title: str,
    because: str,
    replace: bool,
    lines: Mapping[int, list[LegendTag]],
) -> tuple[Report, list[Values]]:
    """Import, look at what was done, and take it back. Returns (report, changes of facts).

    The report names the places where to do what no change of facts can say.
    """
    try:
        with transaction.atomic(), history.revision(by=None, comment=title):
            before, columns = from_facts.Catalogue.now(), frozenset[str]()
            report = importing.import_guide(
                guide, base=found.base, because=because, replace=replace, leave_conflicts=True
            )
            steps = [step for step in report.steps if from_facts.follows_facts(step, lines)]
            if steps:
                columns = services.tables.importing.import_tables(report.guide, report)
            after = from_facts.Catalogue.now()
            places = from_facts.left_out(steps, before, after)
            raise _Undo
    except _Undo:
        facts = list(before.changes(after, columns))
    for step in steps:
        if isinstance(step.row, Entry) and facts_following.is_front_matter(step.row):
            changes, place = from_facts.change_of_front_matter(step)
            facts, places = facts + changes, [*places, place]
            continue
        if not (tags := lines.get(step.row.pk)):
            continue
        changes, place = from_facts.changes_of_legend(step, tags)
        facts, places = facts + changes, [*places, place]
    report.leave_out(f"{p.sentence} {p.label}: {p.address}" for p in dict.fromkeys(places) if p)
    return report, facts


def _without_facts(report: Report, lines: Mapping[int, list[LegendTag]]) -> list[Values]:
    """The changes of the guide without those of texts that follow facts."""
    steps = (
        from_facts.without_text(step) if from_facts.follows_facts(step, lines) else step
        for step in report.steps
    )
    return as_changes(step for step in steps if step)


def _remember(file: Incoming, **came: object) -> None:
    """Keep a file that the next one may be made from; the same one again is kept once."""
    made = ImportedFile.with_text(file.text, file.name)
    for name, value in came.items():
        setattr(made, name, value)
    if made.revision_id:
        ImportedFile.objects.filter(sha256=made.sha256, proposal=None).delete()
    made.save()


def _concerns_tables(report: Report) -> bool:
    """True if the import wrote a table."""
    rows = (step.row for step in report.steps if step.what != "moved")
    return any(isinstance(row, Entry) and row.kind == EntryKind.TABLE for row in rows)


def _brings_a_legend(guide: ParsedGuide) -> bool:
    """True if the file has legend signs that the guide does not have."""
    known = {tag.key for tag in LegendTag.objects.all()}
    return any(line.sign not in known for line in guide.legend)
