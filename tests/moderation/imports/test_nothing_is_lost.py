"""Site edits, proposals, conflicts and outside files in any order: no undisputed word is lost.

Everybody who writes something writes a unique word, so that the test can tell where it went.
What was published stays in the guide (or in what was retired), unless somebody decided a
conflict against it; what was proposed stays in its proposal until it is published.
"""

import re
from collections import defaultdict
from itertools import count

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from entries.actions import entries as entry_actions
from entries.actions.positions import FIRST
from entries.imports import importing
from entries.imports.finding import Incoming, find
from entries.markdown import reader
from entries.markdown.writer import export
from entries.models import Entry, Section
from guide_site.core import history
from guide_site.core.access import Role
from moderation.actions import import_file, known_files, propose_import
from moderation.changes import kinds
from moderation.changes.references import Gone, Pending
from moderation.models import Change, Proposal
from moderation.states import Status
from tests import factories
from tests.examples import examples
from tests.moderation.helpers import approve, fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]
NUMBER = st.integers(min_value=0, max_value=1000)
WORD = re.compile(r"\bown\d+\b")
GUIDE = """# Guide

## Storage

- **First:** one two three.
- **Second:** four five six.
- **Third:** seven eight nine.

## Network

- **Fourth:** ten eleven.
- **Fifth:** twelve thirteen.
"""


class People:
    """Those who write and decide, each with a browser."""

    def __init__(self):
        self.author, self.editor = factories.user(), factories.user(Role.EDITOR)
        self.as_editor, self.as_author = Client(), Client()
        self.as_editor.force_login(self.editor)
        self.as_author.force_login(self.author)


class Village(RuleBasedStateMachine):
    """A small guide that people edit here, and in copies of its file elsewhere."""

    people = None  # the People of all examples

    def __init__(self):
        super().__init__()
        self.alone = transaction.atomic()
        self.alone.__enter__()
        self.numbers = count(1)
        self.published, self.proposed = set(), {}  # words; {proposal: words}
        self.dropped = set()  # words that a conflict was decided against
        self.copies = [export()]

    def teardown(self):
        try:
            assert find(Incoming.read(export().encode(), "copy")).is_same
        finally:
            transaction.set_rollback(True)
            self.alone.__exit__(None, None, None)
            cache.clear()  # numbers of revisions come again

    def new_word(self):
        return f"own{next(self.numbers)}"

    def some(self, number):
        live = list(Entry.objects.live().order_by("pk"))
        return live[number % len(live)] if live else None

    @rule(number=NUMBER, place=NUMBER)
    def somebody_edits_here(self, number, place):
        if entry := self.some(number):
            word = self.new_word()
            factories.edit(entry, with_word(entry.body, place, word))
            self.published.add(word)

    @rule(number=NUMBER, place=NUMBER, replaces=st.booleans())
    def somebody_proposes(self, number, place, replaces):
        if entry := self.some(number):
            word = self.new_word()
            body = with_word(entry.body, place, word, replaces=replaces)
            self.propose(entry, body, word)

    @rule(number=NUMBER, place=NUMBER)
    def two_people_change_the_same_word(self, number, place):
        if entry := self.some(number):
            words = [self.new_word() for _ in range(3)]
            first, second = (with_word(entry.body, place, w, replaces=True) for w in words[:2])
            self.propose(entry, first, words[0])
            factories.edit(entry, f"{second} {words[2]}")
            self.published |= set(words[1:])

    def propose(self, entry, body, word):
        made = factories.proposal(entry, body, author=self.people.author)
        self.proposed[made.pk] = {word}

    @rule(number=NUMBER)
    def a_proposal_is_approved(self, number):
        if made := self.waiting(number):
            self.decided(made, approve(made, by=self.people.editor))

    @rule(number=NUMBER, by_author=st.booleans())
    def a_conflict_is_resolved_in_its_form(self, number, by_author):
        """The resolution takes the words of the proposal in the disputed place."""
        if not any(disputed_in(c) for c in Change.objects.filter(proposal__status=Status.OPEN)):
            self.two_people_change_the_same_word(number, number)
        made = self.waiting(number)
        change = next((c for c in made.changes.all() if disputed_in(c)), None) if made else None
        if change is None:
            return
        lost = disputed_in(change)
        if by_author:
            client = self.people.as_author
            url = reverse("proposal-change", args=[made.pk, change.pk])
        else:
            client = self.people.as_editor
            url = reverse("change-edit", args=[made.pk, change.pk])
        page = client.get(url)
        if page.status_code != 200:
            return  # a move has no text to resolve
        client.post(url, fields(page))
        self.published -= lost
        self.dropped |= lost
        made.refresh_from_db()
        self.decided(made, approve(made, by=self.people.editor))

    @rule(number=NUMBER)
    def an_entry_moves(self, number):
        if entry := self.some(number):
            other = (
                Section.objects.filter(title__in=["Storage", "Network"])
                .exclude(pk=entry.section_id)
                .first()
            )
            with history.revision(by=None, comment="move"):
                entry_actions.move_entry(entry, section=other, after=FIRST)

    @precondition(lambda self: Entry.objects.live().count() > 4)
    @rule(number=NUMBER)
    def an_entry_retires(self, number):
        factories.retire(self.some(number))

    @rule()
    def somebody_takes_a_copy(self):
        self.copies.append(export())

    @rule(number=NUMBER, line=NUMBER, place=NUMBER)
    def a_copy_is_edited(self, number, line, place):
        number %= len(self.copies)
        lines = self.copies[number].split("\n")
        bullets = [n for n, text in enumerate(lines) if text.startswith("- ")]
        at = bullets[line % len(bullets)]
        lines[at] = "- " + with_word(lines[at].removeprefix("- "), place, self.new_word())
        self.copies[number] = "\n".join(lines)

    @rule(number=NUMBER, line=NUMBER, place=NUMBER, as_proposal=st.booleans())
    def a_copy_comes_in(self, number, line, place, as_proposal):
        self.a_copy_is_edited(number, line, place)
        text = self.copies[number % len(self.copies)]
        file = Incoming.read(text.encode(), "copy")
        found = find(file, known_files())
        told = {"because": "Not in the copy any more."}
        if found.is_same:
            return
        try:
            if as_proposal:
                raise importing.InConflict([])
            import_file(file, found, by=None, comment="copy", **told)
            self.published |= words_of(text) - self.dropped
        except importing.InConflict:
            made, _ = propose_import(file, found, by=self.people.author, title="Copy", **told)
            if made:
                self.proposed[made.pk] = words_of(text) - self.published - self.dropped
            else:
                assert words_of(text) - self.dropped <= self.in_the_record()

    def waiting(self, number):
        made = list(Proposal.objects.filter(status=Status.OPEN).order_by("pk"))
        return made[number % len(made)] if made else None

    def decided(self, made, outcome):
        if outcome.is_merged or outcome.is_there:
            self.published |= self.proposed.pop(made.pk, set())

    def in_the_record(self):
        """All words of the guide and of what was retired."""
        return words_of(*Entry.objects.values_list("body", flat=True))

    @invariant()
    def no_word_is_lost(self):
        record = self.in_the_record()
        assert self.published <= record
        statuses = Proposal.objects.in_bulk(self.proposed)
        texts = defaultdict(str)
        for number, proposed in Change.objects.values_list("proposal", "proposed"):
            texts[number] += str(proposed)
        for pk, words in self.proposed.items():
            if statuses[pk].status in (Status.MERGED, Status.ALREADY):
                assert words <= record
            else:
                assert words <= words_of(texts[pk]) | record


def words_of(*texts):
    return {word for text in texts for word in WORD.findall(text)}


def with_word(text, place, word, *, replaces=False):
    """The text with a word more behind one of its words, or in place of one that is nobody's."""
    parts = text.split(" ")
    place %= len(parts)
    if replaces and not WORD.search(parts[place]) and place:
        return " ".join([*parts[:place], word, *parts[place + 1 :]])
    return " ".join([*parts[: place + 1], word, *parts[place + 1 :]])


def disputed_in(change):
    """The own words of the guide that a conflict of this change is about."""
    try:
        found = kinds.merged(Change.objects.get(pk=change.pk)).conflicts
    except (Gone, Pending):
        return set()
    return {
        w for clashes in found.values() for clash in clashes for w in words_of(str(clash.current))
    } | ({""} if found else set())


@pytest.mark.fuzz
def test_no_undisputed_word_is_ever_lost(db, monkeypatch):
    monkeypatch.setattr(Village, "people", People())
    with history.revision(by=None, comment="import"):
        importing.import_guide(reader.parse(GUIDE))
    run(Village, settings=examples(200, stateful_step_count=5))
