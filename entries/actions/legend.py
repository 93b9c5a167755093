"""Writes to the legend. Callers hold `history.revision()`."""

import re

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from entries.actions.positions import free_position
from entries.actions.retiring import mark_restored, mark_retired
from entries.models import Entry, LegendTag
from guide_site.core import addresses

# Letters, digits, blanks and the marks of Markdown would turn words of texts into signs.
_IS_SIGN = re.compile(r"[^\w\s!-/:-@\[-`{-~]+")


def add_legend_tag(*, sign, label, meaning="", after=None):
    """Add a sign to the legend: after the tag `after`, or at the end."""
    tag = LegendTag(sign=sign, label=label, meaning=meaning)
    if not _IS_SIGN.fullmatch(sign):
        raise ValidationError({"sign": "A sign is one picture, such as ❗: no letters or blanks."})
    for other in LegendTag.objects.all():
        if other.key == tag.key:
            state = "was retired: restore it instead" if other.retired_at else "has it already"
            raise ValidationError({"sign": f"The legend tag “{other.label}” {state}."})
    tag.slug = free_slug(label, sign)
    tag.position = free_position(LegendTag.objects.all(), after)
    return _saved(tag)


def edit_legend_tag(tag, *, label=None, meaning=None):
    """Say otherwise what a sign means. The sign itself stays: it stands in the texts."""
    tag.label = tag.label if label is None else label
    tag.meaning = tag.meaning if meaning is None else meaning
    return _saved(tag)


def move_legend_tag(tag, *, after=None):
    """Put a tag elsewhere in the legend: after the tag `after`, or at the end."""
    tag.position = free_position(LegendTag.objects.exclude(pk=tag.pk), after)
    tag.save()
    return tag


def retire_legend_tag(tag, *, because):
    """Take a sign that nothing carries any more out of the legend."""
    entries = tag.entries.live().count()
    if entries or tag.sections.live().exists():
        carry = f"{entries} entr{'y carries' if entries == 1 else 'ies carry'} it"
        raise ValidationError(f"The legend tag is in use: {carry if entries else 'by a section'}.")
    mark_retired(tag, because)
    return _saved(tag)


def restore_legend_tag(tag):
    """Bring a retired sign back to its place in the legend."""
    mark_restored(tag)
    return _saved(tag)


def free_slug(label: str, sign: str) -> str:
    """A slug for a new legend tag: from its label, or from its sign if the label has no letters."""
    wanted = slugify(label)[:36] or f"sign-{ord(sign[0]):x}"
    return addresses.free_slug(wanted, lambda slug: LegendTag.objects.filter(slug=slug).exists())


def _saved(tag):
    """Check and save; then the HTML of the texts that hold the sign is made anew."""
    tag.full_clean(validate_unique=False, validate_constraints=False)
    tag.save()
    Entry.objects.filter(body__contains=tag.key).rerender()
    return tag
