"""The OpenAPI document, made from the same table as the responses."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from entries.models import Guide
from guide_site.public.api import resources
from guide_site.public.api.endpoints import ENDPOINTS, Endpoint, Key, endpoints_of
from guide_site.public.api.shapes import Schema, Shape, text, texts

_WORD: Schema = {"type": "string", "minLength": 1}
_KEYS: dict[str, Schema] = {"int": {"type": "integer", "minimum": 1}, "str": _WORD}
_PROBLEM = Shape(
    "Problem",
    "Why a request was refused.",
    {
        "error": text("error", "A sentence for people."),
        "parameters": texts("parameters", "The query parameters that are to blame, if any."),
    },
)


def document(site: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of the API at `site` (scheme and host)."""
    guide, paths = Guide.current(), dict[str, Any]()
    for endpoint in endpoints_of(guide):
        paths[f"/api/{endpoint.name}/"] = {"get": _list(endpoint)}
        if endpoint.key:
            path = f"/api/{endpoint.name}/{{{endpoint.key.field}}}/"
            paths[path] = {"get": _single(endpoint, endpoint.key)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": str(guide),
            "version": "1",
            "description": (
                "Everything that is published, to read. An answer carries an ETag, which stays the "
                "same until the next published change: send it as If-None-Match. A parameter that "
                "is left empty counts as not given; one that does not exist is refused."
            ),
            **_license(guide),
        },
        "servers": [{"url": site}],
        "security": [],
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _license(guide: Guide) -> dict[str, Any]:
    """What the document says of the licence of the text, and of the contact."""
    known: dict[str, Any] = {}
    if guide.licence:
        address = {"url": guide.licence_url} if guide.licence_url else {}
        known["license"] = {"name": guide.licence} | address
    if guide.contact:
        known["contact"] = {"url" if "://" in guide.contact else "email": guide.contact}
    return known


def _list(endpoint: Endpoint) -> dict[str, Any]:
    """The operation that gets a page of a list."""
    page = {"$ref": f"#/components/schemas/{endpoint.shape.name}Page"}
    return {
        "operationId": f"list_{endpoint.name}",
        "summary": endpoint.summary,
        "tags": [endpoint.name],
        "parameters": [parameter(name, field) for name, field in endpoint.parameters.items()],
        "responses": _responses(page, 400, 404),
    }


def _single(endpoint: Endpoint, key: Key) -> dict[str, Any]:
    """The operation that gets a single row."""
    schema = _KEYS[key.converter]
    parameter = {"name": key.field, "in": "path", "required": True, "schema": schema}
    return {
        "operationId": f"get_{endpoint.name}",
        "summary": endpoint.shape.doc,
        "tags": [endpoint.name],
        "parameters": [parameter],
        "responses": _responses(endpoint.shape.ref, 400, 404),
    }


def parameter(name: str, field: forms.Field) -> dict[str, Any]:
    """The query parameter that a form field reads."""
    schema = _schema(field)
    described = {"name": name, "in": "query", "required": False, "schema": schema}
    if words := field.help_text or field.label:
        described["description"] = str(words)
    if schema["type"] == "array":
        described |= {"style": "form", "explode": True}
    return described


def _schema(field: forms.Field) -> Schema:
    if isinstance(field, forms.IntegerField):
        return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
    if isinstance(field, forms.MultipleChoiceField):
        return {"type": "array", "items": _WORD} | _limit(field, "maxItems")
    known = [value for value, _ in getattr(field, "choices", ()) if value]
    return {"type": "string", "enum": known} if known else _WORD | _limit(field, "maxLength")


def _limit(field: forms.Field, name: str) -> Schema:
    """The greatest length that the validators of the field allow, as the keyword `name`."""
    limits = [v.limit_value for v in field.validators if isinstance(v, MaxLengthValidator)]
    return {name: min(limits)} if limits else {}


def _page(endpoint: Endpoint) -> Schema:
    """The schema of a page of a list."""
    facts = {name: fact.schema for name, fact in endpoint.facts.items()}
    link: Schema = {"type": ["string", "null"], "format": "uri"}
    return {
        "type": "object",
        "properties": {
            "count": {"type": "integer", "description": "Rows of all pages."},
            "next": link | {"description": "Address of the next page."},
            "previous": link | {"description": "Address of the page before."},
            **facts,
            "results": {"type": "array", "items": endpoint.shape.ref},
        },
        "required": ["count", "next", "previous", *facts, "results"],
        "additionalProperties": False,
    }


def _responses(schema: Schema, *problems: int) -> dict[str, Any]:
    """The responses of an operation: the rows, and a problem for each of these status codes."""
    words = {400: "A query parameter is not valid.", 404: "Not found."}
    responses: dict[str, Any] = {
        "200": {"description": "Found.", "content": {"application/json": {"schema": schema}}},
        "304": {"description": "Nothing was published since the ETag that was sent."},
    }
    for status in problems:
        content = {"application/json": {"schema": _PROBLEM.ref}}
        responses[str(status)] = {"description": words[status], "content": content}
    return responses


def _schemas() -> dict[str, Schema]:
    listed = [shape for shape in vars(resources).values() if isinstance(shape, Shape)]
    shapes = [_PROBLEM, *listed]
    pages = {f"{endpoint.shape.name}Page": _page(endpoint) for endpoint in ENDPOINTS}
    return {shape.name: shape.schema for shape in shapes} | pages
