"""Words that mean nearly the same, and words that mean nothing alone.

Only words of everyday English are here, for guides in English. Those of the subject are the
synonyms of the guide (`Guide.synonyms`). Names of services come from the catalogue.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from guide_site.public.search.words import endings_of, folded, is_english, stem

_Phrase: TypeAlias = tuple[str, ...]

MOST_GROUPS = 300  # of synonyms of a guide; what is more is ignored, as are longer groups
MOST_WORDS = 20  # of a group
MOST_OTHERS = 30  # phrases that a phrase finds beside itself
LONGEST = 4  # words of a phrase

# A word also finds the others of its line, with less weight.
_LINES = [
    "cost, costs, price, pricing, charge, bill, billing, expensive, cheap, cheaper, low cost, "
    "money, pay, fee, spend",
    "save, saving, savings, discount, cheaper",
    "limit, limitation, quota, maximum, max, cap, restriction, ceiling",
    "gotcha, pitfall, trap, problem, issue, bite, caveat, surprise, beware",
    "tip, trick, advice, recommendation",
    "alternative, instead, versus, vs, compare, comparison, competitor, equivalent, replacement",
    "difference, differ, different, compare, comparison, versus, vs",
    "fast, faster, quick, speed, performance",
    "slow, lag, delay, performance",
    "delete, remove, destroy, drop, deletion, removal, purge",
    "prevent, avoid, protect, block",
    "create, add, new, make, launch",
    "start, launch, boot",
    "stop, shutdown, terminate, termination",
    "error, fail, failure, broken, exception",
    "restrict, deny, block, limit",
    "public, open, exposed, world, anyone, internet",
    "leak, exposed, expose, breach",
    "private, internal",
    "move, migrate, migration, transfer, copy",
    "upload, put, send",
    "download, get, fetch",
    "size, big, large, huge",
    "several, multiple, many",
    "small, tiny",
    "schedule, cron, periodic, scheduled",
    "email, mail",
    "learn, learning, tutorial, book, training, course",
    "help, support",
    "phone, mobile",
]

# Left out of a query that has other words too.
_STOP = frozenset(
    """
    a about actually after again all already also although am an and another any anyone anything
    are as at be because become been before being best better both but by can cannot could
    did do does doing don done during each either else even ever every exactly for from get gets
    getting give go goes going good got had happen happens has have having he her here him his how
    however i if in into is isn it its itself just know let like ll look lot m many may me mean
    means might more most much must my need needed needs no nor not now of off on once one only or
    other our ours out over own per please possible re really s same shall she should since so
    some someone something still such t tell than that the their them then there these they thing
    things this those though through to too under until up upon us use used useful uses using ve
    very want wants was way ways we well were what when where whether which while who whole whom
    whose why will with within without won work works worth would yes yet you your
    """.split()  # noqa: SIM905, a list would take 200 lines
)


@dataclass(frozen=True)
class Lexicon:
    """What words of a query mean in a guide."""

    language: str = ""  # of the guide, as a tag such as “pt-BR”; "": not known, so English
    stop: frozenset[str] = frozenset()  # words that say nothing beside others
    # By the stems of a phrase: phrases that mean nearly the same.
    similar: dict[_Phrase, tuple[_Phrase, ...]] = field(default_factory=dict, hash=False)

    def similar_to(self, words: Sequence[str]) -> tuple[_Phrase, ...]:
        """Phrases that mean nearly the same as these words side by side."""
        return self.similar.get(tuple(map(stem, words)), ())


@lru_cache(maxsize=8)
def lexicon(language: str = "", synonyms: str = "", vendors: str = "") -> Lexicon:
    """The lexicon of a guide. It is shared by threads, and nobody changes it.

    synonyms  words separated by commas that mean the same; a group a line
    vendors   words separated by commas that are true of everything in the guide
    """
    lines = synonyms.splitlines()[:MOST_GROUPS]
    is_of_english = is_english(language)
    with endings_of(language):
        groups = [*map(_group, lines), *(map(_group, _LINES) if is_of_english else ())]
        stop = {word for vendor in vendors.split(",") for word in folded(vendor)}
        return Lexicon(
            language, frozenset(stop) | (_STOP if is_of_english else set()), _similar(groups)
        )


def _group(line: str) -> list[_Phrase]:
    phrases = (tuple(folded(phrase)) for phrase in line.split(",")[:MOST_WORDS])
    return [phrase for phrase in dict.fromkeys(phrases) if 0 < len(phrase) <= LONGEST]


def _similar(groups: Iterable[list[_Phrase]]) -> dict[_Phrase, tuple[_Phrase, ...]]:
    similar: dict[_Phrase, dict[_Phrase, None]] = {}
    for group in groups:
        for phrase in group:
            others = similar.setdefault(tuple(map(stem, phrase)), {})
            others.update(dict.fromkeys(other for other in group if other != phrase))
    return {key: tuple(others)[:MOST_OTHERS] for key, others in similar.items()}


ENGLISH = lexicon()
