"""The shapes of what the API returns: entries, sections, the catalogue, revisions."""

from django.urls import reverse

from entries.models import EntryKind, SectionKind
from guide_site.public.api.shapes import (
    Shape,
    address,
    many,
    number,
    number_or_null,
    one,
    text,
    text_or_null,
    texts,
    within,
    yes_or_no,
)
from services.models import Availability

_RELEASED = {"pattern": r"^\d{4}(-\d{2})?$", "examples": ["2006-03", "2006"]}
_RELEASED_DOC = "Month or year of the first release, as exactly as it is known."
_TIME = {"format": "date-time"}

TAG = Shape(
    "LegendTag",
    "A sign of the legend.",
    {
        "slug": text("slug", "What `tag` parameters take."),
        "sign": text("sign", "The sign itself, an emoji."),
        "label": text("label", "Its name."),
        "meaning": text("meaning", "What it says of an entry."),
        "url": address(lambda tag, guide: tag.get_absolute_url()),
    },
)

TAG_OF = Shape(
    "TagOf",
    "A legend tag that something carries.",
    {name: TAG.fields[name] for name in ("slug", "sign", "label")},
)

SECTION_OF = Shape(
    "SectionOf",
    "A section that something is in.",
    {
        "slug": text(lambda node, guide: node.section.slug, "Its slug."),
        "title": text(lambda node, guide: node.section.title, "Its heading."),
        "url": address(lambda node, guide: node.url),
    },
)

SECTION = Shape(
    "Section",
    "A section of the guide. `parent` and `children` make the tree.",
    {
        **SECTION_OF.fields,
        "kind": text(
            lambda node, guide: node.section.kind, "What it is about.", enum=SectionKind.values
        ),
        "parent": text_or_null(
            lambda node, guide: node.parent and node.parent.section.slug,
            "Slug of the section above.",
        ),
        "children": texts(
            lambda node, guide: [child.section.slug for child in node.children],
            "Slugs of the sections right below, in order.",
        ),
        "depth": number("depth", "0 for the topmost."),
        "path": many(SECTION_OF, "path", "The sections above, from the topmost down."),
        "service": text_or_null(
            lambda node, guide: node.home and node.home.slug,
            "Slug of the service that it describes.",
        ),
        "tags": many(
            TAG_OF, lambda node, guide: guide.tags_of(node), "Legend tags of its heading."
        ),
        "entries": number(
            lambda node, guide: guide.counts[node.section.pk], "Entries right in it."
        ),
        "entries_below": number(
            lambda node, guide: sum(guide.counts[below.section.pk] for below in node.walk()),
            "Entries in it and in all below.",
        ),
    },
)

ENTRY = Shape(
    "Entry",
    "One point of the guide: a bullet, paragraph, table, code block or figure.",
    {
        "id": number("row.pk", "Never changes."),
        "url": address(lambda entry, guide: entry.row.get_absolute_url(), "Its permanent page."),
        "kind": text("row.kind", "What it is.", enum=[k for k in EntryKind.values if k != "kept"]),
        "lead": text("row.opening_words", "Its first words, to speak of it."),
        "markdown": text("row.body", "The text as Markdown, without list marker and legend signs."),
        "html": text("row.body_html", "The text as safe HTML. Links within the site are paths."),
        "tags": many(TAG_OF, "tags", "Its legend tags, in the order of the legend."),
        "parent": number_or_null("row.parent_id", "`id` of the entry that it is nested in."),
        "path": many(
            SECTION_OF,
            lambda entry, guide: guide.path_of(entry.row),
            "The sections that it is in, from the topmost down to its own.",
        ),
        "service": text_or_null(
            lambda entry, guide: guide.service_of(entry.row),
            "Slug of the service in whose section it is.",
        ),
    },
)

SEARCHED = {
    "corrected": text_or_null(
        lambda query, guide: query.found and query.found.corrected,
        "What was searched for instead of `q`, if the guide does not have a word of it.",
    ),
    "also": texts(
        lambda query, guide: list(query.found.others) if query.found else [],
        "Further words that may have been meant, and were searched for, too.",
    ),
}

PROVIDER = Shape(
    "Provider",
    "A column of the service matrix.",
    {
        "slug": text("row.slug", "What `provider` parameters take."),
        "name": text("row.name", "Its name."),
        "services": number("services", "Services of the catalogue."),
        "offerings": number("offerings", "Cells of the service matrix."),
    },
)

GROUP = Shape(
    "ServiceGroup",
    "What kind of need a service answers.",
    {"slug": text("slug", "What `group` parameters take."), "name": text("name", "Its name.")},
)

_FACTS = {
    "url": address(lambda service, guide: service.get_absolute_url()),
    "group": one(GROUP, "group", "What it is for."),
}
_STATE = {
    "released": text_or_null("released_text", _RELEASED_DOC, **_RELEASED),
    "availability": text("availability", "How it stands.", enum=Availability.values),
    "uncertain": yes_or_no("availability_uncertain", "The availability is not sure."),
    "note": text("note", "What else there is to say of the release."),
    "release_notes_url": text_or_null("release_notes_url", "Address of its release notes."),
}

SERVICE = Shape(
    "Service",
    "A product that the guide knows.",
    {
        "slug": text("row.slug", "What `service` parameters take."),
        "name": text("row.name", "Its short name."),
        "full_name": text("row.full_name", "Its full name."),
        "summary": text("row.summary", "What it is, in a line."),
        "url": within("row", _FACTS)["url"],
        "provider": text("row.provider.slug", "Slug of who offers it."),
        "group": within("row", _FACTS)["group"],
        "tags": many(TAG_OF, "tags", "Its legend tags."),
        "section": text_or_null(
            lambda line, guide: line.coverage.node and line.coverage.node.section.slug,
            "Slug of the section about it.",
        ),
        "entries": number("coverage.entries", "Entries about it."),
        "homepage_url": text_or_null("row.homepage_url", "Its home page."),
        "docs_url": text_or_null("row.docs_url", "Its documentation."),
        "pricing_url": text_or_null("row.pricing_url", "What it costs."),
        "faq_url": text_or_null("row.faq_url", "Its questions and answers."),
        **within("row", _STATE),
    },
)

RELEASE = Shape(
    "Release",
    "Since when there is a service, and how it stands.",
    {
        "service": text("slug", "Slug of the service."),
        "name": text("name", "Its name."),
        **_FACTS,
        **_STATE,
    },
)

OFFERING = Shape(
    "Offering",
    "What a provider has for a capability.",
    {
        "provider": text("provider.slug", "Slug of the provider."),
        "name": text("name", "What it is called."),
        "url": text_or_null("url", "Where it is described."),
        "service": text_or_null(
            lambda offering, guide: offering.service and offering.service.slug,
            "Slug of the service of this guide that it is.",
        ),
        "note": text("note", "What else there is to say."),
        "uncertain": yes_or_no("uncertain", "It may not be what it is listed for."),
    },
)

CAPABILITY = Shape(
    "Capability",
    "A row of the service matrix.",
    {
        "name": text("capability.name", "What one may need."),
        "offerings": many(
            OFFERING,
            lambda row, guide: [offering for _, offered in row.cells for offering in offered],
            "What providers have for it; none where a cell is empty.",
        ),
    },
)

REVISION = Shape(
    "Revision",
    "One published step of the guide.",
    {
        "number": number("line.row.pk", "Grows with every step."),
        "url": address(lambda change, guide: reverse("revision", args=[change.line.row.pk])),
        "date": text(
            lambda change, guide: change.line.row.date_created.isoformat(), "When.", **_TIME
        ),
        "summary": text("line.row.comment", "What was done, in the author’s words."),
        "author": text_or_null(
            lambda change, guide: change.line.row.user and change.line.row.user.username,
            "Who made it; null for the software and for accounts that are gone.",
        ),
        "editors": texts(
            lambda change, guide: [user.username for user in change.line.editors],
            "Reviewers who wrote words of it.",
        ),
        "approvers": texts(
            lambda change, guide: [user.username for user in change.line.approvers if user],
            "Who approved its proposal.",
        ),
        "proposal": number_or_null(
            lambda change, guide: change.line.proposal and change.line.proposal.pk,
            "Number of the proposal that it published.",
        ),
        "changes": number("changes", "How many rows of the guide it wrote."),
    },
)
