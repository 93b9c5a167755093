"""Writes to the sections of the guide. Callers hold `history.revision()`."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from django.core.exceptions import ValidationError

from entries.actions.positions import First, free_position
from entries.actions.retiring import mark_restored, mark_retired
from entries.actions.texts import legend_tags
from entries.markdown import headings
from entries.markdown.headings import Heading
from entries.markdown.signs import Signs
from entries.models import Entry, LegendTag, Section, SectionAlias, SectionKind
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
    title, signs = _without_signs(title)
    section = Section(title=title, parent=parent, kind=kind or kind_of(title))
    _refuse_too_deep(section, parent)
    section.slug = free_slug(title)
    section.position = free_position(Section.objects.filter(parent=parent), after)
    _check(section)
    section.save()
    section.tags.set(legend_tags({*tags, *signs}))
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
    new_title, signs = (section.title, []) if title is None else _without_signs(title)
    old_title, section.title = section.title, new_title
    section.kind = kind or section.kind
    wanted = list(section.tags.all()) if tags is None else legend_tags(tags)
    wanted += [tag for tag in legend_tags(signs) if tag not in wanted]
    _check(section)
    if new_title != old_title or tags is not None:
        section.verbatim = _headed(section, old_title, wanted)
    section.save()
    section.tags.set(wanted)
    if new_title != old_title:
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
    _refuse_too_deep(section, parent)
    section.parent = parent
    section.position = free_position(
        Section.objects.filter(parent=parent).exclude(pk=section.pk), after
    )
    # What stands behind it now stood elsewhere in its file, which gave it another rank, too.
    section.verbatim = section.verbatim.rstrip("\r\n")
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


def _without_signs(title: str) -> tuple[str, list[str]]:
    """A title on one line and without legend signs, and the slugs of the tags of these signs."""
    tags = {tag.key: tag.slug for tag in LegendTag.objects.live()}
    words, signs = Signs(tags).title(title)
    return words or " ".join(title.split()), [tags[sign] for sign in signs]


def _headed(section: Section, old_title: str, tags: Iterable[LegendTag]) -> str:
    """The source of its heading with its new title and these tags, otherwise as it stood."""
    heading = Heading.found_in(section.verbatim)
    if heading is None:
        leading = [tag.sign for tag in tags]
        return "" if section.has_heading else headings.new(section.title, 1, leading).source
    signs = Signs(tag.key for tag in LegendTag.objects.all())

    def read(source: str) -> str:
        return signs.heading(token).words if (token := headings.words_of(source)) else ""

    if section.title != old_title:
        heading = headings.retitled(heading, old_title, section.title, read)
    token = headings.words_of(heading.bare)
    here = signs.heading(token).signs if token else []
    wanted = {tag.key: tag.sign for tag in tags}
    words = Signs(sign for sign in here if sign not in wanted).taken_out_of(heading.words)
    new = [sign for key, sign in wanted.items() if key not in here]
    return replace(heading, words=" ".join([*new, words])).source


def _refuse_too_deep(section: Section, parent: Section | None) -> None:
    """A heading has one of six ranks: what is deeper would read as text."""
    above = 0
    while parent:
        above, parent = above + 1, parent.parent
    if above + _ranks(section) > headings.LOWEST:
        raise ValidationError("Headings have six ranks: it would stand below more than five.")


def _ranks(section: Section) -> int:
    """How many ranks of headings there are from a section on down."""
    below = section.children.filter(retired_at=None) if section.pk else ()
    return 1 + max(map(_ranks, below), default=0)


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
