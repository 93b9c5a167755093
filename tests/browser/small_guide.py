"""A small guide made with factories that has a page of every kind."""

import datetime
from types import SimpleNamespace

from django.urls import reverse

from guide_site.core import history
from guide_site.core.access import Role
from moderation import actions
from moderation.states import Status
from tests import factories

LONG_WORD = "arn:aws:iam::123456789012:role/" + "a-role-with-a-very-long-name" * 5
TABLE = "| 🔹 Service | Limit | Where | Since | Price |\n|:--|--:|:-:|---|---|\n" + "\n".join(
    f"| Service number {n} | {n}000 requests a second | region-{n} | 201{n} | $0.00{n} an hour |"
    for n in range(1, 10)
)
NESTED = "Buckets are **private** by default; see [the gotchas](#gotchas) or [nothing](#nowhere)."


def publish(password):
    """Publish the guide; returns its people, sections, entries and proposals by name."""
    guide = SimpleNamespace(password=password)
    _people(guide)
    _text(guide)
    _catalogue(guide)
    _proposals(guide)
    return guide


def _people(guide):
    for name in ("contributor", "editor", "lead"):
        made = factories.user(Role(name), username=name, email=f"{name}@example.org")
        made.set_password(guide.password)
        made.save()
        setattr(guide, name, made)
    guide.reader = factories.user(None, username="reader")


def _text(guide):
    guide.tag = factories.legend_tag("gotcha", "❗")
    factories.legend_tag("tip", "🔹", meaning="Something basic.")
    root = factories.section("A small guide", slug="a-small-guide")
    guide.section = factories.section("Object storage", slug="storage", parent=root)
    tips = factories.section("Storage tips", slug="storage-tips", parent=guide.section)
    gotchas = factories.section("Gotchas", slug="gotchas", parent=root)
    guide.empty = factories.section("An empty section", slug="empty", parent=root)
    owned = factories.section("Compute", slug="compute", parent=root)
    guide.service = factories.service("EC2", slug="ec2", section=owned, summary="Machines.")
    guide.bare_service = factories.service("SQS", slug="sqs", availability="preview")
    guide.entry = factories.entry("One, two, three, four.", section=guide.section)
    factories.entry(NESTED, section=guide.section, parent=guide.entry, tags=["gotcha"])
    guide.table = factories.entry(TABLE, section=tips, kind="table", tags=["tip"])
    factories.entry("aws s3 cp --recursive " + LONG_WORD, section=tips, tags=["gotcha", "tip"])
    guide.code = factories.entry("    aws s3 ls\n    " + LONG_WORD, section=tips, kind="code")
    factories.entry("<https://example.org/" + "a" * 150 + ">", section=tips, kind="paragraph")
    guide.edited = factories.entry("Reads are eventually consistent.", section=gotchas)
    guide.retired = factories.entry("S3 has no consistency at all.", section=gotchas)
    factories.retire(guide.retired)
    guide.computed = factories.entry("Start small, then measure.", section=owned, tags=["tip"])


def _catalogue(guide):
    """Dates and a matrix, with everything that a cell can hold."""
    month = {"released": datetime.date(2006, 8, 1), "released_precision": "month"}
    year = {"released": datetime.date(2013, 1, 1), "released_precision": "year"}
    factories.service("WorkDocs", slug="workdocs", availability="retired", note="Gone.", **year)
    factories.service("Silk", availability="obsolete", availability_uncertain=True, **month)
    notes = {"release_notes_url": "https://a.example/", **month}
    guide.dated = factories.service("Dated", slug="dated", summary="It " * 99, **notes)
    queue = {"capability": "Queue"}
    factories.offering("SQS", **queue, service=guide.bare_service, url="https://a.example/")
    factories.offering("Pub/Sub", **queue, provider="Google", note="renamed", uncertain=True)
    factories.offering("RabbitMQ", **queue, provider="Open source", url="https://a.example/")
    factories.offering(LONG_WORD[:120], capability="A need " * 12, provider="Google")
    guide.provider = factories.offering("Kafka", **queue, provider="Open source").provider


def _proposals(guide):
    author, approver = guide.contributor, guide.editor

    def edit(entry, body, **fields):
        fields = {
            "author": author,
            "why": "It was wrong.",
            "sources": ["https://a.example/"],
        } | fields
        return factories.proposal(entry, body, **fields)

    guide.merged = edit(guide.edited, "Reads are strongly consistent.")
    actions.approve(guide.merged, by=approver, version=1)
    guide.declined = edit(guide.edited, "Reads are fine.", title="Shorter")
    actions.decline(guide.declined, by=approver, version=1, note="It says less.")
    guide.conflicting = edit(guide.edited, "Reads are always consistent.", title="Another word")
    factories.edit(guide.edited, "Reads are strictly consistent.", by=approver)
    guide.open = edit(guide.computed, "Start small, then measure and grow.", affiliation="EC2")
    actions.comment(guide.open, by=approver, body="What does *grow* mean? <https://a.example/>")
    guide.returned = edit(guide.computed, "Begin small, then measure.", title="Begin")
    actions.request_changes(guide.returned, by=approver, version=1, note="Why “begin”?")
    guide.wide = edit(guide.table, TABLE.replace("Limit", "Quota"), title="Quota")
    actions.approve(edit(guide.code, guide.code.body + "\n    ls"), by=approver, version=1)
    guide.draft = edit(guide.computed, "Start big.", status=Status.DRAFT, title="Big")
    guide.addition = factories.addition(guide.section, "Use “multipart” uploads.", author=author)
    guide.retirement = factories.retirement(guide.computed, author=author)
    guide.report = factories.report(guide.computed, f"See {LONG_WORD}", author=author)
    guide.open.fixes.add(guide.report)
    actions.discuss_report(guide.report, by=approver, body="*Where?*")
    actions.dismiss_report(factories.report(guide.edited), by=approver, note="It is right.")


def public_pages(guide):
    """Every kind of page that a visitor can read: name → address."""
    entry, section = guide.edited, guide.section.slug
    found = {"home": "/", "guide": "/guide/", "no such page": "/nothing/"}
    for name in ("services", "matrix", "releases", "completeness", "legend", "changes"):
        found[name] = reverse(name)
    for name in ("proposals", "account_login", "account_signup"):
        found[name] = reverse(name)
    found |= {
        "section": f"/sections/{section}/",
        "empty section": f"/sections/{guide.empty.slug}/",
        "service": guide.service.get_absolute_url(),
        "services found": "/services/?availability=preview&sort=-released",
        "services with a wrong filter": "/services/?since=soon&group=nothing",
        "matrix of one provider": f"/matrix/?q=queue&provider={guide.provider.slug}",
        "nothing found in the matrix": "/matrix/?q=nothing",
        "releases by name": "/releases/?sort=name",
        "service without a section": guide.bare_service.get_absolute_url(),
        "entry": guide.entry.get_absolute_url(),
        "code": guide.code.get_absolute_url(),
        "history of code": f"/entries/{guide.code.pk}/history/",
        "retired entry": guide.retired.get_absolute_url(),
        "legend tag": guide.tag.get_absolute_url(),
        "for programs": "/api/",
        "tagged": "/tagged/",
        "tagged with two": "/tagged/?tag=gotcha&tag=tip",
        "tagged, wrong": "/tagged/?tag=nothing&service=nowhere",
        "guide with tags": "/guide/?tag=tip",
        "section with tags": f"/sections/{section}/?tag=gotcha",
        "section history": f"/sections/{section}/history/",
        "section compare": f"/sections/gotchas/compare/?a=1&b={history.generation()}",
        "entry history": f"/entries/{entry.pk}/history/",
        "entry compare": f"/entries/{entry.pk}/compare/?a=1&b={history.generation()}",
        "proposal retirement": guide.retirement.get_absolute_url(),
        "revision": f"/changes/{history.generation()}/",
        "person": guide.contributor.get_absolute_url(),
        "no proposals found": "/proposals/?author=nobody&status=open",
        "report": guide.report.get_absolute_url(),
        "reports": "/reports/",
        "reports, wrong": "/reports/?section=nowhere&status=lost",
        "reports of an entry": f"/entries/{guide.computed.pk}/reports/",
        "entry with a report": guide.computed.get_absolute_url(),
        "health of moderation": "/proposals/health/",
        "password reset": reverse("account_reset_password"),
    }
    for name in ("merged", "declined", "conflicting", "open", "returned", "addition"):
        found[f"proposal {name}"] = getattr(guide, name).get_absolute_url()
    return found


def contributors_pages(guide):
    """Every kind of page that only the contributor of the guide sees: name → address."""
    found = {
        "edit": f"/entries/{guide.entry.pk}/edit/",
        "edit a retired entry": f"/entries/{guide.retired.pk}/edit/",
        "edit what somebody edits": f"/entries/{guide.computed.pk}/edit/",
        "retire": f"/entries/{guide.entry.pk}/retire/",
        "report a problem": f"/entries/{guide.computed.pk}/report/",
        "fix a report": f"/entries/{guide.computed.pk}/edit/?fixes={guide.report.pk}",
        "add": f"/sections/{guide.section.slug}/add/",
        "edit section": f"/sections/{guide.section.slug}/edit/",
        "edit section and those below": f"/sections/{guide.section.slug}/edit/?below=1",
        "my proposals": "/proposals/mine/",
        "proposal draft": guide.draft.get_absolute_url(),
        "refused": "/review/",
        "e-mail": reverse("account_email"),
        "password": reverse("account_change_password"),
        "log out": reverse("account_logout"),
    }
    for name in ("draft", "conflicting", "addition", "retirement"):
        found[f"amend {name}"] = f"{getattr(guide, name).get_absolute_url()}amend/"
    return found


def editors_pages(guide):
    """Every kind of page that only an editor sees: name → address."""
    return {
        "review": "/review/",
        "review of one section": "/review/?section=compute&kind=edit",
        "review with a wrong filter": "/review/?section=nowhere",
        "decide": f"{guide.open.get_absolute_url()}decide/",
    }


def pages_for(guide, person):
    """Who “visitor”, “contributor” or “editor” is, and every kind of page for them."""
    pages = public_pages(guide)
    if person == "contributor":
        pages |= contributors_pages(guide)
    elif person == "editor":  # the others look the same to both
        pages = {n: a for n, a in pages.items() if n.startswith("proposal")} | editors_pages(guide)
    return getattr(guide, person, None), pages
