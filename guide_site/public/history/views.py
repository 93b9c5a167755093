"""Pages of what changed: of an entry, a section, the whole guide, one revision."""

from itertools import pairwise
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from reversion.models import Revision, Version

from entries.models import Entry, EntryKind, Section
from entries.reading.tree import subtree
from guide_site.core.addresses import whole_number
from guide_site.core.pages import public_page
from guide_site.public.history import revisions
from guide_site.public.history.pictures import figure_steps
from guide_site.public.history.steps import (
    Legend,
    Step,
    state_of,
    step,
    steps_between,
    target_of,
    texts_of,
)
from moderation.views.proposal_page import moderation_state

PER_PAGE = 30


@public_page(params=("before",))
def changes(request: HttpRequest) -> HttpResponse:
    """Recent changes of the whole guide, newest first."""
    latest = revisions.latest(PER_PAGE + 1, before=whole_number(request.GET.get("before")))
    context = {"revisions": latest[:PER_PAGE], **_more([each.line for each in latest])}
    return render(request, "public/changes.html", context)


@public_page(state=moderation_state)
def revision(request: HttpRequest, pk: int) -> HttpResponse:
    """What one revision changed, and who proposed the same."""
    row = get_object_or_404(revisions.with_people(Revision.objects.all()), pk=pk)
    (line,) = revisions.revision_lines([row])
    steps, more = steps_between(pk - 1, pk)
    figures, more_figures = figure_steps(pk)
    too = row.proposed_too.select_related("author").order_by("pk")
    context = {"line": line, "revision": row, "too": too, "steps": steps, "more": more}
    context |= {"figures": figures, "more_figures": more_figures}
    return render(request, "public/revision.html", context)


@public_page(params=("before",))
def entry_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version of an entry, with author, approver, time and difference."""
    entry = _entry(pk)
    versions = revisions.of_entry(entry)
    if before := whole_number(request.GET.get("before")):
        versions = versions.filter(revision__lt=before)
    rows = _rows(entry, list(versions[: PER_PAGE + 1]))
    more = _more([line for line, _ in rows])
    context = {"entry": entry, "section": entry.section, "rows": rows[:PER_PAGE], **more}
    return render(request, "public/entry_history.html", context)


@public_page(params=("before",))
def section_history(request: HttpRequest, slug: str) -> HttpResponse:
    """The revisions that touched a section or anything below it."""
    section = get_object_or_404(Section, slug=slug)
    touching = revisions.of_section(section).order_by("-pk")
    if before := whole_number(request.GET.get("before")):
        touching = touching.filter(pk__lt=before)
    summaries = revisions.summaries(revisions.with_people(touching)[: PER_PAGE + 1])
    more = _more([summary.line for summary in summaries])
    context = {"section": section, "revisions": summaries[:PER_PAGE], **more}
    return render(request, "public/section_history.html", context)


@public_page(params=("a", "b"))
def entry_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Any two versions of an entry, word by word."""
    entry = _entry(pk)
    compared = _compared(request, entries=[pk], sections=[])
    return render(request, "public/entry_compare.html", {"entry": entry, **compared})


@public_page(params=("a", "b"))
def section_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """A section as any two revisions left it, entry by entry."""
    section = get_object_or_404(Section, slug=slug)
    places = subtree(section)
    entries = Entry.objects.filter(section__in=places).values_list("pk", flat=True)
    compared = _compared(request, entries=list(entries), sections=places)
    return render(request, "public/section_compare.html", {"section": section, **compared})


def _entry(pk: int) -> Entry:
    shown = Entry.objects.exclude(kind=EntryKind.KEPT)
    return get_object_or_404(shown.select_related("section", "origin", "joined_into"), pk=pk)


def _compared(request: HttpRequest, **targets: list[int]) -> dict[str, Any]:
    first, last = sorted(whole_number(request.GET.get(name)) or 0 for name in ("a", "b"))
    known = Revision.objects.in_bulk([first, last])
    if last not in known:
        raise Http404("Choose two revisions to compare.")
    steps, more = steps_between(first, last, **targets)
    return {"first": known.get(first), "last": known[last], "steps": steps, "more": more}


def _rows(entry: Entry, versions: list[Version]) -> list[tuple[revisions.RevisionLine, Step]]:
    """An entry's versions, newest first: who made each, and what it changed."""
    states = [*map(state_of, versions), {}]
    target, legend = target_of(entry), Legend()
    steps = [
        step(target, old, new, texts_of(Entry, old, new), legend) for new, old in pairwise(states)
    ]
    lines = revisions.revision_lines([version.revision for version in versions])
    return list(zip(lines, steps, strict=True))


def _more(lines: list[revisions.RevisionLine]) -> dict[str, int | None]:
    """Where the next page begins, if there is one."""
    return {"before": lines[PER_PAGE - 1].row.pk if len(lines) > PER_PAGE else None}
