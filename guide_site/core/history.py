"""The one door for published content: one transaction, one writer, one reversion Revision."""

from contextlib import contextmanager
from contextvars import ContextVar

import reversion
from django.db import connection, models, transaction
from django.db.models.signals import m2m_changed
from reversion.models import Revision

# Any constant: it names the advisory lock that makes PostgreSQL take one writer at a time.
_WRITERS_LOCK = 0x6F70656E


_is_writing = ContextVar("guide-writing", default=False)
_is_open = ContextVar("guide-revision-is-open", default=False)


class OutsideWriting(RuntimeError):
    """A step that no other writer may overlap was taken without `history.writing()`."""


class WriteOutsideRevision(RuntimeError):
    """Published content was written without `history.revision()`."""


@contextmanager
def writing():
    """One transaction that no other writer overlaps, on both databases.

    Numbers of revisions and events therefore become visible in order: a page cached under
    the newest number never misses an older change. SQLite has one writer by itself
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
def revision(*, by, comment, at=None):
    """Open the guide for writing, as one revision of user `by` (or None: the software).

    comment  the summary that every history page shows
    at       when the change was made, if not now: for history that is brought along
    """
    with writing(), reversion.create_revision():
        reversion.set_user(by)
        reversion.set_comment(comment)
        if at:
            reversion.set_date_created(at)
        token = _is_open.set(True)
        try:
            yield
        finally:
            _is_open.reset(token)


def generation():
    """Number of the last revision (0: none): names the state of the published guide."""
    return latest(Revision)[0]


_shown = [Revision]  # what reading pages show; every step of it makes a new row here


def depends_on(table):
    """Reading pages show what this log tells as well, so that a new row in it makes them anew."""
    if table not in _shown:
        _shown.append(table)


def page_state():
    """Names the state of all that reading pages show: the guide, and what hangs on it."""
    return ".".join(map(str, latest(*_shown)))


def latest(*tables):
    """The highest primary key of each model (0 for an empty one), in one query."""
    columns = ", ".join(f"(SELECT MAX(id) FROM {table._meta.db_table})" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}")
        return tuple(number or 0 for number in cursor.fetchone())


def _require_revision(what):
    if not _is_open.get():
        raise WriteOutsideRevision(f"{what}: wrap the write in history.revision()")


class VersionedQuerySet(models.QuerySet):
    """Bulk writes would leave no version, so they are closed."""

    def _closed(self, *args, **kwargs):
        raise WriteOutsideRevision(f"{self.model.__name__}: save rows one by one")

    update = bulk_create = bulk_update = delete = _closed
    _closed.alters_data = True


class Versioned(models.Model):
    """A row of the published guide: it changes only inside `history.revision()`.

    traced_by   name of the foreign key whose row gets a version when this one is deleted:
                reversion keeps none of what is gone, and a revision without versions is none
    """

    traced_by = None

    objects = VersionedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"  # what related managers write through is closed as well

    def save(self, *args, **kwargs):
        _require_revision(self)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        _require_revision(self)
        if self.traced_by:
            reversion.add_to_revision(getattr(self, self.traced_by))
        return super().delete(*args, **kwargs)


def _guard_many_to_many(sender, instance, action, reverse, model, **kwargs):
    """Tags are published too, but adding one never passes `save()`."""
    published = isinstance(instance, Versioned) and issubclass(model, Versioned)
    if action.startswith("pre_") and published:
        _require_revision(f"{sender.__name__} of {instance}")
        if reverse:  # reversion would make no version of the other side
            raise WriteOutsideRevision(f"{sender.__name__}: give tags to a row, not rows to a tag")


m2m_changed.connect(_guard_many_to_many, dispatch_uid="guide-history")
