"""Advice of the house-style rules on the changes of a proposal."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import reduce
from operator import and_

from django.db.models import Q

from entries.models import Entry, EntryKind, Guide, RenderContext
from guide_site.core import definitions, markdown
from moderation.house_style import rules
from moderation.models import Change, Operation, Subject
from services.models import Service

MOST_COMPARED = 300  # entries with the same long words


def advice_by_change(changes: Iterable[Change]) -> dict[int, list[rules.Advice]]:
    """Return {primary key of a change: advice} on the texts that these changes propose.

    Also on what they take from other texts: a name of a footnote or of a link.
    """
    changes = list(changes)
    texts = [change for change in changes if _has_text(change)]
    advice = {pk: [found] for change in changes for pk, found in _on_lost_names(change)}
    if not texts:
        return advice
    context, vendors = RenderContext.current(), tuple(Guide.current().vendors)
    names = _names(vendors)
    for change in texts:
        text = replace(_text(change, context), vendors=vendors, names=names)
        found = [*rules.advice_on(text), *_on_further_bullets(change, text)]
        advice[change.pk] = [*advice.get(change.pk, ()), *found]
    return advice


def _on_lost_names(change: Change) -> Iterator[tuple[int, rules.Advice]]:
    """(change, advice) if it takes away a footnote or a link definition that texts use."""
    entry = change.entry
    if entry is None or not entry.defines or not (_has_text(change) or _retires(change)):
        return
    remaining = "" if _retires(change) else change.proposed["body"]
    lost = definitions.defined(entry.body).labels - definitions.defined(remaining).labels
    others = Entry.objects.live().exclude(pk=entry.pk).filter(body__contains="[")
    texts = others.values_list("body", flat=True) if lost else ()
    if users := sum(not lost.isdisjoint(definitions.used_labels(text)) for text in texts):
        names = ", ".join(f"[{label.lower()}]" for label in sorted(lost))
        many = f"{users} entries use" if users > 1 else "1 entry uses"
        sentence = f"{many} {names}, and would show that as plain text: change them as well."
        yield change.pk, rules.Advice("lost-name", sentence)


def _retires(change: Change) -> bool:
    return change.operation == Operation.RETIRE


def _on_further_bullets(change: Change, first: rules.Text) -> Iterator[rules.Advice]:
    """Advice on the other bullets of a split, for a person to follow: no click mends them.

    They are not compared with all other entries, which takes a query for each.
    """
    for number, bullet in enumerate(change.proposed.get("rest", ()), start=1):
        values = {"body": bullet["body"], "tags": tuple(bullet["tags"]), "base": "", "others": {}}
        for advice in rules.advice_on(replace(first, **values)):
            yield replace(advice, sentence=f"New bullet {number}: {advice.sentence}", fix=None)


def fixed(change: Change, rule: str | None) -> str | None:
    """Return the text of a change as the rule named `rule` mends it, or None if it has no fix."""
    advice = advice_by_change([change]).get(change.pk, [])
    return next((each.fix for each in advice if each.rule == rule), None)


def _has_text(change: Change) -> bool:
    return change.subject == Subject.ENTRY and change.proposed.get("body") not in (
        None,
        change.base.get("body"),
    )


def _names(vendors: tuple[str, ...]) -> frozenset[str]:
    """Names of services that people say without the vendor in front; none without vendors."""
    names = Service.objects.values_list("name", flat=True) if vendors else ()
    return frozenset(name for name in names if not name.startswith(vendors))


def _text(change: Change, context: RenderContext) -> rules.Text:
    body, entry = change.proposed["body"], change.entry
    kind = change.proposed.get("kind") or (entry.kind if entry else EntryKind.BULLET)
    parent = change.proposed.get("parent", entry.parent_id if entry else None)
    return rules.Text(
        body=body,
        tags=tuple(change.proposed.get("tags", ())),
        kind=str(kind),
        base=change.base.get("body", ""),
        is_nested=parent is not None,
        signs={tag.slug: tag.sign for tag in context.tags},
        anchors=context.anchors,
        others=_others(body, change.entry_id),
    )


def _others(body: str, own: int | None) -> dict[int, str]:
    """{primary key: plain text} of live entries that share the two longest words of `body`.

    own  primary key of the entry whose text this is: it is left out
    """
    longest = sorted(set(markdown.plain(body).split()), key=lambda word: (-len(word), word))[:2]
    if not longest:
        return {}
    shared = reduce(and_, (Q(body__contains=word) for word in longest))
    similar = Entry.objects.live().filter(shared, ~Q(pk=own)).order_by("pk")[:MOST_COMPARED]
    return {entry.pk: markdown.plain(entry.body) for entry in similar.only("body")}
