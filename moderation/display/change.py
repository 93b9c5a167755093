"""One change as the page shows it: difference, rendered results, what stands in its way."""

from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from django.contrib.auth.models import AnonymousUser

from entries.models import EntryKind, LegendTag, RenderContext
from guide_site.core import definitions
from guide_site.core.words import Both, Clash, Piece
from guide_site.models import User
from moderation.changes import kinds
from moderation.changes.field_types import Shown
from moderation.changes.fields import names
from moderation.changes.reading import ready_to_merge
from moderation.changes.references import References
from moderation.changes.taking_back import TakenBack, taken_back
from moderation.changes.wording import Names
from moderation.display.facts import Fact, facts_of, label_of
from moderation.display.matrix import Cell, Rows
from moderation.display.outcomes import PLACE_LABEL, Outcome, difference, merged_outcome, published
from moderation.display.pictures import pending_pictures
from moderation.display.places import Neighbours, moves_from, moves_to
from moderation.models import Change, Operation, Proposal, Subject

Viewer: TypeAlias = User | AnonymousUser | None

OPEN = 20  # so many changes of a proposal are shown unfolded


class ShownBullet(NamedTuple):
    """A further entry that a change is about: its HTML and its legend tags."""

    html: str
    tags: list[LegendTag]


@dataclass(frozen=True)
class ShownChange:
    """What a template needs to show one change.

    pieces       word-level difference of the source, from what the author saw
    before       HTML of what the author saw (empty for an addition)
    after        HTML of what would be published, or was
    tags_before  legend tags of what the author saw,
    tags_wanted  those that they make of it, and
    tags_after   those that it would have, or got: with what others did meanwhile
    facts        the other fields that it touches
    row, cells   a cell of the matrix: name of its row, and what stands in that row
    problem      why it does not merge at present, or ""
    is_there     True if the guide has already what it proposes
    awaited      the other proposal that adds the place where it goes, or None
    conflicts    [(label of a field, the words that clash in it)]
    both         what others added at the place where it adds something, and its own: both stay
    writers      who wrote the words of the guide that clash: None for a deleted account
    pieces_now   if it conflicts, its text in pieces: what is settled, and the Clashes
    taken_back   words of others that it drops, which came into the guide after it was begun
    moved_on     pieces from what the author saw to what the guide holds now, if that changed
    moves_from   where it stands, and
    moves_to     where it goes, in words, or ""
    nested       HTML of what is nested under an entry that retires
    bullets      further entries that it makes or takes up: (label of the field, ShownBullets)
    is_folded    True behind the first OPEN changes of a long proposal
    """

    change: Change
    pieces: list[Piece]
    before: str
    after: str
    tags_before: list[LegendTag]
    tags_wanted: list[LegendTag]
    tags_after: list[LegendTag]
    facts: list[Fact]
    row: str
    cells: list[Cell]
    problem: str
    is_there: bool
    awaited: Proposal | None
    conflicts: list[tuple[str, list[Clash]]]
    both: list[Both]
    writers: list[User | None]
    pieces_now: list[str | Clash]
    taken_back: list[TakenBack]
    moved_on: list[Piece]
    moves_from: str
    moves_to: str
    nested: list[str]
    bullets: list[tuple[str, list[ShownBullet]]]
    is_folded: bool

    @property
    def kind(self) -> str:
        """What kind of entry an addition makes, unless it is a bullet as usual."""
        kind = EntryKind.BULLET
        if self.change.subject == Subject.ENTRY and self.change.operation == Operation.ADD:
            kind = EntryKind(self.change.proposed.get("kind", kind))
        return str(kind.label) if kind != EntryKind.BULLET else ""

    @property
    def verb(self) -> str:
        """What happens, in a word: a cell has nothing to retire, it is emptied."""
        if self.change.subject == Subject.OFFERING and self.change.operation == Operation.RETIRE:
            return "Remove"
        return self.change.get_operation_display()

    @property
    def has_place(self) -> bool:
        """True if it puts an entry somewhere, so that another section may take it."""
        placing = (Operation.ADD, Operation.MOVE, Operation.EDIT)
        return self.change.subject == Subject.ENTRY and self.change.operation in placing

    @property
    def clashes(self) -> list[Clash]:
        """The words that conflict, of all fields: a form resolves them."""
        return [
            clash for label, clashes in self.conflicts if label != PLACE_LABEL for clash in clashes
        ]

    @property
    def was_moved(self) -> bool:
        """True if somebody else moved it meanwhile, to another place than it proposes."""
        return any(label == PLACE_LABEL for label, _ in self.conflicts)

    @property
    def tags_changed(self) -> bool:
        """True if its author gives it other legend tags."""
        says_tags = "tags" in self.change.proposed or self.change.operation == Operation.RETIRE
        return says_tags and self.tags_before != self.tags_wanted

    @property
    def others_tags(self) -> tuple[list[LegendTag], list[LegendTag]]:
        """(legend tags that others added meanwhile, those that they removed)."""
        wanted, after = self.tags_wanted, self.tags_after
        if "tags" not in self.change.proposed:
            return [], []
        return [t for t in after if t not in wanted], [t for t in wanted if t not in after]


class _Page:
    """What the changes of one page need to know of the guide, read in a few queries.

    references  what their merge looks at
    is_closed   their proposal is decided: they are shown as it left them, else as they merge
    """

    def __init__(
        self, changes: list[Change], references: References, viewer: Viewer, *, is_closed: bool
    ) -> None:
        self.is_closed = is_closed
        self.context = RenderContext.current().show_also(partial(pending_pictures, viewer))
        self.names, self.rows, self.neighbours = Names(), Rows(changes), Neighbours(changes)
        self.published = published(changes, self.context) if is_closed else {}
        self.references = references


def show(proposal: Proposal, viewer: Viewer = None) -> list[ShownChange]:
    """The changes of a proposal; those of an open one are checked against the guide.

    viewer  who looks: they see the pictures that wait for the merge, if they may
    """
    changes, references = ready_to_merge(proposal.changes.all())
    page = _Page(changes, references, viewer, is_closed=proposal.closed_at is not None)
    return [_show(change, page, is_folded=number >= OPEN) for number, change in enumerate(changes)]


def show_change(change: Change) -> ShownChange:
    """One change of an open proposal, checked against the guide."""
    page = _Page([change], References.read([change]), None, is_closed=False)
    return _show(change, page, is_folded=False)


def preview(source: str, viewer: Viewer = None) -> str:
    """HTML of a text as the guide would show it; `viewer` as in `show`."""
    return _html(source, RenderContext.current().show_also(partial(pending_pictures, viewer)))


def _show(change: Change, page: _Page, *, is_folded: bool) -> ShownChange:
    base, context = change.base, page.context
    if page.is_closed:
        outcome = Outcome(values=page.published.get(change.entry_id, {}))
    else:
        outcome = merged_outcome(change, page.references)
    wanted, after = _wanted(change), _after(change, outcome)
    return ShownChange(
        change=change,
        pieces=difference(base.get("body", ""), wanted.get("body", "")),
        before=_html(base.get("body"), context),
        after=_html(after.get("body"), context),
        tags_before=_tags(base, context),
        tags_wanted=_tags(wanted, context),
        tags_after=_tags(after, context),
        facts=facts_of(change, page.names),
        row=page.rows.name(change),
        cells=page.rows.cells(change),
        problem=outcome.problem,
        is_there=outcome.is_there,
        awaited=None if page.is_closed else kinds.awaited(change, page.references),
        conflicts=outcome.conflicts,
        both=outcome.both,
        writers=outcome.writers,
        pieces_now=outcome.pieces_now,
        taken_back=taken_back(change),
        moved_on=outcome.moved_on,
        moves_from=moves_from(change, page.neighbours, page.references),
        moves_to=moves_to(change, page.references),
        nested=[_html(text.partition(": ")[2], context) for text in base.get("nested", [])],
        bullets=_bullets(change, context),
        is_folded=is_folded,
    )


def _bullets(change: Change, context: RenderContext) -> list[tuple[str, list[ShownBullet]]]:
    values = change.base | change.proposed
    return [
        (
            label_of(change.subject, name),
            [
                ShownBullet(_html(bullet["body"], context), _tags(bullet, context))
                for bullet in values[name]
            ],
        )
        for name in names(change.subject, Shown.BULLETS)
        if values.get(name)
    ]


def _wanted(change: Change) -> dict[str, Any]:
    """All fields as the author wants them; nothing remains of what retires."""
    return {} if change.operation == Operation.RETIRE else change.base | change.proposed


def _after(change: Change, outcome: Outcome) -> dict[str, Any]:
    """`tags`, and `body` if there is a text to show, that the change leaves."""
    if change.operation == Operation.RETIRE:
        return {}
    if "body" in outcome.values:
        return outcome.values
    wanted = _wanted(change)
    if change.operation != Operation.RESTORE and "body" not in change.proposed:
        wanted.pop("body", None)  # it stays as it is
    return wanted


def _html(body: str | None, context: RenderContext) -> str:
    """HTML of a text; of link definitions alone, which show nothing themselves, what they say."""
    html = context.render(body) if body else ""
    return html if html.strip() or not body else context.render(definitions.as_links(body))


def _tags(fields: dict[str, Any], context: RenderContext) -> list[LegendTag]:
    slugs = fields.get("tags", [])
    return [tag for tag in context.tags if tag.slug in slugs]
