"""The table of changes: for each subject and operation, the fields that a change holds.

`Change.base` keeps what the author saw and `Change.proposed` what they make of it. Both are JSON
objects whose keys are the names of the Fields here. Merging, display, email, forms, references,
undo and history read this table, so a field or an operation is declared once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.db.models import Model

from entries.models import Entry, EntryKind, Guide, LegendTag, Section, SectionKind
from moderation.changes.field_types import (
    Definition,
    Field,
    Merge,
    Shown,
    Type,
    UnknownOperation,
    Values,
)
from moderation.models import Operation, Subject
from services.models import Availability, Capability, Provider, Service, ServiceGroup


def _text(name: str, label: str, shown: Shown = Shown.FACT) -> Field:
    return Field(name, label, Type.TEXT, Merge.WORDS, shown)


def _url(name: str, label: str) -> Field:
    return Field(name, label, Type.URL, Merge.WHOLE, Shown.FACT)


def _slug(name: str, label: str, to: type[Model], shown: Shown = Shown.FACT) -> Field:
    return Field(name, label, Type.SLUG, Merge.WHOLE, shown, to=to)


def _flag(name: str, label: str) -> Field:
    return Field(name, label, Type.FLAG, Merge.WHOLE, Shown.FACT)


def _place(name: str, label: str, to: type[Model]) -> Field:
    return Field(name, label, Type.REFERENCE, Merge.PLACE, Shown.PLACE, to=to)


_TAGS = Field("tags", "Legend tags", Type.TAGS, Merge.SET, Shown.TAGS)
# Where a row stood among its siblings: only the base of a move holds it.
_POSITION = Field("position", "Position", Type.NUMBER, Merge.PLACE, Shown.HIDDEN)
_REASON = Field("retired_because", "Reason", Type.TEXT, Merge.PROPOSED, Shown.REASON)

# Entries
_BODY = Field("body", "Text", Type.MARKDOWN, Merge.WORDS, Shown.TEXT)
_KIND = Field("kind", "Kind", Type.CHOICE, Merge.WHOLE, Shown.FACT, choices=EntryKind)
_CHILDREN = Field("children", "Entries under it", Type.CHOICE, Merge.PROPOSED, Shown.HIDDEN)
_NESTED = Field("nested", "Nested under it", Type.TEXTS, Merge.WHOLE, Shown.NESTED)
_REST = Field("rest", "New bullets", Type.BULLETS, Merge.PROPOSED, Shown.BULLETS)
_OTHER = Field("other", "Joined with", Type.REFERENCE, Merge.PROPOSED, Shown.HIDDEN, to=Entry)
_JOINED = Field("joined", "Joined bullet", Type.BULLETS, Merge.WHOLE, Shown.BULLETS)
_ENTRY_CONTENT = (_BODY, _TAGS)
_ENTRY_PLACE = (
    _place("section", "Section", Section),
    _place("parent", "Place", Entry),
    _place("after", "After", Entry),
)
_ENTRY = (*_ENTRY_CONTENT, _KIND, *_ENTRY_PLACE)

# Sections
_SECTION_CONTENT = (
    _text("title", "Title"),
    Field("kind", "Kind", Type.CHOICE, Merge.WHOLE, Shown.FACT, choices=SectionKind),
    _TAGS,
)
_SECTION_PLACE = (
    _place("parent", "Place", Section),
    _place("after", "After", Section),
)
_SECTION = (*_SECTION_CONTENT, *_SECTION_PLACE)

# The catalogue
_SERVICE = (
    _text("name", "Name"),
    _text("full_name", "Full name"),
    _slug("provider", "Provider", Provider),
    _slug("group", "Group", ServiceGroup),
    _text("summary", "Summary"),
    Field("section", "Section", Type.REFERENCE, Merge.WHOLE, Shown.FACT, to=Section),
    Field("released", "First release", Type.DATE, Merge.WHOLE, Shown.FACT),
    Field(
        "availability", "Availability", Type.CHOICE, Merge.WHOLE, Shown.FACT, choices=Availability
    ),
    _flag("availability_uncertain", "Uncertain"),
    _text("note", "Note"),
    _url("homepage_url", "Home page"),
    _url("docs_url", "Documentation"),
    _url("pricing_url", "Pricing"),
    _url("faq_url", "FAQ"),
    _url("release_notes_url", "Release notes"),
    _TAGS,
)
_NEW_ROW = _text("row", "New row")
_NEW_PROVIDER = _text("new_provider", "New provider")
_CELL_CONTENT = (
    _text("name", "Name"),
    _url("url", "Link"),
    _slug("service", "Service", Service),
    _text("note", "Note"),
    _flag("uncertain", "Uncertain"),
)
_CELL_PLACE = (
    Field("capability", "Row", Type.REFERENCE, Merge.WHOLE, Shown.HIDDEN, to=Capability),
    _slug("provider", "Provider", Provider, Shown.HIDDEN),
)
_CELL = (*_CELL_CONTENT, *_CELL_PLACE)

# The legend
_TAG_CONTENT = (_text("sign", "Sign"), _text("label", "Label"), _text("meaning", "Meaning"))
_TAG_PLACE = (_place("after", "After", LegendTag),)

# The guide's own facts
_FACTS = (
    _text("name", "Name"),
    _text("tagline", "Tagline"),
    _text("home_text", "Text of the home page"),
    Field("accent", "Colour", Type.TEXT, Merge.WHOLE, Shown.FACT),
    _text("licence", "Licence"),
    _url("licence_url", "Address of the licence"),
    _text("credit", "Credit"),
    Field("contact", "Contact", Type.TEXT, Merge.WHOLE, Shown.FACT),
    Field("language", "Language", Type.TEXT, Merge.WHOLE, Shown.FACT),
    Field("direction", "Direction", Type.CHOICE, Merge.WHOLE, Shown.FACT, choices=Guide.Direction),
    Field("home_provider", "Home provider", Type.TEXT, Merge.WHOLE, Shown.FACT),
    _flag("has_catalogue", "Catalogue"),
    _text("vendor_words", "Vendor words"),
    _text("synonyms", "Synonyms"),
    _url("source_url", "Source"),
    _url("pictures_url", "Pictures"),
    _text("picture_hosts", "Hosts of pictures"),
)

_ADDED = ("added", (Operation.RETIRE,))
_EDITED = ("edited", (Operation.EDIT, Operation.MOVE))
_MOVED = ("moved", (Operation.MOVE,))
_RETIRED = ("retired", (Operation.RESTORE,))
_RESTORED = ("restored", (Operation.RETIRE,))

TABLE: dict[tuple[Subject, Operation], Definition] = {
    (Subject.ENTRY, Operation.ADD): Definition(_ENTRY, (), *_ADDED),
    (Subject.ENTRY, Operation.EDIT): Definition(_ENTRY, (*_ENTRY, _POSITION), *_EDITED),
    (Subject.ENTRY, Operation.MOVE): Definition(_ENTRY_PLACE, (*_ENTRY_PLACE, _POSITION), *_MOVED),
    (Subject.ENTRY, Operation.RETIRE): Definition(
        (_REASON, _CHILDREN), (*_ENTRY_CONTENT, _NESTED), *_RETIRED
    ),
    (Subject.ENTRY, Operation.RESTORE): Definition(
        _ENTRY_CONTENT, _ENTRY_CONTENT, "restored", (Operation.RETIRE, Operation.JOIN)
    ),
    (Subject.ENTRY, Operation.SPLIT): Definition(
        (*_ENTRY_CONTENT, _REST), _ENTRY_CONTENT, "split", (Operation.EDIT, Operation.RETIRE)
    ),
    (Subject.ENTRY, Operation.JOIN): Definition(
        (*_ENTRY_CONTENT, _OTHER),
        (*_ENTRY_CONTENT, _JOINED),
        "joined",
        (Operation.RESTORE, Operation.EDIT),
    ),
    (Subject.SECTION, Operation.ADD): Definition(_SECTION, (), *_ADDED),
    (Subject.SECTION, Operation.EDIT): Definition(_SECTION, (*_SECTION, _POSITION), *_EDITED),
    (Subject.SECTION, Operation.MOVE): Definition(
        _SECTION_PLACE, (*_SECTION_PLACE, _POSITION), *_MOVED
    ),
    (Subject.SECTION, Operation.RETIRE): Definition((_REASON,), _SECTION, *_RETIRED),
    (Subject.SECTION, Operation.RESTORE): Definition((), _SECTION, *_RESTORED),
    (Subject.SERVICE, Operation.ADD): Definition((_NEW_PROVIDER, *_SERVICE), (), *_ADDED),
    (Subject.SERVICE, Operation.EDIT): Definition(_SERVICE, _SERVICE, *_EDITED),
    (Subject.SERVICE, Operation.RETIRE): Definition(
        (_REASON,), _SERVICE, "retired", (Operation.EDIT,)
    ),
    (Subject.OFFERING, Operation.ADD): Definition((_NEW_ROW, _NEW_PROVIDER, *_CELL), (), *_ADDED),
    (Subject.OFFERING, Operation.EDIT): Definition(_CELL_CONTENT, _CELL, *_EDITED),
    (Subject.OFFERING, Operation.RETIRE): Definition(
        (), _CELL, "removed", (Operation.ADD,), label="Remove"
    ),
    (Subject.LEGEND_TAG, Operation.ADD): Definition((*_TAG_CONTENT, *_TAG_PLACE), (), *_ADDED),
    (Subject.LEGEND_TAG, Operation.EDIT): Definition(
        (*_TAG_CONTENT, *_TAG_PLACE), (*_TAG_CONTENT, *_TAG_PLACE, _POSITION), *_EDITED
    ),
    (Subject.LEGEND_TAG, Operation.MOVE): Definition(
        _TAG_PLACE, (*_TAG_CONTENT, *_TAG_PLACE, _POSITION), *_MOVED
    ),
    (Subject.LEGEND_TAG, Operation.RETIRE): Definition((_REASON,), _TAG_CONTENT, *_RETIRED),
    (Subject.LEGEND_TAG, Operation.RESTORE): Definition((), _TAG_CONTENT, *_RESTORED),
    (Subject.GUIDE, Operation.EDIT): Definition(_FACTS, _FACTS, "edited", (Operation.EDIT,)),
}

# What a version of the object says: the base of a change that is written while it is current.
SNAPSHOTS: dict[Subject, tuple[Field, ...]] = {
    Subject.ENTRY: _ENTRY_CONTENT,
    Subject.SECTION: (*_SECTION_CONTENT, _SECTION_PLACE[0]),
    Subject.SERVICE: _SERVICE,
    Subject.OFFERING: _CELL,
    Subject.LEGEND_TAG: _TAG_CONTENT,
    Subject.GUIDE: _FACTS,
}


def definition(subject: str, operation: str) -> Definition:
    """The row of the table. Raises UnknownOperation if there is none."""
    try:
        return TABLE[Subject(subject), Operation(operation)]
    except (KeyError, ValueError):
        raise UnknownOperation(f"No change can {operation} a {subject}.") from None


@cache
def fields_of(subject: str) -> dict[str, Field]:
    """All fields of changes of one subject by name, in the order in which pages show them."""
    rows = [row for (known, _), row in TABLE.items() if known == subject]
    return {field.name: field for row in rows for field in (*row.proposed, *row.base)}


def names(subject: str, *kinds: Type | Merge | Shown) -> tuple[str, ...]:
    """Names of the fields of one subject that are of one of these types, merges or displays."""
    known = fields_of(subject).values()
    return tuple(f.name for f in known if {f.type, f.merge, f.shown} & set(kinds))


def content(values: Mapping[str, Any], subject: str = Subject.ENTRY) -> Values:
    """What people type, from `values` of a change or a snapshot: an entry's text and legend tags.

    A field that did not exist when the values were stored is left out: it stays as it is.
    """
    typed = (field.name for field in SNAPSHOTS[Subject(subject)] if field.shown != Shown.PLACE)
    return {name: values[name] for name in typed if name in values}
