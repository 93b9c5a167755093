"""What people type as the text of an entry, as the guide keeps it. Reads the legend only."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError

from entries.markdown import legends, typed
from entries.models import Entry, EntryKind, LegendTag
from guide_site.core import markdown


class TypedText(NamedTuple):
    """A text without the legend signs in front, its kind, and its tags: all signs in it, too."""

    body: str
    kind: str
    tags: list[LegendTag]


def read(
    body: str,
    kind: str,
    tags: Sequence[LegendTag],
    *,
    instead_of: Entry | None = None,
    explains: bool = False,
) -> TypedText:
    """What a text with these tags is in the guide, so that its export reads as the same.

    instead_of  the entry that has it from now on. One that a file brought may hold what would
                not read as one entry when it stands alone: its next text may have that fault
    explains    it is a bullet of the legend, which has its sign in its text and no tag; one
                that begins with a sign already is such a bullet

    Raises ValidationError for a text that would not read as one entry of this kind.
    """
    legend = {tag.key: tag for tag in LegendTag.objects.live()}
    body = typed.cleaned(body)
    if not explains and instead_of is not None and _says(body, legend):
        explains = _explains(instead_of, legend)
    legend = {} if explains else legend
    body, signs = typed.split_signs(body, kind, legend)
    found = [legend[sign] for sign in signs]
    tags = [*tags, *(tag for tag in found if tag not in tags)]
    if not body or kind not in EntryKind.values:
        return TypedText(body, kind, tags)  # the model refuses it
    try:
        leading = [tag.sign for tag in tags]
        kind = typed.kind_in_file(body, kind, signs=leading, legend=legend)
    except typed.NotOneEntry as error:
        if instead_of is None or _fault_of(instead_of, legend) != error.fault:
            raise ValidationError({"body": str(error)}) from None
    return TypedText(body, kind, tags)


def check_length(body: str) -> None:
    """For what people type; an import may bring longer texts. Raises ValidationError."""
    if len(body) > markdown.MAX_LENGTH:
        raise ValidationError({"body": f"Keep it under {markdown.MAX_LENGTH:,} characters."})


def legend_tags(slugs: Collection[str]) -> list[LegendTag]:
    """The LegendTags of these slugs; ValidationError for one that is unknown or retired."""
    tags = list(LegendTag.objects.filter(slug__in=slugs))
    if missing := set(slugs) - {tag.slug for tag in tags}:
        raise ValidationError({"tags": f"Unknown legend tag: {', '.join(sorted(missing))}."})
    if retired := next((tag for tag in tags if tag.retired_at), None):
        words = f"The legend tag “{retired.label}” was retired: {retired.retired_because}"
        raise ValidationError({"tags": words})
    return tags


def refuse_outside_lists(entry: Entry) -> None:
    """Raise ValidationError if an entry that was nested reads as something else outside of lists.

    Below a bullet “## Words” is a text; below none it is the heading of a section.
    """
    if entry.is_listed:
        return
    legend = {tag.key for tag in LegendTag.objects.live()}
    try:
        signs = [tag.sign for tag in entry.tags.all()]
        typed.kind_in_file(entry.body, entry.kind, signs=signs, legend=legend)
    except typed.NotOneEntry as error:
        raise ValidationError(
            f"“{entry.opening_words}” cannot stand outside of a list. {error}"
        ) from None


def _explains(entry: Entry, legend: Collection[str]) -> bool:
    """True for a text of the legend: of any other one, a sign in front is a tag."""
    return _says(entry.body, legend) and not entry.tags.exists()


def _says(body: str, legend: Collection[str]) -> bool:
    """True for a text that would explain a tag in a legend."""
    return any(line.sign in legend for line in legends.said(body))


def _fault_of(entry: Entry, legend: Collection[str]) -> str:
    """Why the text that an entry has in the guide does not read as one entry; "" if it does."""
    was = Entry.objects.get(pk=entry.pk)
    signs = [tag.sign for tag in was.tags.all()]
    legend = () if _explains(was, legend) else legend
    try:
        typed.kind_in_file(was.body, was.kind, signs=signs, legend=legend)
    except typed.NotOneEntry as error:
        return error.fault
    return ""
