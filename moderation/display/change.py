"""One change as the page shows it: difference, rendered results, what stands in its way."""

from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import prefetch_related_objects
from reversion.models import Version

from entries.models import Entry, EntryKind, RenderContext
from guide_site.core import markdown, words
from moderation.changes import kinds
from moderation.changes.references import Pending, References
from moderation.display.facts import Names, facts_of, label_of
from moderation.display.matrix import Rows
from moderation.display.places import Neighbours, moves_from, moves_to
from moderation.models import Operation, Subject

OPEN = 20  # so many changes of a proposal are shown unfolded
_RELATED = (
    "entry__section",
    "entry__parent",
    "section__parent",
    "service__provider",
    "service__group",
    "offering__provider",
    "offering__service",
    "offering__capability",
    "legend_tag",
)
_TAGGED = (Subject.ENTRY, Subject.SECTION, Subject.SERVICE)


@dataclass
class ShownChange:
    """What a template needs to show one change.

    pieces      word-level difference of the source, from what the author saw
    before      HTML of what the author saw (empty for an addition)
    after       HTML of what would be published, or was
    facts       the other fields that it touches: see `facts.Fact`
    row, cells  a cell of the matrix: name of its row, and the row as `matrix.Cell`s
    problem     why it does not merge at present, or ""
    conflicts   [(label of a field, its Clashes)]
    moved_on    pieces from what the author saw to what the guide holds now, if that changed
    moves_from  where it stands, and
    moves_to    where it goes, in words, or ""
    nested      texts of what is nested under an entry that retires
    is_folded   True behind the first OPEN changes of a long proposal
    """

    change: object
    pieces: list
    before: str
    after: str
    tags_before: list
    tags_after: list
    facts: list = field(default_factory=list)
    row: str = ""
    cells: list = field(default_factory=list)
    problem: str = ""
    conflicts: list = field(default_factory=list)
    moved_on: list = field(default_factory=list)
    moves_from: str = ""
    moves_to: str = ""
    nested: list = field(default_factory=list)
    is_folded: bool = False

    @property
    def kind(self):
        """What kind of entry an addition makes, unless it is a bullet as usual."""
        kind = EntryKind.BULLET
        if self.change.subject == Subject.ENTRY and self.change.operation == Operation.ADD:
            kind = self.change.proposed.get("kind", kind)
        return EntryKind(kind).label if kind != EntryKind.BULLET else ""

    @property
    def verb(self):
        """What happens, in a word: a cell has nothing to retire, it is emptied."""
        if self.change.subject == Subject.OFFERING and self.change.operation == Operation.RETIRE:
            return "Remove"
        return self.change.get_operation_display()

    @property
    def clashes(self):
        """The words that conflict, of all fields."""
        return [clash for _, clashes in self.conflicts for clash in clashes]

    @property
    def tags_changed(self):
        return self.tags_before != self.tags_after


class _Page:
    """What the changes of one page need to know of the guide, read in a few queries."""

    def __init__(self, found):
        self.context = RenderContext.current()
        self.names, self.rows, self.neighbours = Names(), Rows(found), Neighbours(found)
        self.published = _published(found)
        self.references = References.read(found)


def show(proposal):
    """The changes of a proposal as ShownChanges; open ones are checked against the guide."""
    found = list(proposal.changes.select_related(*_RELATED))
    for subject in _TAGGED:
        prefetch_related_objects([c for c in found if c.subject == subject], f"{subject}__tags")
    page, shown = _Page(found), []
    for number, change in enumerate(found):
        shown.append(_show(change, page, check=not proposal.closed_at))
        shown[-1].is_folded = number >= OPEN
    return shown


def show_change(change):
    """One change of an open proposal as a ShownChange."""
    return _show(change, _Page([change]), check=True)


def preview(source):
    """HTML of a text as the guide would show it (for django-markdownx)."""
    return _html(source, RenderContext.current())


def _show(change, page, *, check):
    base, context = change.base, page.context
    proposed = {} if change.operation == Operation.RETIRE else change.proposed
    if change.operation == Operation.RESTORE:
        proposed = base | proposed
    wanted = proposed if "body" in proposed else {"body": base.get("body", "")}
    if change.operation == Operation.RETIRE:
        wanted = {}
    shown = ShownChange(
        change=change,
        pieces=_difference(base.get("body", ""), wanted.get("body", "")),
        before=_html(base.get("body"), context),
        after=_html(proposed.get("body"), context),
        tags_before=_tags(base, context),
        tags_after=_tags(proposed if "tags" in proposed else wanted and base, context),
        facts=facts_of(change, page.names),
        row=page.rows.name(change),
        cells=page.rows.cells(change),
        moves_from=moves_from(change, page.neighbours, page.references),
        moves_to=moves_to(change, page.references),
        nested=[text.partition(": ")[2] for text in base.get("nested", [])],
    )
    if check:
        _check(shown, page)
    elif (published := page.published.get(change.entry_id)) and wanted:
        shown.after = _html(published["body"], context)
        pks = [int(pk) for pk in published["tags"]]
        shown.tags_after = [tag for tag in context.tags if tag.pk in pks]
    return shown


def _published(found):
    """{entry: its fields as the merge of the proposal left them}: one query."""
    note = found and getattr(found[0].proposal, "merge_note", None)
    pks = [str(change.entry_id) for change in found if change.entry_id]
    if not note or not pks:
        return {}
    versions = Version.objects.filter(
        db="default",
        content_type=ContentType.objects.get_for_model(Entry),
        object_id__in=pks,
        revision=note.revision_id,
    )
    return {int(version.object_id): version.field_dict for version in versions}


def _check(shown, page):
    change = shown.change
    try:
        result = kinds.merged(change, page.references)
    except (kinds.Gone, Pending) as gone:
        shown.problem = str(gone)
        return
    if change.entry_id and "body" in change.base:
        now = change.entry.body
        if now != change.base["body"]:
            shown.moved_on = _difference(change.base["body"], now)
    if result.conflicts:
        shown.problem = "The guide has changed since, in the same place."
        shown.conflicts = [
            (label_of(change.subject, name), clashes) for name, clashes in result.conflicts.items()
        ]
    elif "body" in result.values:
        shown.after = _html(result.values["body"], page.context)
        shown.tags_after = _tags(result.values, page.context)


def _difference(old, new):
    pieces = words.difference(old, new)
    return words.fold(pieces) if any(piece.kind != "same" for piece in pieces) else []


def _html(body, context):
    return markdown.render(body, legend=context.legend, anchors=context.anchors) if body else ""


def _tags(fields, context):
    return [tag for tag in context.tags if tag.slug in (fields or {}).get("tags", [])]
