"""Offers for a search without results: names and words with nearly the same spelling."""

from rapidfuzz import fuzz, process

from guide_site.public.models import SearchDocument
from guide_site.public.search.finding import Results
from guide_site.public.search.thesaurus import STOP
from guide_site.public.search.vocabulary import Name, Vocabulary
from guide_site.public.search.words import folded

MOST_HEADS = 3000  # titles, names and bold leads whose words count as spelled right
MOST_SERVICES = 4
LIKE = 60  # percent of letters in common from which on names are near


def services(text: str, vocabulary: Vocabulary) -> list[Name]:
    """The services whose names are nearest to the typed text, nearest first; may be none."""
    typed = [word for word in folded(text) if word not in STOP] or folded(text)
    scored = []
    for service in vocabulary.services.values():
        known = folded(f"{service.short} {service.long}")
        score = max((fuzz.ratio(a, b) for a in typed for b in known), default=0)
        scored.append((-score, service.pk))
    near = sorted(pair for pair in scored if -pair[0] >= LIKE)
    return [vocabulary.services[pk] for _, pk in near[:MOST_SERVICES]]


def spelling(results: Results) -> str | None:
    """The typed text with the nearest known words instead of unknown ones.

    None if no known word is near.
    """
    unknown = [
        w for label in results.unknown for w in folded(label) if len(w) > 3 and w not in STOP
    ]
    if not unknown:
        return None
    known = _known_words()
    better: dict[str, str] = {}
    for word in unknown:
        if word not in known and (
            nearest := process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=76)
        ):
            better[word] = nearest[0]
    words = [better.get(word, word) for word in folded(results.query.text)]
    return " ".join(words) if better else None


def _known_words() -> set[str]:
    heads = SearchDocument.objects.exclude(head="").values_list("head", flat=True)
    shown = heads.order_by("-kind", "pk")[:MOST_HEADS]  # services and sections first
    return {word for head in shown for word in folded(head) if len(word) > 3}
