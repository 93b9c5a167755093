"""Shapes of JSON objects: the same table makes the objects and their JSON schemas.

The functions below make a Field of one type each. Their arguments:

get     how to read the value of a row: dotted names of attributes, or a function of (row, guide)
doc     what the value is, for the documentation
schema  further keywords of its JSON schema
"""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeAlias

from guide_site.public.api.guide import Guide

Row: TypeAlias = Any  # whatever a list holds: a row of the database, a node, a line of a page
Schema: TypeAlias = dict[str, Any]  # a JSON schema
Read: TypeAlias = Callable[[Row, Guide], Any]


@dataclass(frozen=True)
class Field:
    """A property of an object: its JSON schema, and how to read its value."""

    schema: Schema
    value: Read


@dataclass(frozen=True)
class Shape:
    """A kind of object: a name for its schema, what it is, and its fields."""

    name: str
    doc: str
    fields: dict[str, Field]

    @property
    def ref(self) -> Schema:
        """A reference to the schema of this shape in the OpenAPI document."""
        return {"$ref": f"#/components/schemas/{self.name}"}

    @property
    def schema(self) -> Schema:
        """The JSON schema: every field is always there, and no other."""
        return {
            "type": "object",
            "description": self.doc,
            "properties": {name: field.schema for name, field in self.fields.items()},
            "required": list(self.fields),
            "additionalProperties": False,
        }

    def data(self, row: Row, guide: Guide) -> dict[str, Any]:
        """The object for a row."""
        return {name: field.value(row, guide) for name, field in self.fields.items()}


def within(name: str, fields: dict[str, Field]) -> dict[str, Field]:
    """The same fields, read from the attribute `name` of a row instead of the row itself."""

    def read(field: Field) -> Read:
        return lambda row, guide: field.value(getattr(row, name), guide)

    return {key: Field(field.schema, read(field)) for key, field in fields.items()}


def text(get: str | Read, doc: str, **schema: Any) -> Field:
    """Text that is always there, but may be empty."""
    return Field({"type": "string", "description": doc} | schema, _reader(get))


def text_or_null(get: str | Read, doc: str, **schema: Any) -> Field:
    """Text; null instead of an empty one."""
    read = _reader(get)
    whole = {"type": ["string", "null"], "description": doc} | schema
    return Field(whole, lambda row, guide: read(row, guide) or None)


def number(get: str | Read, doc: str) -> Field:
    """A whole number."""
    return Field({"type": "integer", "description": doc}, _reader(get))


def number_or_null(get: str | Read, doc: str) -> Field:
    """A whole number, or null."""
    return Field({"type": ["integer", "null"], "description": doc}, _reader(get))


def yes_or_no(get: str | Read, doc: str) -> Field:
    """A boolean."""
    return Field({"type": "boolean", "description": doc}, _reader(get))


def texts(get: str | Read, doc: str) -> Field:
    """A list of texts."""
    schema = {"type": "array", "description": doc, "items": {"type": "string"}}
    return Field(schema, _reader(get))


def address(get: str | Read, doc: str = "Its page.") -> Field:
    """A whole address on this site; `get` reads its path."""
    read = _reader(get)
    schema = {"type": "string", "format": "uri", "description": doc}
    return Field(schema, lambda row, guide: guide.site + read(row, guide))


def one(shape: Shape, get: str | Read, doc: str) -> Field:
    """An object of another shape, or null."""
    read = _reader(get)

    def value(row: Row, guide: Guide) -> dict[str, Any] | None:
        inner = read(row, guide)
        return None if inner is None else shape.data(inner, guide)

    return Field({"anyOf": [shape.ref, {"type": "null"}], "description": doc}, value)


def many(shape: Shape, get: str | Read, doc: str) -> Field:
    """A list of objects of another shape."""
    read = _reader(get)
    return Field(
        {"type": "array", "description": doc, "items": shape.ref},
        lambda row, guide: [shape.data(inner, guide) for inner in read(row, guide)],
    )


def _reader(get: str | Read) -> Read:
    if not isinstance(get, str):
        return get
    read = attrgetter(get)
    return lambda row, guide: read(row)
