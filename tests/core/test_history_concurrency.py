"""Several writers at once: one after the other, and visible in the order of their numbers."""

from contextlib import contextmanager
from itertools import pairwise
from threading import Barrier, Event, Thread

import pytest
from django.db import OperationalError, connection
from reversion.models import Revision

from entries.models import Entry, LegendTag
from guide_site.core import history
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, ROUNDS = 4, 5


class Together:
    """Threads with a database connection each; their exceptions come back to the test."""

    def __init__(self):
        self.threads, self.failures = [], []

    def start(self, work, *args):
        def run():
            try:
                work(*args)
            except BaseException as error:
                self.failures.append(error)
            finally:
                connection.close()

        self.threads.append(Thread(target=run, daemon=True))
        self.threads[-1].start()

    def join(self):
        for thread in self.threads:
            thread.join(timeout=60)
        assert self.failures == []


@pytest.fixture
def together():
    return Together()


def write(number):
    with history.revision(by=None, comment=f"Tag {number}"):
        LegendTag(slug=f"tag-{number}", sign=str(number), label="x").save()


def seen():
    return list(Revision.objects.order_by("pk").values_list("pk", flat=True))


@contextmanager
def impatient():
    """Let this thread's connection give up at once instead of waiting for its turn."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 0" if sqlite else "SET lock_timeout = '1ms'")
    try:
        yield
    finally:
        if not sqlite:  # the pool hands the connection on
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")


def test_a_second_writer_waits_for_the_first(together):
    refused = []

    def second():
        with impatient(), pytest.raises(OperationalError), history.writing():
            pass
        refused.append(True)

    with history.revision(by=None, comment="first"):
        together.start(second)
        together.join()
    assert refused


def test_a_writer_that_failed_lets_the_next_one_in(together):
    with pytest.raises(ZeroDivisionError), history.revision(by=None, comment="first"):
        raise ZeroDivisionError

    def second():
        with impatient():
            write(2)

    together.start(second)
    together.join()
    assert LegendTag.objects.get().slug == "tag-2"


def test_readers_do_not_wait_and_see_the_old_guide(together):
    entry, bodies = factories.entry("Before."), []
    generations = [history.generation()]

    def read():
        with impatient():
            bodies.append(Entry.objects.get(pk=entry.pk).body)
            generations.append(history.generation())

    with history.revision(by=None, comment="slow"):
        entry.body = "After."
        entry.save()
        together.start(read)
        together.join()
    assert bodies == ["Before."]
    assert generations[0] == generations[1] < history.generation()


def test_revisions_become_visible_in_the_order_of_their_numbers(together):
    barrier, done, views = Barrier(WRITERS + 1), Event(), []

    def writer(first):
        barrier.wait(timeout=60)
        for number in range(first, first + ROUNDS):
            write(number)

    def reader():
        barrier.wait(timeout=60)
        while not done.is_set():
            views.append(seen())

    together.start(reader)
    for number in range(WRITERS):
        together.start(writer, number * ROUNDS)
    for thread in together.threads[1:]:
        thread.join(timeout=60)
    done.set()
    together.join()
    views.append(seen())
    assert len(views[-1]) == WRITERS * ROUNDS
    for earlier, later in pairwise(views):
        assert later[: len(earlier)] == earlier


def test_no_edit_of_two_writers_is_lost(together):
    entry, barrier = factories.entry("0"), Barrier(WRITERS)

    def count_up():
        barrier.wait(timeout=60)
        for _ in range(ROUNDS):
            with history.revision(by=None, comment="count"):
                fresh = Entry.objects.get(pk=entry.pk)
                fresh.body = str(int(fresh.body) + 1)
                fresh.save()

    for _ in range(WRITERS):
        together.start(count_up)
    together.join()
    assert Entry.objects.get(pk=entry.pk).body == str(WRITERS * ROUNDS)


def test_revisions_of_two_threads_do_not_mix(together, editor):
    barrier = Barrier(2)

    def writer(number, by):
        barrier.wait(timeout=60)
        with history.revision(by=by, comment=f"of {number}"):
            LegendTag(slug=f"tag-{number}", sign=str(number), label="x").save()

    together.start(writer, 1, editor)
    together.start(writer, 2, None)
    together.join()
    found = {
        revision.comment: (revision.user, [version.object.slug for version in versions])
        for revision in Revision.objects.all()
        if (versions := revision.version_set.all())
    }
    assert found == {"of 1": (editor, ["tag-1"]), "of 2": (None, ["tag-2"])}
