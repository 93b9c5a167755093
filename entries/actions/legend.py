"""Writes to the legend. Callers hold `history.revision()`."""

import re

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from entries.actions.positions import First, free_position
from entries.actions.retiring import mark_restored, mark_retired
from entries.models import Entry, LegendTag
from guide_site.core import addresses, emoji

# Letters, digits, blanks and the marks of Markdown would turn words of texts into signs.
NO_SIGN = "A sign is one picture, such as ❗: no letters or blanks."
_IS_SYMBOL = re.compile(r"[^\w\s!-/:-@\[-`{-~]")


def is_sign(text: str) -> bool:
    """True for what may be a sign: one picture, or one symbol that is no mark of Markdown."""
    return emoji.is_picture(text) or _IS_SYMBOL.fullmatch(emoji.bare(text)) is not None


def add_legend_tag(
    *,
    sign: str,
    label: str,
    meaning: str = "",
    slug: str = "",
    after: LegendTag | First | None = None,
) -> LegendTag:
    """Add a sign to the legend.

    sign   one picture, such as ❗
    slug   "" for one from the label
    after  the tag to follow, FIRST, or None for the end
    """
    tag = LegendTag(sign=sign, label=label, meaning=meaning)
    if not is_sign(sign):
        raise ValidationError({"sign": NO_SIGN})
    for other in LegendTag.objects.all():
        if other.key == tag.key:
            state = "was retired: restore it instead" if other.retired_at else "has it already"
            raise ValidationError({"sign": f"The legend tag “{other.label}” {state}."})
    tag.slug = slug or free_slug(label, sign)
    tag.position = free_position(LegendTag.objects.all(), after)
    return _saved(tag)


def edit_legend_tag(
    tag: LegendTag, *, label: str | None = None, meaning: str | None = None
) -> LegendTag:
    """Change the label or the meaning of a tag. Its sign is fixed, because texts contain it."""
    tag.label = tag.label if label is None else label
    tag.meaning = tag.meaning if meaning is None else meaning
    return _saved(tag)


def move_legend_tag(tag: LegendTag, *, after: LegendTag | First | None = None) -> LegendTag:
    """Put a tag elsewhere in the legend: after the tag `after`, FIRST, or at the end (None)."""
    tag.position = free_position(LegendTag.objects.exclude(pk=tag.pk), after)
    tag.save()
    return tag


def retire_legend_tag(tag: LegendTag, *, because: str) -> LegendTag:
    """Take a sign that no entry and no section carries any more out of the legend."""
    entries = tag.entries.live().count()
    if entries or tag.sections.live().exists():
        carry = f"{entries} entr{'y carries' if entries == 1 else 'ies carry'} it"
        raise ValidationError(f"The legend tag is in use: {carry if entries else 'by a section'}.")
    mark_retired(tag, because)
    return _saved(tag)


def restore_legend_tag(tag: LegendTag) -> LegendTag:
    """Bring a retired sign back to its place in the legend."""
    mark_restored(tag)
    return _saved(tag)


def free_slug(label: str, sign: str) -> str:
    """A slug for a new legend tag: from its label, or from its sign if the label has no letters."""
    wanted = slugify(label)[:36] or f"sign-{ord(sign[0]):x}"
    return addresses.free_slug(wanted, lambda slug: LegendTag.objects.filter(slug=slug).exists())


def _saved(tag: LegendTag) -> LegendTag:
    """Check and save a tag, then render the texts that hold its sign again."""
    tag.full_clean(validate_unique=False, validate_constraints=False)
    tag.save()
    Entry.objects.filter(body__contains=emoji.rarest(tag.key)).rerender()
    return tag
