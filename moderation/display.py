"""How a change looks on a page: its word-level difference and the rendered results."""

from dataclasses import dataclass, field

from reversion.models import Version

from entries.models import EntryKind, RenderContext
from guide_site.core import markdown, words
from moderation import changes, references
from moderation.models import Operation, Subject


@dataclass
class ShownChange:
    """What a template needs to show one change.

    pieces    word-level difference of the source, from what the author saw
    before    HTML of what the author saw (empty for an addition)
    after     HTML of what would be published, or was
    problem   why it does not merge at present, or ""
    clashes   the words that conflict
    moved_on  pieces from what the author saw to what the guide holds now, if that changed
    moves_to  name of the place that a move leads to, or ""
    nested    texts of what is nested under an entry that retires
    """

    change: object
    pieces: list
    before: str
    after: str
    tags_before: list
    tags_after: list
    problem: str = ""
    clashes: list = field(default_factory=list)
    moved_on: list = field(default_factory=list)
    moves_to: str = ""
    nested: list = field(default_factory=list)

    @property
    def kind(self):
        """What kind of entry an addition makes, unless it is a bullet as usual."""
        kind = self.change.proposed.get("kind", EntryKind.BULLET)
        return EntryKind(kind).label if kind != EntryKind.BULLET else ""

    @property
    def tags_changed(self):
        return self.tags_before != self.tags_after


def show(proposal):
    """The changes of a proposal as ShownChanges; open ones are checked against the guide."""
    context = RenderContext.current()
    return [
        _show(change, context, check=not proposal.closed_at)
        for change in proposal.changes.select_related("entry", "section")
    ]


def show_change(change):
    """One change of an open proposal as a ShownChange."""
    return _show(change, RenderContext.current(), check=True)


def preview(source):
    """HTML of a text as the guide would show it (for django-markdownx)."""
    return _html(source, RenderContext.current())


def _show(change, context, *, check):
    base = change.base
    proposed = {} if change.operation == Operation.RETIRE else change.proposed
    text = "title" if change.subject == Subject.SECTION else "body"
    shown = ShownChange(
        change=change,
        pieces=words.difference(base.get(text, ""), proposed.get(text, "")),
        before=_html(base.get("body"), context),
        after=_html(proposed.get("body"), context),
        tags_before=_tags(base, context),
        tags_after=_tags(proposed, context),
        moves_to=_destination(change),
        nested=[text.partition(": ")[2] for text in base.get("nested", [])],
    )
    if check:
        _check(shown, context)
    elif published := _published(change):
        shown.after = _html(published["body"], context)
        shown.tags_after = [tag for tag in context.tags if tag.pk in published["tags"]]
    return shown


def _published(change):
    """The fields of the entry as the merge of its proposal left them, or None."""
    note = getattr(change.proposal, "merge_note", None)
    if note is None or change.entry_id is None or change.operation == Operation.RETIRE:
        return None
    versions = Version.objects.get_for_object(change.entry).filter(revision=note.revision_id)
    fields = versions.first() and versions.first().field_dict
    return fields and fields | {"tags": [int(pk) for pk in fields["tags"]]}


def _check(shown, context):
    change = shown.change
    try:
        result = changes.merged(change)
    except changes.Gone as gone:
        shown.problem = str(gone)
        return
    if change.entry_id and "body" in change.base:
        now = changes.snapshot(change.entry)
        if now["body"] != change.base["body"]:
            shown.moved_on = words.difference(change.base["body"], now["body"])
    if result.conflicts:
        shown.problem = "The guide has changed since, in the same place."
        shown.clashes = [clash for clashes in result.conflicts.values() for clash in clashes]
    elif "body" in result.values:
        shown.after = _html(result.values["body"], context)
        shown.tags_after = _tags(result.values, context)


def _destination(change):
    """Where a change of place leads, in words."""
    if change.operation == Operation.ADD:
        return _place_of_addition(change)
    if not {"section", "parent"} & change.proposed.keys():
        return ""
    names = ("parent", "section") if change.subject == Subject.ENTRY else ("parent",)
    for name in names:
        if reference := change.proposed.get(name):
            if isinstance(reference, dict):
                return "a place that this proposal adds"
            is_entry = change.subject == Subject.ENTRY and name == "parent"
            row = (references.entry if is_entry else references.section)(reference, change)
            return f"“{row.lead if is_entry else row.title}”" if row else ""
    return "the top of the guide"


def _place_of_addition(change):
    """Where an addition of one entry goes, in words; "" for the end of its section."""
    for words_, name in (("behind", "after"), ("under", "parent")):
        reference = change.proposed.get(name)
        if isinstance(reference, int) and change.subject == Subject.ENTRY:
            row = references.entry(reference, change)
            return f"its place {words_} “{row.lead}”" if row else ""
    return ""


def _html(body, context):
    return markdown.render(body, legend=context.legend, anchors=context.anchors) if body else ""


def _tags(fields, context):
    return [tag for tag in context.tags if tag.slug in fields.get("tags", [])]
