"""What `manage.py verify` looks at. A check returns sentences about what is wrong."""

from guide_site.public.search import upkeep


def search_index():
    """The search index holds what the guide does."""
    return [f"{problem}; manage.py rebuild_search mends it" for problem in upkeep.problems()]


CHECKS = [search_index]
