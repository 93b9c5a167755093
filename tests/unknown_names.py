"""A template of ours that reads an unknown name fails the test that renders it.

Django itself prints nothing in place of it, so that a name that was misspelt, or renamed
elsewhere, goes unnoticed. Templates of libraries are left alone: they rely on it.
"""

import sys
from pathlib import Path
from types import FrameType
from typing import Any

from django.forms import BaseForm
from django.template.base import FilterExpression, Node, Variable, VariableDoesNotExist
from django.template.context import Context

OURS = str(Path(__file__).resolve().parent.parent / "templates") + "/"
APPS = {"guide_site", "entries", "services", "moderation", "tests"}
_resolve = Variable.resolve


class UnknownName(BaseException):
    """A template of ours reads what is not there. No `except Exception` of a template hides it."""


class RaisesIfUnknown(str):
    """The setting `string_if_invalid`: false, and nothing to print, but not in our templates."""

    __slots__ = ()

    def __bool__(self) -> bool:
        """Django asks this where a template prints an unknown name or gives it to a tag."""
        caller = sys._getframe(1)
        if caller.f_code is FilterExpression.resolve.__code__:
            _refuse(caller.f_locals["self"].var, caller)
        return False

    def __str__(self) -> str:
        """Django asks this where a template prints a relation or method that has no value."""
        _refuse("a relation or method without a value", sys._getframe(1))
        return ""


def resolve_strictly(variable: Variable, context: Context) -> Any:
    """`Variable.resolve` that also refuses `{% if row.unknown %}`, if the row is ours.

    A partial may do without a name (`{% if unknown %}`), and a form without a field.
    """
    try:
        return _resolve(variable, context)
    except VariableDoesNotExist as missing:
        _, owner = missing.params
        if _is_ours(owner) and not isinstance(owner, BaseForm):
            _refuse(variable, sys._getframe(1))
        raise


def _is_ours(owner: object) -> bool:
    """True for an object of a class of this project or of its tests."""
    return type(owner).__module__.split(".")[0] in APPS


def _refuse(name: object, frame: FrameType | None) -> None:
    """Raise UnknownName if the template that is rendered in `frame` is ours."""
    while frame:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and (origin := getattr(node, "origin", None)):
            if str(origin).startswith(OURS):
                raise UnknownName(f"{str(origin).removeprefix(OURS)} reads {name}")
            return
        frame = frame.f_back
