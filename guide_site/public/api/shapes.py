"""Shapes: what an answer of the API holds. One table makes the answer and its JSON schema.

A Field is read from a row with `value(row, guide)`, where `guide` is the Guide of the request.
"""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any


@dataclass(frozen=True)
class Field:
    """One property of an answer: its JSON schema, and how it is read from a row."""

    schema: dict
    value: Callable


@dataclass(frozen=True)
class Shape:
    """An object of an answer: a name for the schema, what it is, and its fields."""

    name: str
    doc: str
    fields: dict

    @property
    def ref(self):
        """Where the schema of this shape is found in the OpenAPI document."""
        return {"$ref": f"#/components/schemas/{self.name}"}

    @property
    def schema(self):
        """The JSON schema: every field is always there, and no other."""
        return {
            "type": "object",
            "description": self.doc,
            "properties": {name: field.schema for name, field in self.fields.items()},
            "required": list(self.fields),
            "additionalProperties": False,
        }

    def data(self, row, guide):
        """The answer for a row."""
        return {name: field.value(row, guide) for name, field in self.fields.items()}


def within(name: str, fields: dict[str, Field]) -> dict[str, Field]:
    """The same fields, read from the attribute `name` of a row instead of the row itself."""

    def read(field: Field) -> Callable[[Any, Any], Any]:
        return lambda row, guide: field.value(getattr(row, name), guide)

    return {key: Field(field.schema, read(field)) for key, field in fields.items()}


def text(get, doc, **schema):
    """Text that is always there, if only empty."""
    return Field({"type": "string", "description": doc} | schema, _reader(get))


def text_or_null(get, doc, **schema):
    """Text; null where there is none."""
    read = _reader(get)
    schema = {"type": ["string", "null"], "description": doc} | schema
    return Field(schema, lambda row, guide: read(row, guide) or None)


def number(get, doc):
    return Field({"type": "integer", "description": doc}, _reader(get))


def number_or_null(get, doc):
    return Field({"type": ["integer", "null"], "description": doc}, _reader(get))


def yes_or_no(get, doc):
    return Field({"type": "boolean", "description": doc}, _reader(get))


def texts(get, doc):
    """A list of texts."""
    schema = {"type": "array", "description": doc, "items": {"type": "string"}}
    return Field(schema, _reader(get))


def address(get, doc="Its page."):
    """An address of this site; `get` reads its path."""
    read = _reader(get)
    schema = {"type": "string", "format": "uri", "description": doc}
    return Field(schema, lambda row, guide: guide.site + read(row, guide))


def one(shape, get, doc):
    """An object of another shape, or null."""
    read = _reader(get)

    def value(row, guide):
        found = read(row, guide)
        return None if found is None else shape.data(found, guide)

    return Field({"anyOf": [shape.ref, {"type": "null"}], "description": doc}, value)


def many(shape, get, doc):
    """A list of objects of another shape."""
    read = _reader(get)
    return Field(
        {"type": "array", "description": doc, "items": shape.ref},
        lambda row, guide: [shape.data(found, guide) for found in read(row, guide)],
    )


def _reader(get):
    """How a value is read: dotted names of the row, or a function of (row, guide)."""
    if callable(get):
        return get
    read = attrgetter(get)
    return lambda row, guide: read(row)
