"""What a person typed, as what to look for. Pure."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise

from guide_site.public.search.thesaurus import SIMILAR, STOP
from guide_site.public.search.words import folded, stem

MAX_LENGTH = 200  # characters that are read
MAX_TERMS = 12
NAME, SIMILAR_WORD, BEGINNING, PART = 0.9, 0.5, 0.6, 0.3  # worth of what was not typed itself

_QUOTES = re.compile("[“”„«»＂]")
_CHUNK = re.compile(r'"([^"]*)(?:"|$)|([^\s"/,;()\[\]{}<>|+=&?!*#~^$%]+)')
_VENDOR_OF = 5  # services whose full names begin with the same word: that word is the vendor


@dataclass(frozen=True)
class Variant:
    """Words that stand side by side, in any of their forms; the last may be only a beginning."""

    words: tuple[str, ...]
    weight: float = 1.0
    is_beginning: bool = False

    @property
    def stems(self):
        return tuple(stem(word) for word in self.words)


@dataclass(frozen=True)
class Term:
    """One thing to find: any of its variants will do."""

    label: str
    variants: tuple[Variant, ...]
    weight: float = 1.0
    is_required: bool = False  # it stood in quotes


@dataclass
class Query:
    """A typed text as terms. `is_shortened`: more was typed than is looked for."""

    text: str
    terms: list[Term] = field(default_factory=list)
    is_shortened: bool = False

    def __bool__(self):
        return bool(self.terms)


class Names:
    """Names that stand for one another: a service's abbreviation and its full name.

    pairs: (name, full name or "") of every service
    """

    def __init__(self, pairs=()):
        pairs = [(folded(name), folded(full)) for name, full in pairs]
        firsts = Counter(full[0] for _, full in pairs if len(full) > 1)
        self.others = {}
        self.longest = 1
        for name, full in pairs:
            spellings = {tuple(name), tuple(full)}
            if len(full) > 1 and firsts[full[0]] >= _VENDOR_OF:
                spellings.add(tuple(full[1:]))
            spellings.discard(())
            for spelling in spellings:
                key = tuple(map(stem, spelling))
                self.longest = max(self.longest, len(key))
                known = self.others.setdefault(key, set())
                known |= {other for other in spellings if tuple(map(stem, other)) != key}

    def at(self, words, start):
        """(length, other spellings) of the longest name that begins at `start`, or None."""
        for length in range(min(self.longest, len(words) - start), 0, -1):
            found = self.others.get(tuple(map(stem, words[start : start + length])))
            if found:
                return length, sorted(found)
        return None


def parse(text, *, names=None, signs=None):
    """The Query of what was typed.

    names  Names that stand for one another
    signs  mapping of a legend sign to its label: “❗ s3” asks for gotchas
    """
    is_typing = not text[-1:].isspace()
    text = " ".join(text[: 2 * MAX_LENGTH].replace("\0", " ").split())
    query = Query(text[:MAX_LENGTH], is_shortened=len(text) > MAX_LENGTH)
    read = _QUOTES.sub('"', query.text)
    for sign, label in (signs or {}).items():
        read = read.replace(sign, f" {label} ")
    terms = _terms(read, names or Names(), is_typing)
    query.terms = terms[:MAX_TERMS]
    query.is_shortened |= len(terms) > MAX_TERMS
    return query


def _terms(text, names, is_typing):
    quoted, plain = [], []
    for phrase, chunk in _CHUNK.findall(text):
        words = tuple(folded(phrase or chunk))
        if words and phrase:
            quoted.append(Term(phrase, (Variant(words),), is_required=True))
        elif words:
            plain.append((chunk, words))
    terms = _joined(_named(plain, names))
    kept = [term for term in terms if not _is_empty(term)] or (terms if not quoted else [])
    if is_typing and kept and kept[-1] is terms[-1] and not text.endswith('"'):
        kept[-1] = _begun(kept[-1])
    return _once(quoted + kept)


def _named(chunks, names):
    """Terms of unquoted chunks; a name in several words brings them along, for less."""
    terms, number = [], 0
    flat = [(chunk, word) for chunk, words in chunks for word in words]
    words = [word for _, word in flat]
    while number < len(flat):
        if found := names.at(words, number):
            length, others = found
            typed = tuple(words[number : number + length])
            variants = [Variant(typed), *(Variant(other, NAME) for other in others)]
            terms.append(Term(" ".join(typed), tuple(variants)))
            if length > 1:
                terms += [
                    Term(word, (Variant((word,)),), PART) for word in typed if word not in STOP
                ]
        else:
            chunk, word = flat[number]
            length = len(folded(chunk))
            if length > 1 and words[number : number + length] == folded(chunk):
                terms.append(_compound(chunk))
            else:
                length = 1
                terms.append(_word(word))
        number += length
    return terms


def _joined(terms):
    """Two words in a row may be written as one: “file system” as “filesystem”."""
    found = list(terms)
    for number, (first, second) in enumerate(pairwise(terms)):
        if {first.label, second.label} & STOP or not (_is_plain(first) and _is_plain(second)):
            continue
        together = Variant((first.label + second.label,), NAME)
        for place in (number, number + 1):
            term = found[place]
            found[place] = replace(term, variants=(*term.variants, together))
    return found


def _is_plain(term):
    return term.weight == 1 and term.label.isalpha() and len(term.label) > 2


def _word(word):
    similar = SIMILAR.get(stem(word), ())
    return Term(word, (Variant((word,)), *(Variant(other, SIMILAR_WORD) for other in similar)))


def _compound(chunk):
    """A name with dashes or dots: its parts side by side, or written as one."""
    parts = tuple(folded(chunk))
    variants = [Variant(parts)]
    if all(len(part) > 1 for part in parts):
        variants.append(Variant(("".join(parts),), NAME))
    variants += [Variant(other, SIMILAR_WORD) for other in SIMILAR.get("".join(parts), ())]
    return Term(chunk, tuple(variants))


def _begun(term):
    """The last word may be one that is still being typed."""
    *_, last = term.variants[0].words
    if len(last) < 2:
        return term
    begun = Variant(term.variants[0].words, BEGINNING, is_beginning=True)
    return Term(term.label, (*term.variants, begun), term.weight, term.is_required)


def _is_empty(term):
    """True for words that say nothing beside others: “how”, the “t” of “don’t”."""
    words = [word for word in term.variants[0].words if word not in STOP]
    return not words or (len(words) == 1 and len(words[0]) == 1 and not words[0].isdigit())


def _once(terms):
    seen, kept = set(), []
    for term in terms:
        key = term.variants[0].stems
        if key not in seen:
            seen.add(key)
            kept.append(term)
    return kept
