"""A parsed guide becomes sections, entries and legend tags. Callers hold `history.revision()`."""

from collections import Counter

from django.utils.text import slugify

from entries.models import (
    GAP,
    Entry,
    EntryKind,
    LegendTag,
    RenderContext,
    Section,
    SectionAlias,
    SectionKind,
)
from guide_site.core import markdown

# Words of a heading that tell what kind of section it is; the first that occurs counts.
_KINDS = [
    ("gotcha", SectionKind.GOTCHAS),
    ("limitation", SectionKind.GOTCHAS),
    ("tips", SectionKind.TIPS),
    ("basics", SectionKind.BASICS),
    ("alternative", SectionKind.ALTERNATIVES),
    ("lock-in", SectionKind.ALTERNATIVES),
    ("cost", SectionKind.COST),
    ("pricing", SectionKind.COST),
    ("billing", SectionKind.COST),
]


class Report:
    """What an import did, for the person who ran it."""

    def __init__(self, guide):
        entries = list(guide.walk())
        listed = [entry for entry in entries if entry.is_listed]
        self.sections = len(guide.sections)
        self.kinds = Counter(entry.kind for entry in entries)
        self.tagged = sum(bool(entry.signs) for entry in listed)
        self.kept = sum(entry.kind == EntryKind.KEPT for entry in listed)
        self.signs = Counter(sign for entry in entries for sign in entry.signs)
        self.bullets = len(listed)
        self.notes = list(guide.notes)
        self.links = self.internal = 0

    def lines(self):
        """The report as sentences."""
        yield f"{self.sections} sections (headings)"
        yield f"{self.bullets} bullets, {self.tagged} of them with a legend tag"
        if self.kept:
            yield f"    {self.kept} of them a hand-made table of contents: kept, not shown"
        others = [
            f"{count} {EntryKind(kind).label.lower()}"
            for kind, count in sorted(self.kinds.items())
            if kind not in (EntryKind.BULLET, EntryKind.STEP, EntryKind.KEPT)
        ]
        if others:
            yield "other entries: " + ", ".join(others)
        if self.signs:
            yield "legend tags: " + ", ".join(f"{s} {n}" for s, n in self.signs.most_common())
        yield f"{self.links} links, {self.internal} of them within the guide"
        for line, note in self.notes:
            yield f"line {line}: {note}"


def write(guide, *, progress=lambda entries: entries):
    """Add a parsed guide to an empty database and return the Report.

    progress: called with the list of parsed top entries; what it returns is iterated over
    """
    report = Report(guide)
    tags = _legend(guide)
    sections = _sections(guide, tags)
    context = RenderContext.current()
    pairs = [(sections[id(s)], entry) for s in guide.sections for entry in s.entries]
    places = Counter()
    for section, parsed in progress(pairs):
        places[section.pk] += GAP
        _entry(parsed, section, None, places[section.pk], tags, context)
    _count_links(guide, context, report)
    return report


def _legend(guide):
    """All known legend tags by sign, after adding those that only the file knows."""
    tags = {tag.sign: tag for tag in LegendTag.objects.all()}
    for sign, meaning in guide.legend:
        if sign not in tags:
            tags[sign] = _legend_tag(sign, meaning, position=(len(tags) + 1) * GAP)
    return tags


def _legend_tag(sign, meaning, position):
    words = meaning.replace("“", "").replace("”", "")
    for end in (" (", ":", ";", ","):
        words = words.split(end)[0]
    label = words if len(words) <= 40 else words[:40].rsplit(" ", 1)[0]
    slug = _free(slugify(label)[:36] or f"sign-{ord(sign[0]):x}", LegendTag.objects)
    tag = LegendTag(
        slug=slug, sign=sign, label=label or sign, meaning=meaning[:300], position=position
    )
    tag.save()
    return tag


def _sections(guide, tags):
    """The sections of the file by identity of their parsed form, with their aliases."""
    titles = Counter(markdown.anchor(section.title) for section in guide.sections)
    made, above, places = {}, [], Counter()
    for parsed in guide.sections:
        while above and above[-1][0] >= parsed.level:
            above.pop()
        parent = above[-1][1] if above else None
        key = parent.pk if parent else None
        places[key] += GAP
        section = Section(
            parent=parent,
            title=parsed.title,
            slug=_slug(parsed, parent, titles),
            kind=_kind(parsed.title),
            position=places[key],
            verbatim=parsed.verbatim,
        )
        section.save()
        section.tags.set([tags[sign] for sign in parsed.signs if sign in tags])
        made[id(parsed)] = section
        above.append((parsed.level, section))
    _aliases(guide, made)
    return made


def _slug(parsed, parent, titles):
    """Its anchor; under a heading that occurs more than once, with the parent's in front."""
    own = markdown.anchor(parsed.title).strip("-") or "section"
    if titles[markdown.anchor(parsed.title)] > 1 and parent:
        own = f"{parent.slug}-{own}"
    return _free(own[:190], Section.objects)


def _aliases(guide, made):
    """Anchors as GitHub made them stay valid where the slug differs."""
    taken = {section.slug for section in made.values()}
    for parsed in guide.sections:
        if parsed.anchor not in taken:
            taken.add(parsed.anchor)
            if not SectionAlias.objects.filter(slug=parsed.anchor).exists():
                SectionAlias(section=made[id(parsed)], slug=parsed.anchor[:300]).save()


def _free(slug, rows):
    """`slug`, or the first of slug-2, slug-3 … that no row has."""
    candidate, number = slug, 1
    while rows.filter(slug=candidate).exists():
        number += 1
        candidate = f"{slug}-{number}"
    return candidate


def _kind(title):
    words = title.lower()
    return next((kind for word, kind in _KINDS if word in words), SectionKind.GENERAL)


def _entry(parsed, section, parent, position, tags, context):
    entry = Entry(
        section=section,
        parent=parent,
        kind=parsed.kind,
        body=parsed.body,
        position=position,
        verbatim=parsed.verbatim,
    )
    entry.save(context=context)
    if found := [tags[sign] for sign in parsed.signs if sign in tags]:
        entry.tags.set(found)
    for number, child in enumerate(parsed.children, start=1):
        _entry(child, section, entry, number * GAP, tags, context)


def _count_links(guide, context, report):
    for entry in guide.walk():
        targets = markdown.link_targets(entry.body)
        report.links += len(targets)
        for target in targets:
            if target.startswith("#"):
                report.internal += 1
                if target[1:] not in context.anchors:
                    note = f"a link to “{target}”, which is no heading"
                    report.notes.append((entry.line, note))
    report.notes.sort()
