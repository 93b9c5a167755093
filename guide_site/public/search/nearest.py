"""What to offer where nothing was found: names and words that are spelled nearly the same."""

from rapidfuzz import fuzz, process

from guide_site.public.models import SearchDocument
from guide_site.public.search.thesaurus import STOP
from guide_site.public.search.words import folded

MOST_HEADS = 3000  # titles, names and leads whose words are known as spelled right
MOST_SERVICES = 4
LIKE = 60  # percent of letters in common: from here on names are near


def services(text, vocabulary):
    """The Names of the services that come nearest to what was typed; may be none."""
    typed = [word for word in folded(text) if word not in STOP] or folded(text)
    scored = []
    for service in vocabulary.services.values():
        known = folded(f"{service.short} {service.long}")
        score = max((fuzz.ratio(a, b) for a in typed for b in known), default=0)
        scored.append((-score, service.pk))
    near = sorted(pair for pair in scored if -pair[0] >= LIKE)
    return [vocabulary.services[pk] for _, pk in near[:MOST_SERVICES]]


def spelling(results):
    """What was typed, with unknown words replaced by the nearest known ones, if there are any."""
    unknown = [
        w for label in results.unknown for w in folded(label) if len(w) > 3 and w not in STOP
    ]
    if not unknown:
        return None
    known = _known_words()
    better = {}
    for word in unknown:
        if word not in known and (
            found := process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=76)
        ):
            better[word] = found[0]
    words = [better.get(word, word) for word in folded(results.query.text)]
    return " ".join(words) if better else None


def _known_words():
    heads = SearchDocument.objects.exclude(head="").values_list("head", flat=True)
    shown = heads.order_by("-kind", "pk")[:MOST_HEADS]  # services and sections first
    return {word for head in shown for word in folded(head) if len(word) > 3}
