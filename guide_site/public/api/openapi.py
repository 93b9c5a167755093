"""The OpenAPI document, made from the same table that serves."""

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator

from guide_site.public.api import resources
from guide_site.public.api.endpoints import ENDPOINTS
from guide_site.public.api.shapes import Shape

_WORD = {"type": "string", "minLength": 1}
_KEYS = {"int": {"type": "integer", "minimum": 1}, "str": _WORD}


def document(site):
    """OpenAPI 3.1 for the API at `site` (scheme and host)."""
    paths = {}
    for endpoint in ENDPOINTS:
        paths[f"/api/{endpoint.name}/"] = {"get": _list(endpoint)}
        if endpoint.key:
            paths[f"/api/{endpoint.name}/{{{endpoint.key[1]}}}/"] = {"get": _one(endpoint)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": settings.GUIDE_NAME,
            "version": "1",
            "description": (
                "Everything that is published, to read. An answer carries an ETag, which stays the "
                "same until the next published change: send it as If-None-Match. A parameter that "
                "is left empty counts as not given; one that does not exist is refused."
            ),
            "license": {"name": "CC BY-SA 4.0", "identifier": "CC-BY-SA-4.0"},
        },
        "servers": [{"url": site}],
        "security": [],
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _list(endpoint):
    page = {"$ref": f"#/components/schemas/{endpoint.shape.name}Page"}
    return {
        "operationId": f"list_{endpoint.name}",
        "summary": endpoint.summary,
        "tags": [endpoint.name],
        "parameters": [parameter(name, field) for name, field in endpoint.parameters.items()],
        "responses": _responses(page, 400, 404),
    }


def _one(endpoint):
    converter, name = endpoint.key
    key = {"name": name, "in": "path", "required": True, "schema": _KEYS[converter]}
    return {
        "operationId": f"get_{endpoint.name}",
        "summary": endpoint.shape.doc,
        "tags": [endpoint.name],
        "parameters": [key],
        "responses": _responses(endpoint.shape.ref, 400, 404),
    }


def parameter(name, field):
    """A query parameter, from the form field that reads it."""
    schema = _schema(field)
    found = {"name": name, "in": "query", "required": False, "schema": schema}
    if words := field.help_text or field.label:
        found["description"] = str(words)
    if schema["type"] == "array":
        found |= {"style": "form", "explode": True}
    return found


def _schema(field):
    if isinstance(field, forms.IntegerField):
        return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
    if isinstance(field, forms.MultipleChoiceField):
        return {"type": "array", "items": _WORD} | _limit(field, "maxItems")
    known = [value for value, _ in getattr(field, "choices", ()) if value]
    return {"type": "string", "enum": known} if known else _WORD | _limit(field, "maxLength")


def _limit(field, name):
    """The greatest length that the field's validators allow, under the name of the schema."""
    limits = [v.limit_value for v in field.validators if isinstance(v, MaxLengthValidator)]
    return {name: min(limits)} if limits else {}


def _page(shape):
    link = {"type": ["string", "null"], "format": "uri"}
    return {
        "type": "object",
        "properties": {
            "count": {"type": "integer", "description": "Rows of all pages."},
            "next": link | {"description": "Address of the next page."},
            "previous": link | {"description": "Address of the page before."},
            "results": {"type": "array", "items": shape.ref},
        },
        "required": ["count", "next", "previous", "results"],
        "additionalProperties": False,
    }


def _responses(schema, *problems):
    words = {400: "A query parameter makes no sense.", 404: "There is no such thing."}
    found = {"200": {"description": "Found.", "content": {"application/json": {"schema": schema}}}}
    found["304"] = {"description": "Nothing was published since the ETag that was sent."}
    for status in problems:
        content = {"application/json": {"schema": resources.PROBLEM.ref}}
        found[str(status)] = {"description": words[status], "content": content}
    return found


def _schemas():
    shapes = [shape for shape in vars(resources).values() if isinstance(shape, Shape)]
    pages = {f"{found.shape.name}Page": _page(found.shape) for found in ENDPOINTS}
    return {shape.name: shape.schema for shape in shapes} | pages
