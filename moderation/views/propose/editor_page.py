"""The page around the form of a proposal, which every editor shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from entries.models import Entry, Section
from guide_site.core.words import Clash, Piece
from guide_site.models import MemberRequest, User
from moderation import display, policies
from moderation.changes.taking_back import Writers
from moderation.changes.targets import target
from moderation.display import ShownChange
from moderation.forms.proposal import ProposalForm
from moderation.forms.reports import FixesForm
from moderation.forms.reviews import EditNoteForm
from moderation.lists.overlaps import Overlap
from moderation.lists.proposals_of_entry import touching
from moderation.models import Change, Proposal


@dataclass(frozen=True, kw_only=True)
class Meanwhile:
    """What others did to a row of the guide since a change of it was written.

    shown      the change, checked against the guide
    places     of a conflict, the text in order: (what is settled, None), or (the words that both
               changed, who wrote those of the guide)
    now        HTML of the entry as the guide has it, or ""
    proposed   HTML of what is proposed, or ""
    on         the proposal that the change is of, where another one builds on it
    """

    shown: ShownChange
    places: list[tuple[str | Clash, list[User | None] | None]]
    now: str
    proposed: str
    on: Proposal | None = None


@dataclass(frozen=True, kw_only=True)
class EditorPage:
    """What the page of an editor shows around its form; the template reads the same names.

    section        the one that the form is about, or that its entry stands in
    entry          the one that is changed
    proposal       the one that is amended; None for a new proposal
    why_not        why nothing can be saved at present; where a new proposal changes an entry the
                   policy is asked first
    afresh         where the same form makes a new proposal, if `why_not` says that this is closed
    back           address to go to instead of saving, if it is not that of one of these
    instead        [(label, address)] of pages that may be meant
    destinations   (section, its name) of those that the entry may move to, and
    to             the one that is chosen
    fixes          the form of the reports that the proposal fixes
    note_form      the form of a reviewer's note to the author
    meanwhile      what others did since the change was written
    overlaps       proposals that change the same row, or entries of the same section, and
    about          what that is, in words; of an `entry` the page finds them itself
    elsewhere      how what is typed differs from what another window saved
    """

    heading: str
    section: Section | None = None
    entry: Entry | None = None
    proposal: Proposal | None = None
    why_not: str | None = None
    afresh: str = ""
    back: str = ""
    instead: Sequence[tuple[str, str]] = ()
    destinations: Iterable[tuple[Section, str]] = ()
    to: Section | None = None
    fixes: FixesForm | None = None
    note_form: EditNoteForm | None = None
    meanwhile: Meanwhile | None = None
    overlaps: Sequence[Overlap] = ()
    about: str = ""
    elsewhere: Sequence[Piece] = ()


def show_editor(
    request: MemberRequest,
    form: ProposalForm,
    page: EditorPage,
    *,
    template: str = "moderation/editor.html",
    **context: Any,
) -> HttpResponse:
    """The page of an editor. context: what the template reads beside `page` and `form`."""
    context |= {**vars(page), "form": form, "others": []}
    if page.entry and not page.proposal:
        context["why_not"] = policies.why_not_change(request.user, page.entry) or page.why_not
        context["others"] = touching(page.entry, request.user)
    return render(request, template, context)


def meanwhile(change: Change | None, *, on: Proposal | None = None) -> Meanwhile | None:
    """What others did to the row of `change`; None if that matters to nobody who edits it.

    on  the proposal of the change, if a new one builds on it
    """
    if change is None or target(change) is None:
        return None
    shown = display.show_change(change)
    if not (shown.moved_on or shown.problem):
        return None
    proposed = change.proposed.get("body")
    return Meanwhile(
        shown=shown,
        places=_places(change, shown),
        now=change.entry.body_html if change.entry else "",
        proposed=display.preview(proposed) if proposed else "",
        on=on,
    )


def _places(
    change: Change, shown: ShownChange
) -> list[tuple[str | Clash, list[User | None] | None]]:
    if change.entry is None or not shown.pieces_now:
        return []
    writers, seen = Writers(change.entry), change.base.get("body", "")
    return [
        (
            piece,
            writers.find(piece.current, "body", since=seen) if isinstance(piece, Clash) else None,
        )
        for piece in shown.pieces_now
    ]
