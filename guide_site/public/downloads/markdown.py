"""Parts of the guide as Markdown, without what the site hides.

`entries.markdown.writer.export()` writes the whole guide, exact to the byte. A part is for
reading: without hand-made contents, lines back to the top and what is retired, and with the
link definitions that it needs.
"""

import re
from collections.abc import Iterable, Iterator

from entries.markdown import source_lines
from entries.markdown.writer import Writer
from entries.models import Entry, LegendTag, Section
from entries.reading.lines import by_section, nest, walk, without_kept
from entries.reading.tags import TagsOf, read_tags, tags_in
from entries.reading.tree import Tree
from guide_site.core import definitions
from services.models import Offering, Service


def of_section(section: Section) -> str:
    """A section and all below it. Four queries, and one for definitions."""
    nodes = list(Tree(Section.objects.shown()).nodes[section.pk].walk())
    pks = [node.section.pk for node in nodes]
    entries = list(Entry.objects.filter(section__in=pks))
    of_entries, of_sections = read_tags(*tags_in(nodes))
    lines = by_section(entries, of_entries)
    writer = _writer(entries)
    for node in nodes:
        writer.heading(node, of_sections.get(node.section.pk, ()))
        writer.entries(without_kept(lines.get(node.section.pk, ())))
    return _with_definitions(writer.text())


def of_entry(entry: Entry) -> str:
    """The lines of a live entry and of those nested in it, unindented.

    Three queries, and one for definitions.
    """
    entries = list(Entry.objects.filter(section=entry.section_id))
    (tags,) = read_tags(TagsOf(Entry, section=entry.section_id))
    own = next(line for line, _ in walk(nest(entries, tags)) if line.row.pk == entry.pk)
    writer = _writer(entries)
    writer.entries(without_kept([own]))
    lines = source_lines.split(writer.text().lstrip("\ufeff"))
    while not lines[0].strip():
        del lines[0]
    margin = source_lines.indent(lines[0])
    text = "".join(source_lines.dedent(line, margin) for line in lines)
    return _with_definitions(text.rstrip() + writer.default.eol)


def of_service(service: Service, alternatives: Iterable[Offering]) -> str:
    """The facts of a service that has no section.

    alternatives  offerings of others for the same capabilities, with capability and provider
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


def _writer(entries: list[Entry]) -> Writer:
    return Writer(LegendTag.objects.all(), entries)


def _with_definitions(text: str) -> str:
    """Add the link definitions and footnotes from elsewhere in the guide that `text` uses."""
    missing = definitions.used_labels(text) - definitions.defined(text).labels
    if not missing:
        return text
    added: dict[str, str] = {}
    for entry in Entry.objects.that_define():
        found = definitions.defined(entry.body)
        for label in missing & found.labels:
            is_note = definitions.is_note(label)
            line = entry.body if is_note else definitions.as_line(label, found.links[label])
            added.setdefault(label, line)
    lines = dict.fromkeys(added.values())
    return "\n".join([text.rstrip("\n"), "", *lines, ""]) if lines else text


def _facts(service: Service, alternatives: Iterable[Offering]) -> Iterator[tuple[str, str]]:
    """Pairs (label, words) of the known facts."""
    if service.group:
        yield "Group", service.group.name
    if service.released:
        yield "First release", service.released_words
    unsure = " (uncertain)" if service.availability_uncertain else ""
    yield "Availability", service.get_availability_display() + unsure
    if service.note:
        yield "Note", service.note
    by_capability: dict[str, list[str]] = {}
    for offer in alternatives:
        words = f"{offer.name}{'?' * offer.uncertain} ({offer.provider.name})"
        by_capability.setdefault(offer.capability.name, []).append(words)
    for capability, offers in by_capability.items():
        yield f"{_escape(capability)} elsewhere", ", ".join(offers)


def _links(service: Service) -> list[tuple[str, str]]:
    """Pairs (label, address)."""
    named = {
        "Home page": service.homepage_url,
        "Documentation": service.docs_url,
        "Pricing": service.pricing_url,
        "FAQ": service.faq_url,
        "Release notes": service.release_notes_url,
    }
    return [pair for pair in named.items() if pair[1]]


def _escape(words: str) -> str:
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", " ".join(words.split()))
