"""Writes to the sections of the guide. Callers hold `history.revision()`."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from entries.actions import place
from entries.models import Section, SectionAlias, SectionKind
from guide_site.core import markdown

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


def add_section(*, title, parent=None, after=None):
    """Add a section under `parent`: after the sibling `after`, or at the end."""
    siblings = Section.objects.filter(parent=parent)
    section = Section(title=title, parent=parent, kind=kind_of(title))
    section.slug = free_slug(title)
    section.position = place(siblings, after)
    _check(section)
    section.save()
    return section


def edit_section(section, *, title):
    """Give a section another title. Its slug and so its address stay."""
    section.title = title
    section.verbatim = ""  # the export writes a new heading
    _check(section)
    section.save()
    return section


def move_section(section, *, parent, after=None):
    """Put a section, with all below it, under `parent` after the sibling `after`."""
    above = parent
    while above:
        if above.pk == section.pk:
            raise ValidationError("A section cannot be moved below itself.")
        above = above.parent
    section.parent = parent
    section.position = place(Section.objects.filter(parent=parent), after)
    section.verbatim = ""  # its heading may have another rank now
    section.save()
    return section


def retire_section(section, *, because):
    """Take a section with nothing in it out of the guide; its address stays."""
    if section.children.filter(retired_at=None).exists():
        raise ValidationError("Retire or move the sections below it first.")
    if section.entries.live().exists():
        raise ValidationError("Retire or move its entries first.")
    section.retired_at, section.retired_because = timezone.now(), because
    section.save()
    return section


def free_slug(title, prefix=""):
    """A slug for a new section: its anchor, numbered if another section has it."""
    own = markdown.anchor(title).strip("-") or "section"
    slug = candidate = f"{prefix}-{own}"[:190] if prefix else own[:190]
    number = 1
    while (
        Section.objects.filter(slug=candidate).exists()
        or SectionAlias.objects.filter(slug=candidate).exists()
    ):
        number += 1
        candidate = f"{slug}-{number}"
    return candidate


def kind_of(title):
    """What kind of section a title announces."""
    words = title.lower()
    return next((kind for word, kind in _KINDS if word in words), SectionKind.GENERAL)


def _check(section):
    section.full_clean(validate_unique=False, validate_constraints=False)
