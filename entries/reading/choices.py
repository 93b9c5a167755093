"""Sections to choose from: by title, and sections of one title told apart by their paths."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.models import ModelChoiceIterator

from entries.models import Section
from entries.reading.tree import Node, Tree

if TYPE_CHECKING:
    _SectionField = forms.ModelChoiceField[Section]
    _Iterator = ModelChoiceIterator[Section]
else:
    _SectionField, _Iterator = forms.ModelChoiceField, ModelChoiceIterator


def named_sections(sections: Iterable[Section]) -> list[tuple[Section, str]]:
    """Each section with its title, by title: alike on every database, whatever its collation.

    Where several have one title, it stands behind the titles above: “S3 › Basics”. Those come in
    the order of the guide.
    """
    tree = Tree(sections)
    nodes = sorted(tree.walk(), key=lambda node: node.section.title.casefold())
    number = Counter(node.section.title.casefold() for node in nodes)
    return [(node.section, _name(node, number)) for node in nodes]


def _name(node: Node, number: Counter[str]) -> str:
    title = node.section.title
    if number[title.casefold()] == 1:
        return title
    above = [other.section.title for other in node.path if not other.is_title]
    return " › ".join([*above, title])


class SectionIterator(_Iterator):
    """The choices of a field of sections, as `named_sections` has them."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if self.field.empty_label is not None:
            yield "", str(self.field.empty_label)
        for section, name in named_sections(self.queryset):
            yield self.choice(section)[0], name


class SectionChoiceField(_SectionField):
    """A choice of one section, as `named_sections` has them."""

    iterator = SectionIterator
