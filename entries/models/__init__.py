"""The guide: sections in a tree, entries in sections, legend tags on both."""

from typing import Final

from entries.models.entries import WITH_TAGS_AND_BELOW, Entry, EntryKind, EntryQuerySet
from entries.models.figures import Figure, Picture
from entries.models.guide import GUIDE, Guide
from entries.models.legend_tags import MEANING, LegendTag
from entries.models.rendering import RenderContext
from entries.models.retiring import Retirable
from entries.models.sections import Section, SectionAlias, SectionKind

GAP: Final = 1024  # between the positions of neighbours, so that an insert writes one row

__all__ = [
    "GAP",
    "GUIDE",
    "MEANING",
    "WITH_TAGS_AND_BELOW",
    "Entry",
    "EntryKind",
    "EntryQuerySet",
    "Figure",
    "Guide",
    "LegendTag",
    "Picture",
    "RenderContext",
    "Retirable",
    "Section",
    "SectionAlias",
    "SectionKind",
]
