"""Pages of single entries and of the legend."""

from django.shortcuts import get_object_or_404, render

from entries.models import Entry, EntryKind, LegendTag
from entries.tree import Tree, carrying, lines, nest, path_of, runs
from guide_site.core.pages import public_page


@public_page
def legend(request):
    """What the signs mean."""
    return render(request, "entries/legend.html", {"tags": LegendTag.objects.all()})


@public_page
def legend_tag(request, slug):
    """All entries that carry a legend tag, grouped by section in the order of the guide."""
    tag = get_object_or_404(LegendTag, slug=slug)
    groups = {}
    for entry in carrying(tag):
        groups.setdefault(entry.section_id, []).append(entry)
    found = [(node, groups[pk]) for node in Tree().walk() if (pk := node.section.pk) in groups]
    count = sum(len(entries) for entries in groups.values())
    context = {"tag": tag, "groups": found, "count": count}
    return render(request, "entries/legend_tag.html", context)


@public_page
def entry(request, pk):
    """The permanent page of one entry, with what stands above and below it."""
    found = get_object_or_404(
        Entry.objects.exclude(kind=EntryKind.KEPT)
        .select_related("section__parent", "parent__parent__parent")
        .prefetch_related("tags"),
        pk=pk,
    )
    neighbours = Entry.objects.live().filter(section=found.section).prefetch_related("tags")
    family = nest([*neighbours, found] if not found.is_live else list(neighbours))
    shown = next((e for e, _ in lines(family) if e.pk == found.pk), found)
    context = {
        "found": found,
        "runs": runs(getattr(shown, "nested", ())),
        "above": path_of(found),
        "section": found.section,
    }
    return render(request, "entries/entry.html", context)
