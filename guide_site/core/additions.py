"""Whether what two people add at one place can both stay: whole sentences, or lines of lists.

Anything less may be two answers to one question (“is very fast”, “is really fast”). Pure.
"""

import re
from itertools import takewhile

_END = r"[.!?…。！？][\"'”’»)\]*_`]*"
_ENDED = re.compile(rf"{_END}\s*\Z")
_SENTENCES = re.compile(rf".*{_END}(?=\s|\Z)", re.DOTALL)
_ROW = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+\S|\s*\|.*\|\s*\Z")  # of a list, of a table


def together(before: str, first: str, second: str, after: str) -> tuple[str, str, str] | None:
    """(what both add, what only the first adds, what only the second), to be joined in this order.

    before, after   the text around the place

    None if one of them is not whole there: the two are different answers then. The answer is the
    same the other way round.
    """
    if not (before + after).strip():
        return None
    both = (first, second)
    are_rows = _are_rows(before, both, after)
    common = (_common_rows if are_rows else _common_sentences)(before, *both)
    before, first, second = before + common, first[len(common) :], second[len(common) :]
    if first and second and not are_rows and not _are_sentences(before, (first, second), after):
        return None
    return common, first, second


def _are_rows(before: str, both: tuple[str, str], after: str) -> bool:
    opens = after[:1] in ("", "\n") and all(text[0] == "\n" for text in both)
    closes = before[-1:] in ("", "\n") and all(text[-1] == "\n" for text in both)
    lines = [line for text in both for line in (text.strip("\n") or " ").splitlines()]
    return (opens or closes) and all(_ROW.match(line) for line in lines)


def _common_rows(before: str, first: str, second: str) -> str:
    """Lines with which both additions begin."""
    shared = _shared(first, second)
    if first[0] != "\n":  # the line break stands behind each line
        return shared[: shared.rfind("\n") + 1]
    is_whole = all(text[len(shared) :][:1] in ("", "\n") for text in (first, second))
    return shared if is_whole else shared[: shared.rfind("\n")]


def _common_sentences(before: str, first: str, second: str) -> str:
    """Sentences with which both additions begin; also the full stop that both have put first."""
    shared = _shared(first, second)
    found = _SENTENCES.match(shared)
    if found is None or any(text[found.end() :][:1].strip() for text in (first, second)):
        return ""
    common = found[0]
    if before[-1:].isspace() or not before:  # the space stands behind each sentence, not before
        common += shared[len(common) : len(common) + 1]
    return common


def _shared(first: str, second: str) -> str:
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))
    return "".join(sign for sign, _ in alike)


def _are_sentences(before: str, both: tuple[str, str], after: str) -> bool:
    apart = all(text[0].isspace() for text in both) or all(text[-1].isspace() for text in both)
    return apart and all(_is_whole(before, text, after) for text in both)


def _is_whole(before: str, text: str, after: str) -> bool:
    space = before[len(before.rstrip()) :] + text[: len(text) - len(text.lstrip())]
    begins = not before.strip() or "\n" in space or _ENDED.search(before) is not None
    apart = not before or bool(space)
    closed = not after or after[0].isspace() or text[-1].isspace()
    return begins and apart and closed and _ENDED.search(text) is not None
