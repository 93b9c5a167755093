"""What somebody typed, as terms to look for. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from guide_site.core.emoji import Finder
from guide_site.public.search.folding import is_unspaced
from guide_site.public.search.thesaurus import ENGLISH, LONGEST, Lexicon
from guide_site.public.search.words import Sought, folded, parts, sought, stem

MAX_LENGTH = 200  # characters of a typed text; the rest is ignored
MAX_TERMS = 12
MAX_PARTS = 24  # parts of names, and of sentences without spaces between words
NAME, SIMILAR_WORD, BEGINNING, PART = 0.9, 0.5, 0.6, 0.3  # weights of what was not typed itself

_QUOTES = re.compile("[“”„«»＂「」『』]")
_CHUNK = re.compile(
    r'"([^"]*)(?:"|$)|([^\s"/,;()\[\]{}<>|+=&?!*#~^$%，。、；：？！（）《》〈〉【】・،؛؟]+)'
)
_VENDOR_OF = 5  # services whose full names begin with the same word: it is the vendor then


@dataclass(frozen=True)
class Variant:
    """Words side by side, in any of their forms; the last may be only the beginning of a word."""

    words: tuple[str, ...]
    weight: float = 1.0
    is_beginning: bool = False

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems of its words."""
        return tuple(stem(word) for word in self.words)


@dataclass(frozen=True)
class Term:
    """Something to find: any of its variants will do."""

    label: str
    variants: tuple[Variant, ...]
    weight: float = 1.0
    is_required: bool = False  # it stood in quotes


@dataclass
class Query:
    """A typed text as terms."""

    text: str
    terms: list[Term] = field(default_factory=list)
    is_shortened: bool = False  # more was typed than is looked for

    def __bool__(self) -> bool:
        return bool(self.terms)


class NameHere(NamedTuple):
    """A known name in a typed text: its length in words, and its other spellings."""

    length: int
    others: list[tuple[str, ...]]


class Names:
    """Names that mean the same: a service's abbreviation and its full name.

    pairs  (name, full name or "") of every service
    """

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        services = [(sought(name).words, sought(full).words) for name, full in pairs]
        firsts = Counter(full[0] for _, full in services if len(full) > 1)
        self.others: dict[tuple[str, ...], set[tuple[str, ...]]] = {}  # by stems of a spelling
        self.longest = 1  # words of a name
        for name, full in services:
            spellings = {name, full}
            if len(full) > 1 and firsts[full[0]] >= _VENDOR_OF:
                spellings.add(full[1:])
            spellings.discard(())
            for spelling in spellings:
                key = tuple(map(stem, spelling))
                self.longest = max(self.longest, len(key))
                known = self.others.setdefault(key, set())
                known |= {other for other in spellings if tuple(map(stem, other)) != key}

    def at(self, words: list[str], start: int) -> NameHere | None:
        """The longest name with other spellings that begins at `words[start]`, or None."""
        for length in range(min(self.longest, len(words) - start), 0, -1):
            others = self.others.get(tuple(map(stem, words[start : start + length])))
            if others:
                return NameHere(length, sorted(others))
        return None


def parse(
    text: str,
    *,
    names: Names | None = None,
    signs: Mapping[str, str] | None = None,
    lexicon: Lexicon = ENGLISH,
) -> Query:
    """The terms of a typed text.

    names    names that mean the same
    signs    {legend sign: its label}: “❗ s3” asks for gotchas
    """
    is_typing = not text[-1:].isspace()
    text = " ".join(text[: 2 * MAX_LENGTH].replace("\0", " ").split())
    query = Query(text[:MAX_LENGTH], is_shortened=len(text) > MAX_LENGTH)
    read = _QUOTES.sub('"', query.text)
    labels = signs or {}
    read = Finder(labels).replace(read, lambda found, _: f" {labels[found.key]} ")
    terms = _terms(read, names or Names(), lexicon, is_typing)
    whole = [term for term in terms if term.weight == 1][:MAX_TERMS]
    query.terms = whole + [term for term in terms if term.weight < 1][:MAX_PARTS]
    query.is_shortened |= any(term.weight == 1 and term not in whole for term in terms)
    return query


def _terms(text: str, names: Names, lexicon: Lexicon, is_typing: bool) -> list[Term]:
    quoted: list[Term] = []
    plain: list[tuple[str, Sought]] = []  # (a chunk, its words)
    for phrase, chunk in _CHUNK.findall(text):
        found = sought(phrase or chunk)
        if found.words and phrase:
            quoted.append(Term(phrase, (_variant(found),), is_required=True))
        elif found.words:
            plain.append((chunk, found))
    terms = _joined(_named(plain, names, lexicon), lexicon)
    telling = [term for term in terms if not _is_empty(term, lexicon)] or (
        terms if not quoted else []
    )
    if is_typing and telling and telling[-1] is terms[-1] and not text.endswith('"'):
        telling[-1] = _begun(telling[-1])
    return _once(quoted + telling)


def _variant(found: Sought) -> Variant:
    return Variant(found.words, is_beginning=found.is_beginning)


def _named(chunks: list[tuple[str, Sought]], names: Names, lexicon: Lexicon) -> list[Term]:
    """Terms of unquoted chunks; the single words of a longer name are added with less weight."""
    terms: list[Term] = []
    number = 0
    flat = [(chunk, word) for chunk, found in chunks for word in found.words]
    of_chunks = dict(chunks)
    words = [word for _, word in flat]
    similar = _of_phrases(words, lexicon)
    while number < len(flat):
        if name := names.at(words, number):
            length, others = name
            typed = tuple(words[number : number + length])
            variants = [Variant(typed), *(Variant(other, NAME) for other in others)]
            terms.append(Term(" ".join(typed), tuple(variants)))
            if length > 1:
                terms += [_part(word) for word in typed if word not in lexicon.stop]
        else:
            chunk, word = flat[number]
            found = of_chunks[chunk]
            length = len(found.words)
            if tuple(words[number : number + length]) != found.words:
                length = 1  # the rest of a chunk that begins with a name
                terms.append(_word(word, lexicon, similar.get(number, ())))
            elif any(map(is_unspaced, found.words)):
                terms.append(Term(chunk, (_variant(found),)))
                terms += [_part(part) for part in parts(chunk)]
            elif length > 1:
                terms.append(_compound(chunk, lexicon))
            else:
                terms.append(_word(word, lexicon, similar.get(number, ())))
        number += length
    return terms


def _part(text: str) -> Term:
    return Term(text, (_variant(sought(text)),), PART)


def _joined(terms: list[Term], lexicon: Lexicon) -> list[Term]:
    """Let two words in a row also match as one: “file system” as “filesystem”."""
    joined = list(terms)
    for number, (first, second) in enumerate(pairwise(terms)):
        if {first.label, second.label} & lexicon.stop or not (
            _is_plain(first) and _is_plain(second)
        ):
            continue
        together = Variant((first.label + second.label,), NAME)
        for place in (number, number + 1):
            term = joined[place]
            joined[place] = replace(term, variants=(*term.variants, together))
    return joined


def _is_plain(term: Term) -> bool:
    label = term.label
    return term.weight == 1 and label.isalpha() and len(label) > 2 and not is_unspaced(label)


def _word(word: str, lexicon: Lexicon, of_phrases: Iterable[Variant]) -> Term:
    similar = (Variant(other, SIMILAR_WORD) for other in lexicon.similar_to([word]))
    return Term(word, (Variant((word,)), *similar, *of_phrases))


def _of_phrases(words: Sequence[str], lexicon: Lexicon) -> dict[int, list[Variant]]:
    """What means the same as several words side by side, by the place of each of these words."""
    found: dict[int, list[Variant]] = {}
    for start in range(len(words)):
        for end in range(start + 2, min(start + LONGEST, len(words)) + 1):
            others = lexicon.similar_to(words[start:end])
            for place in range(start, end) if others else ():
                found.setdefault(place, []).extend(Variant(o, SIMILAR_WORD) for o in others)
    return found


def _compound(chunk: str, lexicon: Lexicon) -> Term:
    """A name with dashes or dots: its parts side by side, or written as one word."""
    parts = tuple(folded(chunk))
    variants = [Variant(parts)]
    if all(len(part) > 1 for part in parts):
        variants.append(Variant(("".join(parts),), NAME))
    variants += [Variant(other, SIMILAR_WORD) for other in lexicon.similar_to(["".join(parts)])]
    return Term(chunk, tuple(variants))


def _begun(term: Term) -> Term:
    """The last term, whose last word may still be being typed."""
    *_, last = term.variants[0].words
    if len(last) < 2:
        return term
    begun = Variant(term.variants[0].words, BEGINNING, is_beginning=True)
    return Term(term.label, (*term.variants, begun), term.weight, term.is_required)


def _is_empty(term: Term, lexicon: Lexicon) -> bool:
    """True for words that say nothing beside others: “how”, the “t” of “don’t”."""
    words = [word for word in term.variants[0].words if word not in lexicon.stop]
    return not words or (len(words) == 1 and _says_nothing(words[0]))


def _says_nothing(word: str) -> bool:
    return len(word) == 1 and not word.isdigit() and not is_unspaced(word)


def _once(terms: list[Term]) -> list[Term]:
    """The terms without repetitions; of equal ones the first stays."""
    by_stems: dict[tuple[str, ...], Term] = {}
    for term in terms:
        by_stems.setdefault(term.variants[0].stems, term)
    return list(by_stems.values())
