"""The front matter of a guide follows its facts, and the facts follow the front matter.

A fact lives once: a revision that writes the facts writes the lines of the front matter that say
them, and one that writes the front matter, such as an import, changes the facts.
"""

from django.db.models import Q
from reversion.models import Version

from entries.actions.guide import edit_guide
from entries.markdown import front_matter
from entries.models import Entry, EntryKind, Guide
from guide_site.core.guide_facts import UNKNOWN
from guide_site.core.history import Written

_FENCES = Q(body__startswith="---") | Q(body__startswith="+++")


def follow(written: Written) -> None:
    """Bring facts and front matter in step at the end of a revision.

    written  what the revision has written
    """
    if not written.keys() & {Entry, Guide} or (entry := front_matter_entry()) is None:
        return
    if entry.pk in written.get(Entry, ()):
        _let_facts_follow(entry)
    elif Guide in written:
        _let_text_follow(entry)


def front_matter_entry() -> Entry | None:
    """The entry that keeps the front matter of the guide, or None."""
    kept = Entry.objects.filter(_FENCES, kind=EntryKind.KEPT, parent=None, retired_at=None)
    first = kept.order_by("section__position", "position", "pk").first()
    return first if first and is_front_matter(first) else None


def is_front_matter(entry: Entry) -> bool:
    """True for an entry with front matter, wherever it stands."""
    begins = entry.kind == EntryKind.KEPT and entry.body.startswith(("---", "+++"))
    return begins and bool(front_matter.facts_of(entry.body)[0])


def changed_facts(old: str, new: str) -> front_matter.Facts:
    """The facts that a new front matter says otherwise than the `old` one; "" for none.

    What it says no more is unknown again; only a name stays until there is another.
    """
    before, after = front_matter.facts_of(old)[0], front_matter.facts_of(new)[0]
    gone = {name: UNKNOWN[name] for name in before if name not in after and name != "name"}
    return {name: value for name, value in (gone | after).items() if before.get(name) != value}


def _let_facts_follow(entry: Entry) -> None:
    last = Version.objects.get_for_object(entry).first()
    old = last.field_dict["body"] if last else ""
    if changed := changed_facts(old, entry.body):
        edit_guide(Guide.current(), **changed)


def _let_text_follow(entry: Entry) -> None:
    guide = Guide.current()
    facts = {name: getattr(guide, name) for name in UNKNOWN}
    body = front_matter.with_facts(entry.body, facts)
    if body != entry.body:
        entry.verbatim = front_matter.with_facts(entry.verbatim, facts)
        entry.body = body
        entry.save()
