"""Writes to the sections of the guide. Callers hold `history.revision()`."""

from collections.abc import Collection

from django.core.exceptions import ValidationError

from entries.actions.entries import legend_tags
from entries.actions.positions import First, free_position
from entries.actions.retiring import mark_restored, mark_retired
from entries.models import Entry, Section, SectionAlias, SectionKind
from guide_site.core import addresses, markdown

# Words of a heading that tell what kind of section it is; the first that occurs counts.
_KINDS = [
    ("gotcha", SectionKind.GOTCHAS),
    ("limitation", SectionKind.GOTCHAS),
    ("tips", SectionKind.TIPS),
    ("basics", SectionKind.BASICS),
    ("alternative", SectionKind.ALTERNATIVES),
    ("lock-in", SectionKind.ALTERNATIVES),
    ("cost", SectionKind.COST),
    ("pricing", SectionKind.COST),
    ("billing", SectionKind.COST),
]


def add_section(
    *,
    title: str,
    parent: Section | None = None,
    after: Section | First | None = None,
    kind: str | None = None,
    tags: Collection[str] = (),
) -> Section:
    """Add a section under `parent`, or as a root. The anchor of its title leads to it as well.

    after  the sibling to follow, FIRST, or None for the end
    kind   a value of SectionKind; None for what the title announces
    tags   slugs of legend tags
    """
    _refuse_retired(parent)
    section = Section(title=title, parent=parent, kind=kind or kind_of(title))
    section.slug = free_slug(title)
    section.position = free_position(Section.objects.filter(parent=parent), after)
    _check(section)
    section.save()
    section.tags.set(legend_tags(tags))
    _rerender_links_to(section.slug)
    _add_alias(section, markdown.anchor(title))
    return section


def edit_section(
    section: Section,
    *,
    title: str | None = None,
    kind: str | None = None,
    tags: Collection[str] | None = None,
) -> Section:
    """Change the title, kind or tags of a section. Its slug and so its address stay.

    tags  slugs of legend tags, in place of all that it has

    None leaves a field as it is. The anchor of a new title leads to the section as well.
    """
    new_title = section.title if title is None else title
    is_renamed = new_title != section.title
    section.title = new_title
    section.kind = kind or section.kind
    if is_renamed or tags is not None:
        section.verbatim = ""  # the export writes a new heading
    _check(section)
    section.save()
    if tags is not None:
        section.tags.set(legend_tags(tags))
    if is_renamed:
        _add_alias(section, markdown.anchor(new_title))
    return section


def move_section(
    section: Section, *, parent: Section | None, after: Section | First | None = None
) -> Section:
    """Put a section, with all below it, under `parent`.

    after  the sibling to follow, FIRST, or None for the end
    """
    _refuse_retired(parent)
    above = parent
    while above:
        if above.pk == section.pk:
            raise ValidationError("A section cannot be moved below itself.")
        above = above.parent
    section.parent = parent
    section.position = free_position(
        Section.objects.filter(parent=parent).exclude(pk=section.pk), after
    )
    section.verbatim = ""  # its heading may have another rank now
    section.save()
    return section


def retire_section(section: Section, *, because: str) -> Section:
    """Take a section with nothing in it out of the guide; its address stays."""
    if section.children.filter(retired_at=None).exists():
        raise ValidationError("Retire or move the sections below it first.")
    if section.entries.live().exists():
        raise ValidationError("Retire or move its entries first.")
    mark_retired(section, because)
    section.save()
    return section


def restore_section(section: Section) -> Section:
    """Bring a retired section back to its place."""
    _refuse_retired(section.parent)
    mark_restored(section)
    section.save()
    section.tags.set(section.tags.filter(retired_at=None))
    return section


def free_slug(title: str, prefix: str = "") -> str:
    """A slug for a new section: its anchor without marks, numbered if another section has it.

    prefix  goes in front, to tell sections of the same title apart
    """
    in_slugs = (c for c in markdown.anchor(title) if c.isalnum() or c in "-_")
    anchor = "".join(in_slugs).strip("-") or "section"
    return addresses.free_slug(f"{prefix}-{anchor}"[:190] if prefix else anchor[:190], _is_taken)


def kind_of(title: str) -> SectionKind:
    """What kind of section a title announces."""
    words = title.lower()
    return next((kind for word, kind in _KINDS if word in words), SectionKind.GENERAL)


def _check(section: Section) -> None:
    section.full_clean(validate_unique=False, validate_constraints=False)


def _refuse_retired(parent: Section | None) -> None:
    if parent and parent.retired_at:
        raise ValidationError(f"The section above was retired: {parent.retired_because}")


def _is_taken(slug: str) -> bool:
    """True if a slug or anchor leads somewhere already."""
    is_slug = Section.objects.filter(slug=slug).exists()
    return is_slug or SectionAlias.objects.filter(slug=slug).exists()


def _add_alias(section: Section, anchor: str) -> None:
    """Let `anchor` lead to the section, unless it leads somewhere already."""
    if anchor and len(anchor) <= 300 and not _is_taken(anchor):
        SectionAlias(section=section, slug=anchor).save()
        _rerender_links_to(anchor)


def _rerender_links_to(anchor: str) -> None:
    Entry.objects.filter(body__contains=f"#{anchor}").rerender()
