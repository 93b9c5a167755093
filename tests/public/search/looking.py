"""Short ways to ask a small guide."""

from guide_site.public.search import finding
from guide_site.public.search.candidates import Filter


def found(text, **among):
    """The bodies of the entries that a text finds, best first."""
    return [hit.document.body for hit in finding.find(text, Filter(**among)).hits]


def places(text):
    """(kind, slug) of the sections and services that a text finds."""
    return [(hit.document.kind, hit.document.slug) for hit in finding.find(text).places]
