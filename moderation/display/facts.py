"""The fields of sections, services, cells and legend tags in words, and how they change."""

from functools import cached_property
from typing import NamedTuple

from entries.models import Section, SectionKind
from guide_site.core import words
from moderation.models import Operation, Subject
from services.models import Availability, Provider, Service, ServiceGroup

FIELDS = {
    Subject.ENTRY: {"kind": "Kind"},
    Subject.SECTION: {"title": "Title", "kind": "Kind"},
    Subject.SERVICE: {
        "name": "Name",
        "full_name": "Full name",
        "provider": "Provider",
        "group": "Group",
        "summary": "Summary",
        "section": "Section",
        "released": "First release",
        "availability": "Availability",
        "availability_uncertain": "Uncertain",
        "note": "Note",
        "homepage_url": "Home page",
        "docs_url": "Documentation",
        "pricing_url": "Pricing",
        "faq_url": "FAQ",
        "release_notes_url": "Release notes",
    },
    Subject.OFFERING: {
        "row": "New row",
        "name": "Name",
        "url": "Link",
        "service": "Service",
        "note": "Note",
        "uncertain": "Uncertain",
    },
    Subject.LEGEND_TAG: {"sign": "Sign", "label": "Label", "meaning": "Meaning"},
}
_OTHERS = {
    "body": "Text",
    "tags": "Legend tags",
    "parent": "Place",
    "section": "Section",
    "nested": "Nested under it",
}


class Fact(NamedTuple):
    """One field that a change touches: its label, and its difference word by word."""

    label: str
    pieces: list


class Names:
    """What the values of fields are called; each table is read once, when it is needed."""

    @cached_property
    def _provider(self):
        return dict(Provider.objects.values_list("slug", "name"))

    @cached_property
    def _group(self):
        return dict(ServiceGroup.objects.values_list("slug", "name"))

    @cached_property
    def _service(self):
        return dict(Service.objects.values_list("slug", "name"))

    @cached_property
    def _section(self):
        return dict(Section.objects.values_list("pk", "title"))

    def said(self, subject, name, value):
        """The value of the field `name`, in words."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if value is None or value == "":
            return ""
        if isinstance(value, dict):
            return "what this proposal adds"
        if name == "kind" and subject == Subject.SECTION:
            return SectionKind(value).label
        if name == "availability":
            return Availability(value).label
        if name in ("provider", "group", "service", "section"):
            return getattr(self, f"_{name}").get(value, str(value))
        return str(value)


def label_of(subject, name):
    """What a field is called."""
    return FIELDS[subject].get(name) or _OTHERS.get(name) or name.replace("_", " ").capitalize()


def facts_of(change, names):
    """The fields that a change touches, as Facts; for an emptied cell all that it held."""
    subject, base, proposed = change.subject, change.base, change.proposed
    if change.operation == Operation.RETIRE:
        proposed = dict.fromkeys(base, "") if subject == Subject.OFFERING else {}
    found = []
    for name, label in FIELDS[subject].items():
        if name not in proposed or (subject == Subject.ENTRY and not base):
            continue
        old, new = (names.said(subject, name, side.get(name)) for side in (base, proposed))
        if old != new and not (change.operation == Operation.ADD and new == "no"):
            found.append(Fact(label, words.fold(words.difference(old, new))))
    return found
