"""What the guide is when the site did one thing and a file, made before, did another."""

import pytest
from django.core.management import CommandError

from guide_site.core import history
from moderation.models import Proposal
from tests.moderation.helpers import approve
from tests.moderation.imports.acts import (
    ACTS,
    NOTHING,
    as_file,
    copied,
    do_on_site,
    published,
    read,
    written,
)

pytestmark = pytest.mark.django_db

CONFLICTS = [  # of (site, file), in either order
    {"three → THREE", "three → tree"},
    {"move to Network", "move to Notes"},
    {"Storage → Stores", "Storage → Depot"},
]
CHANGES_OF_FIRST = ("three → THREE", "three → tree", "six → SIX", "tag")
FEW = [act for act in ACTS if act.name in ("nothing", "six → SIX", "move to Network", "retire")]
PAIRS = [pytest.param(x, y, id=f"{x.name} - {y.name}") for x in ACTS for y in ACTS]


def is_conflict(site, file):
    if {site.name, file.name} in CONFLICTS:
        return True
    return file.name == "retire" and site.name in CHANGES_OF_FIRST


def merged(site, file):
    """The guide that both want."""
    guide = copied()
    if site.name == "retire" and file.name in CHANGES_OF_FIRST:
        site = NOTHING  # what the file changed comes back
    if site.name.startswith("move to") and file.name == "retire":
        site = NOTHING
    if site.name == "retire" and file.name.startswith("move to"):
        file = NOTHING
    site.in_file(guide)
    if site.name != file.name:
        file.in_file(guide)
    return read(written(guide))


@pytest.mark.parametrize(("site", "file"), PAIRS)
def test_site_and_file_both_arrive_or_the_conflict_is_told(made_from, bring, site, file):
    do_on_site(site)
    before, generation = published(), history.generation()
    if is_conflict(site, file):
        with pytest.raises(CommandError, match="Nothing was changed"):
            bring(as_file(file))
        assert (published(), history.generation()) == (before, generation)
    else:
        said = bring(as_file(file))
        assert published() == merged(site, file), said


@pytest.mark.parametrize(("site", "file"), [pair for pair in PAIRS if pair.values[0] in FEW])
def test_a_proposal_of_the_file_does_the_same(made_from, bring, contributor, lead, site, file):
    do_on_site(site)
    before = published()
    said = bring(as_file(file), as_proposal=True, by="contributor")
    assert published() == before
    proposal = Proposal.objects.first()
    if proposal is None:
        assert merged(site, file) == before, said
    elif is_conflict(site, file):
        assert "conflict: " in said
        assert not approve(proposal, by=lead).is_merged
        assert published() == before
    else:
        assert approve(proposal, by=lead).problem == ""
        assert published() == merged(site, file), said
