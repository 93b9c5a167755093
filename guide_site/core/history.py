"""The one door for published content: one transaction, one writer, one reversion Revision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from typing import Any, NoReturn, TypeVar

import reversion
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models.signals import m2m_changed
from django.utils.module_loading import import_string
from reversion.models import Revision

from guide_site.core.access import Member

_Row = TypeVar("_Row", bound=models.Model, covariant=True)

# Any constant: it names the advisory lock that makes PostgreSQL take one writer at a time.
_WRITERS_LOCK = 0x6F70656E


Written = Mapping[type[models.Model], set[int]]  # {model: primary keys}, of rows of one revision

_is_writing: ContextVar[bool] = ContextVar("guide-writing", default=False)
# What the open revision has written or deleted so far; None: no revision is open.
_open: ContextVar[defaultdict[type[models.Model], set[int]] | None] = ContextVar(
    "guide-open-revision", default=None
)


class OutsideWriting(RuntimeError):
    """A step that no other writer may overlap was taken outside `history.writing()`."""


class WriteOutsideRevision(RuntimeError):
    """Published content was written outside `history.revision()`."""


@contextmanager
def writing() -> Iterator[None]:
    """One transaction that no other writer overlaps, on both databases.

    Numbers of revisions and events therefore become visible in order: a page cached under
    the newest number never misses an older change. SQLite has a single writer anyway
    (`transaction_mode` IMMEDIATE).
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_WRITERS_LOCK])
        token = _is_writing.set(True)
        try:
            yield
        finally:
            _is_writing.reset(token)


def require_writing(what: object) -> None:
    """Raise OutsideWriting with `what`, unless the caller runs inside `writing()`."""
    if not _is_writing.get():
        raise OutsideWriting(f"{what}: wrap this in history.writing()")


@contextmanager
def revision(*, by: Member | None, comment: str, at: datetime | None = None) -> Iterator[None]:
    """Open the guide for writing; all writes inside are one revision.

    by       its author; None: the software
    comment  the summary that every history page shows
    at       when the change was made, if not now: for history from elsewhere
    """
    with writing(), reversion.create_revision():
        reversion.set_user(by)
        reversion.set_comment(comment)
        if at:
            reversion.set_date_created(at)
        written = defaultdict[type[models.Model], set[int]](set)
        token = _open.set(written)
        try:
            yield
            if not transaction.get_rollback():
                for follow in _followers(tuple(settings.FOLLOWERS)):
                    follow(written)
        finally:
            _open.reset(token)


@cache
def _followers(names: tuple[str, ...]) -> list[Callable[[Written], None]]:
    """What keeps texts in step that repeat what other rows hold; layers above have it."""
    return [import_string(name) for name in names]


@contextmanager
def restoring() -> Iterator[None]:
    """Open the guide for rows that bring their versions along, from a dump: makes no revision."""
    with writing():
        token = _open.set(defaultdict(set))
        try:
            yield
        finally:
            _open.reset(token)


def generation() -> int:
    """Number of the last revision (0: none); it identifies the state of the published guide."""
    return latest(Revision)[0]


def page_state() -> str:
    """Cache key of reading pages: the newest row of each table in the setting PAGE_LOGS."""
    return state_of(*map(apps.get_model, settings.PAGE_LOGS))


def file_state() -> str:
    """Cache key of files, feeds and the API: the same for the tables in FILE_LOGS."""
    return state_of(*map(apps.get_model, settings.FILE_LOGS))


def state_of(*tables: type[models.Model]) -> str:
    """What changes whenever one of these tables, which only grow, gets a row."""
    return ".".join(map(str, latest(*tables)))


def latest(*tables: type[models.Model]) -> tuple[int, ...]:
    """The highest primary key of each table (0 for an empty one), in one query."""
    columns = ", ".join(f"(SELECT MAX(id) FROM {table._meta.db_table})" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}")
        return tuple(number or 0 for number in cursor.fetchone())


def _require_revision(what: object) -> defaultdict[type[models.Model], set[int]]:
    """What the open revision has written so far; raises WriteOutsideRevision without one."""
    written = _open.get()
    if written is None:
        raise WriteOutsideRevision(f"{what}: wrap the write in history.revision()")
    return written


class VersionedQuerySet(models.QuerySet[_Row]):
    """A query set without bulk writes, because those leave no versions."""

    def _closed(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise WriteOutsideRevision(f"{self.model.__name__}: save rows one by one")

    vars(_closed)["alters_data"] = True  # templates do not call it

    update = bulk_create = bulk_update = delete = _closed


class Versioned(models.Model):
    """A row of the published guide: it changes only inside `history.revision()`.

    traced_by   name of the foreign key whose row gets a version when this one is deleted:
                reversion stores nothing for deleted rows, and no revision without versions
    """

    traced_by: str | None = None

    objects = VersionedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"  # what related managers write through is closed as well

    def save(self, *args: Any, **kwargs: Any) -> None:
        written = _require_revision(self)
        super().save(*args, **kwargs)
        written[type(self)].add(self.pk)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        written = _require_revision(self)
        written[type(self)].add(self.pk)
        if self.traced_by:
            trace = getattr(self, self.traced_by)
            written[type(trace)].add(trace.pk)
            reversion.add_to_revision(trace)
        return super().delete(*args, **kwargs)


def _guard_many_to_many(
    sender: type[models.Model],
    instance: models.Model,
    action: str,
    reverse: bool,
    model: type[models.Model],
    **signal: Any,
) -> None:
    """Tags are published too, but adding one never passes `save()`."""
    published = isinstance(instance, Versioned) and issubclass(model, Versioned)
    if action.startswith("pre_") and published:
        written = _require_revision(f"{sender.__name__} of {instance}")
        written[type(instance)].add(instance.pk)
        if reverse:  # reversion would make no version of the other side
            raise WriteOutsideRevision(f"{sender.__name__}: give tags to a row, not rows to a tag")


m2m_changed.connect(_guard_many_to_many, dispatch_uid="guide-history")
