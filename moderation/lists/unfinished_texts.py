"""What members began to type and have not proposed yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Manager, QuerySet
from django.urls import Resolver404, resolve

from entries.models import Entry, Section
from guide_site.models import User
from moderation.models import Autosave, Proposal

_FORMS = {  # name of the address: what is typed there, about what
    "entry-edit": ("An edit of", "entry"),
    "entry-retire": ("The retirement of", "entry"),
    "entry-add": ("A new entry in", "section"),
    "section-edit": ("An edit of the section", "section"),
    "proposal-amend": ("Your proposal", "proposal"),
    "proposal-change": ("A change in your proposal", "proposal"),
}


@dataclass(frozen=True)
class Unfinished:
    """A text that somebody began: what it is, the path to go on at, and when it was saved."""

    label: str
    place: str
    at: datetime


def texts_of(user: User) -> list[Unfinished]:
    """The unfinished texts of a member, the newest first. At most four queries."""
    typed = [(row, *_form(row.place)) for row in Autosave.objects.filter(user=user)]
    keys = {
        about: {key for *_, kind, key in typed if kind == about} for _, about in _FORMS.values()
    }
    names = {
        ("entry", row.pk): row.opening_words for row in _rows(Entry.objects, pk__in=keys["entry"])
    }
    names |= {
        ("section", row.slug): row.title for row in _rows(Section.objects, slug__in=keys["section"])
    }
    own = Proposal.objects.filter(author=user)  # anybody may save at the address of any draft
    names |= {("proposal", row.pk): row.title for row in _rows(own, pk__in=keys["proposal"])}
    return [
        Unfinished(
            f"{what} “{names[kind, key]}”" if (kind, key) in names else row.place, row.place, row.at
        )
        for row, what, kind, key in typed
    ]


def _form(place: str) -> tuple[str, str, int | str | None]:
    """(what is typed at a place, kind of thing that it is about, its key)."""
    try:
        match = resolve(place)
    except Resolver404:
        return "", "", None
    what, kind = _FORMS.get(match.url_name or "", ("", ""))
    key = match.kwargs.get("pk", match.kwargs.get("slug"))
    is_none = isinstance(key, int) and key > BigIntegerField.MAX_BIGINT  # no database takes it
    return ("", "", None) if is_none else (what, kind, key)


def _rows(manager: Manager[Any] | QuerySet[Any], **condition: set[Any]) -> Iterable[Any]:
    """The rows that meet the condition; no query if it asks for nothing."""
    return manager.filter(**condition) if all(condition.values()) else ()
