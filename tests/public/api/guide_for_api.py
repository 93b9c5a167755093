"""A small guide with one of everything that the API tells of."""

import datetime

from guide_site.core import history
from guide_site.core.access import Role
from services.models import Capability, Offering, Provider, ServiceGroup
from tests import factories
from tests.moderation.helpers import approve


def publish():
    """Publish it; returns its entries by name."""
    factories.legend_tag("gotcha", "❗", label="Gotcha", position=1)
    factories.legend_tag("cost", "💸", label="Cost", position=2)
    title = factories.section("The guide")
    basics = factories.section("Basics", parent=title)
    s3 = factories.section("S3 notes", parent=title)
    tips = factories.section("S3 tips", parent=s3, kind="tips")
    found = {
        "one": factories.entry("**One:** first.", section=basics, tags=["gotcha"]),
        "two": factories.entry("Two `code`.", section=s3),
    }
    found["three"] = factories.entry(
        "Three.", section=s3, parent=found["two"], tags=["cost", "gotcha"]
    )
    found["four"] = factories.entry("| a |\n|--|\n| b |", section=tips, kind="table")
    found["gone"] = factories.entry("Gone.", section=tips, tags=["gotcha"])
    factories.retire(found["gone"])
    _catalogue(s3)
    proposal = factories.proposal(
        found["one"], "**One:** better.", author=factories.user(username="ada"), title="Better"
    )
    approve(proposal, by=factories.user(Role.EDITOR, username="grace"))
    return found


def _catalogue(section):
    with history.revision(by=None, comment="Catalogue"):
        aws, other = Provider(name="AWS", slug="aws"), Provider(name="Other", slug="other")
        group = ServiceGroup(name="Must-know", slug="must-know")
        need = Capability(name="Object storage")
        for row in (aws, other, group, need):
            row.save()
    s3 = factories.service(
        "S3",
        slug="s3",
        provider=aws,
        group=group,
        section=section,
        released=datetime.date(2006, 3, 1),
        released_precision="month",
        docs_url="https://docs.example/",
    )
    factories.service("Old", slug="old", provider=other, availability="obsolete", note="Gone.")
    with history.revision(by=None, comment="Cells"):
        Offering(capability=need, provider=aws, name="S3", service=s3).save()
        Offering(capability=need, provider=other, name="Boxes", uncertain=True).save()
