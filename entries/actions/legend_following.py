"""The bullets that explain the legend follow its tags, and the tags follow those bullets.

A meaning lives once: in a revision that writes a tag its bullet changes along, and in one that
writes the bullet, such as an import, the tag does.
"""

from reversion.models import Version

from entries.actions import explanations, legend_lines
from entries.actions.entries import add_entry, edit_entry, restore_entry, retire_entry
from entries.actions.explanations import RETIRED, Explanation
from entries.actions.legend import edit_legend_tag
from entries.markdown import legends
from entries.models import Entry, LegendTag, Section
from guide_site.core.history import Written


def follow(written: Written) -> None:
    """Bring legend and bullets in step at the end of a revision.

    written  what the revision has written
    """
    tags = list(LegendTag.objects.all()) if written.keys() & {Entry, Section, LegendTag} else []
    legend_lines.settle(written, tags)
    found = explanations.find(tags) if tags else []
    changed = written.get(LegendTag, set())
    for bullet, tag in found:
        is_written = bullet.pk in written.get(Entry, set())
        if is_written and _has_new_text(bullet):
            _let_tag_follow(bullet, tag)
        elif is_written or tag.pk in changed:
            _let_bullet_follow(bullet, tag)
    explained = {tag.pk for _, tag in found}
    for tag in tags:
        if found and tag.is_live and tag.pk in changed - explained:
            _explain(tag, found)


def _has_new_text(bullet: Entry) -> bool:
    """True unless it only came back: a file that brings it back brings source lines as well."""
    last = Version.objects.get_for_object(bullet).first()
    known = last.field_dict if last else {}
    return any(known.get(name) != getattr(bullet, name) for name in ("body", "verbatim"))


def _let_tag_follow(bullet: Entry, tag: LegendTag) -> None:
    label, meaning = explanations.said_of(tag, bullet.body)
    label = label if len(label) <= 40 else tag.label
    if tag.is_live and (label, meaning) != (tag.label, tag.meaning):
        edit_legend_tag(tag, label=label, meaning=meaning)


def _let_bullet_follow(bullet: Entry, tag: LegendTag) -> None:
    if tag.retired_at and explanations.says_several(bullet.body):
        edit_entry(bullet, body=explanations.without(tag, bullet.body) or bullet.body)
    elif tag.retired_at:
        retire_entry(bullet, because=f"{RETIRED}{tag.retired_because}"[:300], lift_children=True)
    elif (body := explanations.written(tag, bullet.body)) != bullet.body:
        edit_entry(bullet, body=body)


def _explain(tag: LegendTag, found: list[Explanation]) -> None:
    """Give a tag that is new, or came back, its bullet in the legend of the guide."""
    gone = Entry.objects.retired().filter(retired_because__startswith=RETIRED)
    bullets = (row for row in gone.order_by("-retired_at") if _explained(row) == [tag.key])
    before = [each for each in found if each.tag.position < tag.position]
    neighbour, its_tag = before[-1] if before else found[-1]
    if bullet := next(bullets, None):
        restore_entry(bullet)
    elif explanations.says_several(neighbour.body):
        body = explanations.with_line(tag, neighbour.body, after=its_tag)
        edit_entry(neighbour, body=body)
    elif not Version.objects.get_for_object(tag).exists():
        body = explanations.like(tag, neighbour.body, of=its_tag)
        add_entry(
            section=neighbour.section,
            parent=neighbour.parent,
            kind=neighbour.kind,
            after=neighbour,
            body=body,
            explains=True,
        )


def _explained(row: Entry) -> list[str]:
    """The signs that a text would explain in a legend."""
    return [line.sign for line in legends.said(row.body)]
