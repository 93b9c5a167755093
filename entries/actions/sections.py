"""Writes to the sections of the guide. Callers hold `history.revision()`."""

from django.core.exceptions import ValidationError

from entries.actions.entries import legend_tags
from entries.actions.positions import free_position
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


def add_section(*, title, parent=None, after=None, kind=None, tags=()):
    """Add a section under `parent`: after the sibling `after`, or at the end.

    kind  what its title announces, if it is not given
    tags  slugs of legend tags
    """
    _refuse_retired(parent)
    section = Section(title=title, parent=parent, kind=kind or kind_of(title))
    section.slug = free_slug(title)
    section.position = free_position(Section.objects.filter(parent=parent), after)
    _check(section)
    section.save()
    section.tags.set(legend_tags(tags))
    _rerender_links_to(section.slug)
    return section


def edit_section(section, *, title=None, kind=None, tags=None):
    """Change the title, kind or tags of a section. Its slug and so its address stay.

    Under a new title the anchor of that title leads to it as well.
    """
    renamed = title is not None and title != section.title
    section.title = section.title if title is None else title
    section.kind = kind or section.kind
    if renamed or tags is not None:
        section.verbatim = ""  # the export writes a new heading
    _check(section)
    section.save()
    if tags is not None:
        section.tags.set(legend_tags(tags))
    if renamed:
        _add_alias(section, markdown.anchor(title))
    return section


def move_section(section, *, parent, after=None):
    """Put a section, with all below it, under `parent` after the sibling `after`."""
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


def retire_section(section, *, because):
    """Take a section with nothing in it out of the guide; its address stays."""
    if section.children.filter(retired_at=None).exists():
        raise ValidationError("Retire or move the sections below it first.")
    if section.entries.live().exists():
        raise ValidationError("Retire or move its entries first.")
    mark_retired(section, because)
    section.save()
    return section


def restore_section(section):
    """Bring a retired section back to its place."""
    _refuse_retired(section.parent)
    mark_restored(section)
    section.save()
    section.tags.set(section.tags.filter(retired_at=None))
    return section


def free_slug(title: str, prefix: str = "") -> str:
    """A slug for a new section: its anchor, numbered if another section has it.

    prefix  goes in front, to tell sections of the same title apart
    """
    anchor = markdown.anchor(title).strip("-") or "section"
    return addresses.free_slug(f"{prefix}-{anchor}"[:190] if prefix else anchor[:190], _is_taken)


def kind_of(title):
    """What kind of section a title announces."""
    words = title.lower()
    return next((kind for word, kind in _KINDS if word in words), SectionKind.GENERAL)


def _check(section):
    section.full_clean(validate_unique=False, validate_constraints=False)


def _refuse_retired(parent):
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


def _rerender_links_to(anchor):
    Entry.objects.filter(body__contains=f"#{anchor}").rerender()
