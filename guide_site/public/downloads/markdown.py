"""Parts of the guide as Markdown, without what the site hides.

The whole guide is what `entries.exporting.export()` writes, exact to the byte. A part is for
reading: no hand-made contents, no lines back to the top, nothing retired, and the link
definitions that it needs.
"""

import re

from entries.markdown import source_lines
from entries.markdown.writer import Writer
from entries.models import Entry, EntryKind, LegendTag, Section
from entries.reading.tree import Tree, attach_tags, nest
from services.tables.exporting import table_sources

_DEFINITION = re.compile(r"(\[[^\]]+\]:) <.*>(?: \".*\")?", re.S)


def of_section(section):
    """A section and all below it. Four queries."""
    nodes = list(Tree(Section.objects.shown()).nodes[section.pk].walk())
    sections = [node.section for node in nodes]
    tagged = (Section, sections, {"section__in": sections})
    below, writer = _read(tagged, section__in=sections)
    for node in nodes:
        writer.heading(node)
        writer.entries(_shown(nest(below.get(node.section.pk, []))))
    return _with_definitions(writer.text(), [entry for rows in below.values() for entry in rows])


def of_entry(entry):
    """The lines of a live entry and of what is nested in it, from the margin. Three queries."""
    below, writer = _read(section=entry.section_id)
    nest(below[entry.section_id])
    found = next(row for row in below[entry.section_id] if row.pk == entry.pk)
    writer.entries(_shown([found]))
    lines = source_lines.split(writer.text().lstrip("\ufeff"))
    while not lines[0].strip():
        del lines[0]
    margin = source_lines.indent(lines[0])
    text = "".join(source_lines.dedent(line, margin) for line in lines)
    return _with_definitions(text.rstrip() + writer.default.eol, _family(found))


def of_service(service, alternatives):
    """The facts of a service that has no section.

    alternatives   offerings of others for the same capabilities, with capability and provider
    """
    signs = "".join(tag.sign for tag in service.tags.all())
    full_name = service.full_name if service.full_name != service.name else ""
    summary = [f"**{_escape(full_name)}.**" if full_name else "", _escape(service.summary)]
    facts = [f"- {label}: {_escape(fact)}" for label, fact in _facts(service, alternatives)]
    links = [f"- [{label}](<{address}>)" for label, address in _links(service)]
    parts = [
        f"# {signs} {service.name}" if signs else f"# {service.name}",
        " ".join(filter(None, summary)),
        "\n".join([*facts, *links]),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _read(*others, **condition):
    """Entries by section, and a writer for them: three queries. others: more rows to tag."""
    entries = list(Entry.objects.filter(**condition))
    of_entries = {f"entry__{name}": value for name, value in condition.items()}
    attach_tags((Entry, entries, of_entries), *others)
    below = {}
    for entry in entries:
        below.setdefault(entry.section_id, []).append(entry)
    return below, Writer(LegendTag.objects.all(), entries, table_sources())


def _shown(entries):
    """Without what is kept only for the export, unless something is nested in it."""
    for entry in entries:
        entry.nested = _shown(entry.nested)
    return [entry for entry in entries if entry.kind != EntryKind.KEPT or entry.nested]


def _family(entry):
    yield entry
    for nested in entry.nested:
        yield from _family(nested)


def _with_definitions(text, entries):
    """Add the link definitions that stand elsewhere in the file: bodies carry those they use."""
    found = {}
    for entry in entries:
        if entry.is_live and entry.kind not in (EntryKind.CODE, EntryKind.KEPT):
            for line in entry.body.rpartition("\n\n")[2].split("\n"):
                if (match := _DEFINITION.fullmatch(line)) and match[1] not in text.lower():
                    found[match[1]] = line
    return "\n".join([text.rstrip("\n"), "", *found.values(), ""]) if found else text


def _facts(service, alternatives):
    """(label, words) of what is known."""
    if service.group:
        yield "Group", service.group.name
    if service.released:
        yield "First release", service.released_words
    unsure = " (uncertain)" if service.availability_uncertain else ""
    yield "Availability", service.get_availability_display() + unsure
    if service.note:
        yield "Note", service.note
    elsewhere = {}
    for offer in alternatives:
        words = f"{offer.name}{'?' * offer.uncertain} ({offer.provider.name})"
        elsewhere.setdefault(offer.capability.name, []).append(words)
    for capability, offers in elsewhere.items():
        yield f"{_escape(capability)} elsewhere", ", ".join(offers)


def _links(service):
    named = {
        "Home page": service.homepage_url,
        "Documentation": service.docs_url,
        "Pricing": service.pricing_url,
        "FAQ": service.faq_url,
        "Release notes": service.release_notes_url,
    }
    return [pair for pair in named.items() if pair[1]]


def _escape(words):
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", " ".join(words.split()))
