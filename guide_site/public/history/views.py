"""Pages of what changed: of an entry, a section, the whole guide, one revision."""

from itertools import pairwise

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from reversion.models import Revision

from entries.models import Entry, EntryKind, Section
from entries.reading.tree import subtree
from guide_site.core.addresses import whole_number
from guide_site.core.pages import public_page
from guide_site.public.history import revisions

PER_PAGE = 30


@public_page(params=("before",))
def changes(request):
    """Recent changes of the whole guide, newest first."""
    found = revisions.latest(PER_PAGE + 1, before=whole_number(request.GET.get("before")))
    return render(request, "public/changes.html", {"revisions": found[:PER_PAGE], **_more(found)})


@public_page
def revision(request, pk):
    """What one revision changed."""
    found = get_object_or_404(revisions.with_people(Revision.objects), pk=pk)
    found.approvers = revisions.approvers(found)
    steps, more = revisions.steps_between(pk - 1, pk)
    context = {"revision": found, "steps": steps, "more": more}
    return render(request, "public/revision.html", context)


@public_page(params=("before",))
def entry_history(request, pk):
    """Every version of an entry, with author, approver, time and difference."""
    entry = _entry(pk)
    versions = revisions.of_entry(entry)
    if before := whole_number(request.GET.get("before")):
        versions = versions.filter(revision__lt=before)
    versions = list(versions[: PER_PAGE + 1])
    rows = _rows(entry, versions)
    context = {"entry": entry, "section": entry.section, "rows": rows[:PER_PAGE]}
    return render(request, "public/entry_history.html", context | _more([r for r, _ in rows]))


@public_page(params=("before",))
def section_history(request, slug):
    """The revisions that touched a section or anything below it."""
    section = get_object_or_404(Section, slug=slug)
    found = revisions.of_section(section).order_by("-pk")
    if before := whole_number(request.GET.get("before")):
        found = found.filter(pk__lt=before)
    found = revisions.describe(revisions.with_people(found)[: PER_PAGE + 1])
    context = {"section": section, "revisions": found[:PER_PAGE], **_more(found)}
    return render(request, "public/section_history.html", context)


@public_page(params=("a", "b"))
def entry_compare(request, pk):
    """Any two versions of an entry, word by word."""
    entry = _entry(pk)
    compared = _compared(request, entries=[pk], sections=[])
    return render(request, "public/entry_compare.html", {"entry": entry, **compared})


@public_page(params=("a", "b"))
def section_compare(request, slug):
    """A section as any two revisions left it, entry by entry."""
    section = get_object_or_404(Section, slug=slug)
    places = subtree(section)
    entries = Entry.objects.filter(section__in=places).values_list("pk", flat=True)
    compared = _compared(request, entries=list(entries), sections=places)
    return render(request, "public/section_compare.html", {"section": section, **compared})


def _entry(pk):
    shown = Entry.objects.exclude(kind=EntryKind.KEPT)
    return get_object_or_404(shown.select_related("section"), pk=pk)


def _compared(request, **targets):
    first, last = sorted(whole_number(request.GET.get(name)) or 0 for name in ("a", "b"))
    known = Revision.objects.in_bulk([first, last])
    if last not in known:
        raise Http404("Choose two revisions to compare.")
    steps, more = revisions.steps_between(first, last, **targets)
    return {"first": known.get(first), "last": known[last], "steps": steps, "more": more}


def _rows(entry, versions):
    """[(revision, step)] of an entry's versions, newest first."""
    states = [revisions.fields(version) for version in versions] + [{}]
    steps = [revisions.step(entry, old, new) for new, old in pairwise(states)]
    revisions.name_tags(steps)
    found = [version.revision for version in versions]
    for revision in found:
        revision.approvers = revisions.approvers(revision)
    return list(zip(found, steps, strict=True))


def _more(found):
    """Where the next page begins, if there is one."""
    return {"before": found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None}
