"""How much of a look a change needs. Pure: works on the fields of changes, not on the database.

trivial    a few words of one text, with nothing touched that may turn its meaning: no link, no
           digit, no code, no tag, no negation, no structure
sensitive  the shape of the guide and what people are warned of: sections, legend, matrix, what is
           taken out or brought back, every ❗
normal     everything between
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from guide_site.core import markdown, words
from moderation.changes.taking_back import texts_taken_back
from moderation.models import Change, Operation, ReviewClass, Subject

MOST_WORDS = 6  # changed in a whole trivial proposal; a replaced word counts once
RISK = "❗"

_SENSITIVE_SUBJECTS = {Subject.SECTION, Subject.OFFERING, Subject.LEGEND_TAG, Subject.GUIDE}
_SENSITIVE_OPERATIONS = {Operation.RETIRE, Operation.RESTORE}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Words that may turn what a sentence says, figures in letters among them.
_TURNING = frozenset(
    re.findall(
        r"\w+",
        "all always and any avoid before after but can cannot could each enough every "
        "except fewer few if less many may might more most must need needs neither "
        "never no nobody none nor not nothing only optional or rarely required same "
        "should some sometimes unless until without won half twice zero one two three "
        "four five six seven eight nine ten eleven twelve dozen hundred thousand million "
        "billion percent first second third last",
    )
)
_NEGATING = ("un", "in", "im", "il", "ir", "non", "dis", "anti", "de")
_STRUCTURE = re.compile(r"[\d\n\[\]()<>`|#*_~$%&=+/\\{}@!]|https?:")


def class_of(changes: Iterable[Change], risk_tags: Iterable[str] = ()) -> ReviewClass:
    """The ReviewClass of a proposal with these changes.

    risk_tags: slugs of the legend tags that warn (❗)
    """
    classes, changed_words = set(), 0
    tags = set(risk_tags)
    for change in changes:
        its_class, its_words = _look(change, tags)
        classes.add(its_class)
        changed_words += its_words
    if ReviewClass.SENSITIVE in classes:
        return ReviewClass.SENSITIVE
    if classes == {ReviewClass.TRIVIAL} and changed_words <= MOST_WORDS:
        return ReviewClass.TRIVIAL
    return ReviewClass.NORMAL


def _look(change: Change, risk_tags: set[str]) -> tuple[ReviewClass, int]:
    """(class, number of changed words) of one change."""
    if change.subject in _SENSITIVE_SUBJECTS or change.operation in _SENSITIVE_OPERATIONS:
        return ReviewClass.SENSITIVE, 0
    if change.subject == Subject.SERVICE:
        is_edit = change.operation == Operation.EDIT
        return (ReviewClass.NORMAL if is_edit else ReviewClass.SENSITIVE), 0
    base, proposed = change.base, change.proposed
    if _risks(base, risk_tags) != _risks({**base, **proposed}, risk_tags):
        return ReviewClass.SENSITIVE, 0
    further = [*proposed.get("rest", ()), *base.get("joined", ())]  # bullets of a split or a join
    if any(any(_risks(bullet, risk_tags)) for bullet in further):
        return ReviewClass.SENSITIVE, 0
    others = [name for name in proposed if name != "body" and proposed[name] != base.get(name)]
    if change.operation != Operation.EDIT or others or "body" not in base:
        return ReviewClass.NORMAL, 0
    if texts_taken_back(base, proposed):  # of words that somebody else wrote meanwhile
        return ReviewClass.NORMAL, 0
    return _of_text(base["body"], proposed.get("body", base["body"]))


def _risks(fields: Mapping[str, Any], risk_tags: set[str]) -> tuple[set[str], int]:
    """The warnings that a text carries: as tags and as signs in it."""
    return set(fields.get("tags", ())) & risk_tags, fields.get("body", "").count(RISK)


def _of_text(old: str, new: str) -> tuple[ReviewClass, int]:
    """(class, number of changed words) of another text."""
    pieces = [piece for piece in words.difference(old, new) if piece.kind != "same"]
    removed = " ".join(piece.text for piece in pieces if piece.kind == "removed")
    added = " ".join(piece.text for piece in pieces if piece.kind == "added")
    gone, come = (_WORD.findall(text.lower()) for text in (removed, added))
    is_harmless = not (
        any(_STRUCTURE.search(piece.text) for piece in pieces)
        or _turns(gone, come)
        or markdown.link_targets(old) != markdown.link_targets(new)
    )
    return (ReviewClass.TRIVIAL if is_harmless else ReviewClass.NORMAL), max(len(gone), len(come))


def _turns(gone: list[str], come: list[str]) -> bool:
    """True if words that may turn a meaning came or went: “not”, “only”, “safe” → “unsafe”."""
    if sorted(word for word in gone if word in _TURNING) != sorted(
        word for word in come if word in _TURNING
    ):
        return True
    if any(word.endswith(("n't", "n’t")) for word in [*gone, *come]):
        return True
    return any(
        f"{prefix}{word}" == other
        for words, others in ((gone, come), (come, gone))
        for word in words
        for other in others
        for prefix in _NEGATING
    )
