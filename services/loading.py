"""The catalogue that ships: what the tables of its guide do not say."""

from typing import TypedDict

from entries.models import Section
from services import actions


class _Provider(TypedDict):
    slug: str
    name: str


class _Group(TypedDict):
    slug: str
    name: str
    summary: str


class _Service(TypedDict):
    """A service. Providers, groups, sections and tags are named by their slugs, “” for none."""

    slug: str
    name: str
    full_name: str
    provider: str
    group: str
    section: str
    tags: list[str]
    summary: str
    homepage: str
    docs: str
    pricing: str
    faq: str
    released: str  # “2006-03”, “2006” or “”
    availability: str
    uncertain: bool
    note: str
    release_notes: str


class Catalogue(TypedDict):
    """The object in `fixtures/services.json`."""

    providers: list[_Provider]
    groups: list[_Group]
    services: list[_Service]


def load_catalogue(data: Catalogue) -> None:
    """Add providers, groups and services with their facts. Callers hold `history.revision()`.

    A service gets the section of that slug where the guide has it. Raises ValidationError for
    facts that are invalid. All the rest comes from the tables: see `services.tables.importing`.
    """
    for provider in data["providers"]:
        actions.add_provider(**provider)
    for group in data["groups"]:
        actions.add_group(**group)
    sections = {section.slug: section for section in Section.objects.all()}
    for service in data["services"]:
        actions.add_service(
            slug=service["slug"],
            name=service["name"],
            full_name=service["full_name"],
            provider=service["provider"],
            group=service["group"],
            section=sections.get(service["section"]),
            tags=service["tags"],
            summary=service["summary"],
            homepage_url=service["homepage"],
            docs_url=service["docs"],
            pricing_url=service["pricing"],
            faq_url=service["faq"],
            released=service["released"],
            availability=service["availability"],
            availability_uncertain=service["uncertain"],
            note=service["note"],
            release_notes_url=service["release_notes"],
        )
