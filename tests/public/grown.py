"""A guide of any size that has something of everything, and the addresses of its pages."""

import datetime

from entries.actions.entries import edit_entry
from entries.models import LegendTag
from guide_site.core import history
from moderation import actions
from services.models import Capability, Offering, Provider, ServiceGroup
from tests import factories
from tests.moderation.helpers import approve

_OF_THE_CATALOGUE = {
    "services": "/services/",
    "services found": "/services/?content=some&tag=gotcha&sort=-entries",
    "service": "/services/s3/",
    "matrix": "/matrix/",
    "matrix-csv": "/matrix.csv",
    "matrix-json": "/matrix.json?q=need",
    "releases": "/releases/",
    "releases-csv": "/releases.csv",
    "releases-json": "/releases.json?availability=general",
    "completeness": "/completeness/",
}

SEARCHES = {
    "search": "/search/?q=roles+keys",
    "search, nothing found": "/search/?q=xyzzy",
    "search-suggest": "/search/suggest/?q=rol",
}


def addresses(size):
    """{kind of page: address} of a new guide with `size` of whatever a page may list."""
    tags = [factories.legend_tag("gotcha", "❗").slug, factories.legend_tag("cost", "💸").slug]
    title = factories.section("The Guide")
    start = history.generation()
    basics = factories.section("Basics", parent=title)
    home = factories.section("S3 in short", parent=title)
    for number in range(size):
        for parent in (basics, home):
            below = factories.section(f"{parent} {number}", parent=parent)
            factories.entry(section=below, tags=tags)
    entry = top = None
    for number in range(size):
        entry = factories.entry(f"Depth {number}.", section=basics, parent=entry, tags=tags)
        top = top or entry
    factories.retire(factories.entry("Old.", section=basics))
    first = history.generation()
    _catalogue(home, size)
    _edits(top, tags, size)
    proposal = _proposals(top, size)
    last = history.generation()
    at, section = top.get_absolute_url(), basics.get_absolute_url()
    return (
        _narrowed(section)
        | _reports(top, proposal, size)
        | _for_programs(section)
        | _OF_THE_CATALOGUE
        | SEARCHES
        | {
            "home": "/",
            "entry-markdown": f"{at.rstrip('/')}.md",
            "guide": "/guide/",
            "section": section,
            "section-history": f"{section}history/",
            "section-compare": f"{section}compare/?a={start}&b={last}",
            "legend": "/legend/",
            "legend-tag": "/legend/gotcha/",
            "entry": at,
            "nested entry": entry.get_absolute_url(),
            "entry-history": f"{at}history/",
            "entry-compare": f"{at}compare/?a={first}&b={last}",
            "changes": "/changes/",
            "revision": f"/changes/{_large(basics, tags, size)}/",
            "person": "/people/ada/",
            "proposals": "/proposals/",
            "proposal": proposal.get_absolute_url(),
        }
    )


def _narrowed(section):
    """Pages that show only what carries some tags."""
    return {
        "tagged": "/tagged/?tag=gotcha&tag=cost&service=s3",
        "tagged, nothing chosen": "/tagged/?service=s3",
        "guide with tags": "/guide/?tag=gotcha",
        "section with tags": f"{section}?tag=gotcha&tag=cost",
        "service with tags": "/services/s3/?tag=gotcha",
    }


_API = [
    "",
    "openapi.json",
    "entries/?tag=gotcha&service=s3",
    "sections/?below=basics",
    "sections/basics/",
    "tags/",
    "services/?tag=gotcha&group=g0",
    "services/s3/",
    "providers/",
    "releases/",
    "matrix/?q=s3",
    "revisions/?tag=gotcha",
    "revisions/?section=basics",
]


def _for_programs(section):
    """Other forms of the guide, and what feed readers, crawlers and the like ask for."""
    return {
        "guide-markdown": "/guide.md",
        "guide-epub": "/guide.epub",
        "guide-html": "/guide.html",
        "section-markdown": f"{section.rstrip('/')}.md",
        "service-markdown": "/services/s3.md",
        "guide-feed": "/feeds/guide/",
        "section-feed": section.replace("/", "/feeds/", 1),
        "service-feed": "/feeds/services/s3/",
        "legend-tag-feed": "/feeds/legend/gotcha/",
        "sitemap": "/sitemap.xml",
        "robots": "/robots.txt",
        "opensearch": "/opensearch.xml",
        "llms": "/llms.txt",
        "api revision": f"/api/revisions/{history.generation()}/",
    } | {f"api {address}": f"/api/{address}" for address in _API}


def _catalogue(section, size):
    service = factories.service("S3", slug="s3", section=section)
    with history.revision(by=None, comment="catalogue"):
        groups = [ServiceGroup(name=f"G{n}", slug=f"g{n}", position=n) for n in range(size)]
        needs = [Capability(name=f"Need {n}", position=n) for n in range(size)]
        others = [Provider(name=f"Other {n}", slug=f"other-{n}") for n in range(size)]
        for row in (*groups, *needs, *others):
            row.save()
        service.tags.add(*LegendTag.objects.all())
        service.group = groups[0]
        service.released, service.released_precision = datetime.date(2006, 3, 1), "month"
        service.save()
        for capability, provider in zip(needs, others, strict=True):
            mine = {"provider": service.provider, "service": service}
            Offering(name="S3", capability=capability, **mine).save()
            Offering(name="Its like", capability=capability, provider=provider).save()
    for group in groups:
        factories.service("EC2", group=group, availability="preview")


def _edits(entry, tags, size):
    """Merges by different people, and edits that change the tags."""
    for number in range(size):
        factories.edit(entry, f"Text {number}.", tags=tags[: number % 2])
        entry.refresh_from_db()
        proposal = factories.proposal(entry, f"Better {number}.", author=factories.user())
        approve(proposal)
    entry.refresh_from_db()


def _proposals(entry, size):
    """Open proposals of ada's on several entries; returns one with a long discussion."""
    ada = factories.user(username="ada")
    for _ in range(size):
        factories.proposal(author=ada)
        factories.addition(entry.section, author=ada)
    proposal = factories.proposal(entry, "Best.", author=ada)
    for _ in range(size):
        actions.comment(proposal, by=factories.user(), body="Is it so?")
    return proposal


def _reports(entry, proposal, size):
    """Reports that the proposal fixes, the last with a long discussion; their pages."""
    reports = []
    for number in range(size):
        by = factories.user()
        reports.append(actions.report_entry(entry, by=by, kind="wrong", text=f"No. {number}"))
        actions.discuss_report(reports[0], by=by, body="Is it so?")
    proposal.fixes.set(reports)
    return {
        "moderation-health": "/proposals/health/",
        "reports": "/reports/",
        "report": reports[0].get_absolute_url(),
        "entry-reports": f"{entry.get_absolute_url()}reports/",
    }


def _large(section, tags, size):
    """Number of a revision that changes many entries and a section."""
    for _ in range(size):
        factories.entry(section=section, tags=tags)
    with history.revision(by=None, comment="large"):
        section.title += "!"
        section.save()
        for entry in section.entries.filter(retired_at=None):
            edit_entry(entry, body=f"{entry.body} And so on.", tags=[])
    return history.generation()
