"""Atom feeds of what changed: in the guide, a section, a service, or what carries a legend tag."""

import datetime
import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from entries.models import Guide, LegendTag, Section, SectionAlias
from guide_site.core.pages import public_page
from guide_site.public.history import recent
from guide_site.public.history.steps import Step
from services.reading.tree import guide_tree

SHOWN = 20  # revisions
_NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Feed(Atom1Feed):
    """Atom with the difference as HTML beside the summary; dated by its newest revision."""

    content_type = "application/atom+xml; charset=utf-8"

    def latest_post_date(self) -> datetime.datetime:
        """The time of its newest revision; 1970 if it has none."""
        return max((item["updateddate"] for item in self.items), default=_NEVER)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write an entry with its difference."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


@public_page(for_all=True)
def guide_feed(request: HttpRequest) -> HttpResponse:
    """Changes of everything that is published."""
    return _feed(request, recent.whole(guide_tree(), str(Guide.current()), reverse("home")))


@public_page(for_all=True)
def section_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Changes of a section and all below it."""
    part = recent.of_section(guide_tree(), slug)
    if part is None:
        aliases = SectionAlias.objects.filter(section__in=Section.objects.shown())
        alias = get_object_or_404(aliases.select_related("section"), slug=slug)
        return redirect("section-feed", alias.section.slug, permanent=True)
    return _feed(request, part)


@public_page(for_all=True)
def service_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Changes of a service and its section."""
    return _feed(request, recent.of_service(guide_tree(), slug))


@public_page(for_all=True)
def legend_tag_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Changes of a legend tag and of the entries that carry it."""
    legend = list(LegendTag.objects.all())
    return _feed(request, recent.of_legend_tag(guide_tree(), legend, slug))


def _feed(request: HttpRequest, part: recent.Part) -> HttpResponse:
    absolute = request.build_absolute_uri
    name = str(Guide.current())
    feed = Feed(
        title=_xml(f"Changes: {part.title}" if part.title == name else f"{part.title} · {name}"),
        link=absolute(part.url),
        description=None,
        feed_url=absolute(),
        feed_guid=_tag(request, request.path),
    )
    for change in recent.changes(part, SHOWN):
        _add(feed, change, request)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _add(feed: Feed, change: recent.RecentRevision, request: HttpRequest) -> None:
    absolute = request.build_absolute_uri
    revision = change.line.row
    author, has_proposal = revision.user, change.line.proposal is not None
    left_out = change.total - len(change.steps)
    linked = [(step, absolute(step.target.url)) for step in change.steps]
    context = {"steps": linked, "left_out": left_out}
    feed.add_item(
        title=_xml(revision.comment or "No summary"),
        link=absolute(reverse("revision", args=[revision.pk])),
        description=_xml(escape(_summary(change.steps, left_out))),
        content=_xml(render_to_string("public/_feed_entry.html", context)),
        unique_id=_tag(request, f"revision-{revision.pk}"),
        author_name=author.username if author else _nobody(has_proposal),
        author_link=absolute(author.get_absolute_url()) if author and author.is_active else None,
        pubdate=revision.date_created,
        updateddate=revision.date_created,
    )


def _summary(steps: list[Step], left_out: int) -> str:
    parts = [f"{step.what} “{step.target.title}”" for step in steps]
    if left_out:
        parts.append(f"{left_out} more" if parts else f"{left_out} changes of place")
    return "; ".join(parts)


def _nobody(has_proposal: bool) -> str:
    return "former contributor" if has_proposal else "the software"


def _tag(request: HttpRequest, name: str) -> str:
    """An identifier that stays the same on every path, port and scheme of this host."""
    host, _ = split_domain_port(request.get_host())
    return f"tag:{host},2026:{name.strip('/')}"


def _xml(text: str) -> str:
    """Without the characters that XML has no place for."""
    return _NOT_XML.sub("", text)
