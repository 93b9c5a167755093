"""Writes to the published guide. Callers hold `history.revision()`.

Every function checks what it is given (`ValidationError`) and leaves derived fields right.
"""

from django.core.exceptions import ValidationError

from entries.actions.positions import free_position
from entries.actions.retiring import mark_restored, mark_retired
from entries.markdown import source_lines
from entries.models import Entry, EntryKind, LegendTag
from guide_site.core import markdown


def add_entry(*, section, body, kind=EntryKind.BULLET, tags=(), parent=None, after=None):
    """Add an entry to `section`: after the sibling `after` (see `positions`), or at the end.

    tags    slugs of legend tags
    parent  the entry to nest it under, or None
    """
    if parent and parent.section_id != section.pk:
        raise ValidationError("The entry to nest it under stands in another section.")
    _check_length(body)
    entry = Entry(section=section, parent=parent, kind=kind, body=source_lines.clean(body))
    entry.position = free_position(Entry.objects.filter(section=section, parent=parent), after)
    _check(entry)
    entry.save()
    entry.tags.set(legend_tags(tags))
    return entry


def edit_entry(entry, *, body=None, tags=None, kind=None):
    """Change the text, the legend tags or the kind of an entry. It keeps identity and place."""
    entry.kind = kind or entry.kind
    if body is not None:
        _check_length(body)
        entry.body = source_lines.clean(body)
    wanted = entry.tags.all() if tags is None else legend_tags(tags)
    entry.verbatim = _rewritten(entry, wanted)
    _check(entry)
    entry.save()
    if tags is not None:
        entry.tags.set(wanted)
    return entry


def retire_entry(entry, *, because, lift_children=False):
    """Take an entry out of the guide; its row and history stay.

    because        the reason, for everyone to read
    lift_children  what is nested under it moves up to its place; otherwise it retires along
    """
    if not entry.is_live:
        raise ValidationError(f"This entry is retired already: {entry.retired_because}")
    mark_retired(entry, because)
    children = list(entry.children.filter(retired_at=None))
    if lift_children:
        previous = entry
        for child in children:
            child.parent = entry.parent
            siblings = Entry.objects.filter(section=entry.section, parent=entry.parent)
            child.position = free_position(siblings, previous)
            child.verbatim = ""  # its indentation changes: the export takes its neighbours'
            child.save()
            previous = child
        entry.refresh_from_db(fields=["position"])  # room for them may have been made
    else:
        for child in children:
            retire_entry(child, because=because)
    _check(entry)
    entry.save()
    return entry


def move_entry(entry, *, section, parent=None, after=None):
    """Put an entry, with what is nested in it, elsewhere: after `after`, or at the end."""
    above = parent
    while above:
        if above.pk == entry.pk:
            raise ValidationError("An entry cannot be nested under itself.")
        above = above.parent
    siblings = Entry.objects.filter(section=section, parent=parent)
    entry.section, entry.parent = section, parent
    entry.position = free_position(siblings.exclude(pk=entry.pk), after)
    _resettle(entry)
    return entry


def restore_entry(entry):
    """Bring a retired entry back to its place: under the nearest entry above that remains."""
    if entry.is_live:
        return entry
    if entry.section.retired_at:
        raise ValidationError(f"Its section was retired: {entry.section.retired_because}")
    while entry.parent and not entry.parent.is_live:
        entry.parent, entry.position = entry.parent.parent, entry.parent.position
        entry.verbatim = ""  # its indentation changes: the export takes its neighbours'
    mark_restored(entry)
    entry.save()
    entry.tags.set(entry.tags.filter(retired_at=None))
    return entry


def _resettle(entry):
    """Save an entry in its new place, and all below it in the same section."""
    entry.verbatim = ""  # the export takes the indentation of its new neighbours
    entry.save()
    for child in entry.children.all():
        child.section = entry.section
        _resettle(child)


def _rewritten(entry, tags):
    """Its source lines with the new text, in the frame of the old ones ("" if it has none)."""
    if not entry.verbatim:
        return ""
    signs = [tag.key for tag in LegendTag.objects.all()]
    frame = source_lines.Frame.of(entry.verbatim, is_listed=entry.is_listed, signs=signs)
    if entry.is_listed:
        frame = frame.of_kind(numbered=entry.kind == EntryKind.STEP)
    leading = [tag.sign for tag in tags if tag.key not in entry.body]
    source = frame.write(entry.body, leading)
    first, runs_on = _edges(source)
    was_first, ran_on = _edges(entry.verbatim)
    # A paragraph in place of a rule or code runs into neighbours that stand close to it.
    before = not entry.is_listed and first == "paragraph_open" != was_first
    after = runs_on and not ran_on and not _precedes_an_item(entry)
    if before or after:
        return frame.set_apart(before=before, after=after).write(entry.body, leading)
    return source


def _edges(source):
    """The first block of some source, and whether a line right below it would belong to it."""
    tokens = markdown.parser().parse(f"{source.strip()}\nx")
    words = [token.content for token in tokens if token.type == "inline"]
    return tokens[0].type, bool(words) and words[-1].endswith("\nx")


def _precedes_an_item(entry):
    siblings = Entry.objects.live().filter(section=entry.section_id, parent=entry.parent_id)
    following = siblings.filter(position__gt=entry.position).order_by("position").first()
    return bool(following and following.is_listed) or entry.children.live().exists()


def _check_length(body):
    """For what people type; an import may bring longer texts."""
    if len(body) > markdown.MAX_LENGTH:
        raise ValidationError({"body": f"Keep it under {markdown.MAX_LENGTH:,} characters."})


def _check(entry):
    entry.full_clean(validate_unique=False, validate_constraints=False)


def legend_tags(slugs):
    """The LegendTags of these slugs; ValidationError for one that is unknown or retired."""
    found = list(LegendTag.objects.filter(slug__in=slugs))
    if missing := set(slugs) - {tag.slug for tag in found}:
        raise ValidationError({"tags": f"Unknown legend tag: {', '.join(sorted(missing))}."})
    if retired := next((tag for tag in found if tag.retired_at), None):
        words = f"The legend tag “{retired.label}” was retired: {retired.retired_because}"
        raise ValidationError({"tags": words})
    return found
