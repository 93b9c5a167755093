"""How a change looks on a page: its word-level difference and the rendered results."""

from dataclasses import dataclass, field

from entries.models import RenderContext
from guide_site.core import markdown, words
from moderation import changes
from moderation.models import Operation


@dataclass
class ShownChange:
    """What a template needs to show one change.

    pieces    word-level difference of the source, from what the author saw
    before    HTML of what the author saw (empty for an addition)
    after     HTML of what would be published, or was
    problem   why it does not merge at present, or ""
    clashes   the words that conflict
    moved_on  pieces from what the author saw to what the guide holds now, if that changed
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
    shown = ShownChange(
        change=change,
        pieces=words.difference(base.get("body", ""), proposed.get("body", "")),
        before=_html(base.get("body"), context),
        after=_html(proposed.get("body"), context),
        tags_before=_tags(base, context),
        tags_after=_tags(proposed, context),
    )
    if check:
        _check(shown, context)
    return shown


def _check(shown, context):
    change = shown.change
    try:
        result = changes.merged(change)
    except changes.Gone as gone:
        shown.problem = str(gone)
        return
    if change.entry_id:
        now = changes.snapshot(change.entry)
        if now["body"] != change.base["body"]:
            shown.moved_on = words.difference(change.base["body"], now["body"])
    if result.conflicts:
        shown.problem = "The guide has changed since, in the same place."
        shown.clashes = [clash for clashes in result.conflicts.values() for clash in clashes]
    elif "body" in result.values:
        shown.after = _html(result.values["body"], context)


def _html(body, context):
    return markdown.render(body, legend=context.legend, anchors=context.anchors) if body else ""


def _tags(fields, context):
    return [tag for tag in context.tags if tag.slug in fields.get("tags", [])]
