"""The triggers on the tables of the guide that write the search documents, for both databases."""

from dataclasses import dataclass

from guide_site.public.search import documents
from guide_site.public.search.documents import ENTRY, SECTION, SERVICE


@dataclass(frozen=True)
class Trigger:
    """Runs `statements` after `event` on a row of `table`.

    event    INSERT, UPDATE or DELETE
    columns  an update counts only if one of these differs; none named: always
    """

    table: str
    event: str
    statements: list[str]
    columns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name in the database."""
        return f"search_{self.table}_{self.event.lower()}"


_TAGGED = "SELECT t.entry_id FROM entries_entry_tags t WHERE t.legendtag_id = NEW.id"


def _entries() -> list[Trigger]:
    return [
        Trigger("entries_entry", "INSERT", documents.renew_family("NEW.id")),
        Trigger(
            "entries_entry",
            "UPDATE",
            documents.renew_family("NEW.id"),
            columns=("body", "kind", "section_id", "parent_id", "retired_at"),
        ),
        Trigger("entries_entry", "DELETE", [documents.delete(ENTRY, "OLD.id")]),
        Trigger("entries_entry_tags", "INSERT", documents.renew_entries("e.id = NEW.entry_id")),
        Trigger("entries_entry_tags", "DELETE", documents.renew_entries("e.id = OLD.entry_id")),
        Trigger(
            "entries_legendtag",
            "UPDATE",
            documents.renew_entries(f"e.id {documents.is_one_of(_TAGGED)}"),
            columns=("label", "position"),
        ),
    ]


def _sections() -> list[Trigger]:
    return [
        Trigger("entries_section", "INSERT", documents.renew_around("NEW.id", "NEW.parent_id")),
        Trigger(
            "entries_section",
            "UPDATE",
            documents.renew_around("NEW.id", "NEW.parent_id", "OLD.parent_id"),
            columns=("title", "slug", "kind", "parent_id", "retired_at"),
        ),
        Trigger(
            "entries_section",
            "DELETE",
            [
                documents.delete(SECTION, "OLD.id"),
                *documents.renew_around("OLD.id", "OLD.parent_id"),
            ],
        ),
    ]


def _services() -> list[Trigger]:
    return [
        Trigger(
            "services_service",
            "INSERT",
            [
                *documents.renew_services("v.id = NEW.id"),
                *documents.renew_sections("s.id = NEW.section_id"),
            ],
        ),
        Trigger(
            "services_service",
            "UPDATE",
            [
                *documents.renew_services("v.id = NEW.id"),
                *documents.renew_sections("s.id = OLD.section_id"),
                *documents.renew_sections("s.id = NEW.section_id"),
            ],
            columns=("name", "full_name", "slug", "summary", "note", "group_id", "section_id"),
        ),
        Trigger(
            "services_service",
            "DELETE",
            [
                documents.delete(SERVICE, "OLD.id"),
                *documents.renew_sections("s.id = OLD.section_id"),
            ],
        ),
        Trigger(
            "services_servicegroup",
            "UPDATE",
            documents.renew_services("v.group_id = NEW.id"),
            columns=("name",),
        ),
    ]


TRIGGERS = [*_entries(), *_sections(), *_services()]
