"""Random interleavings: each change is in the guide once, or its proposal says why not.

Every text that is proposed holds a word of its own, so that it can be told where it went.
"""

import re
from itertools import count

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run
from reversion.models import Version

from entries.models import Entry
from guide_site.core import history
from guide_site.core.access import Role
from moderation import actions
from moderation.changes import versions
from moderation.models import Change, MergeNote, Operation, Proposal, Subject
from moderation.states import Status
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]
NUMBER = st.integers(min_value=0, max_value=1000)
_unique = count(1)


class Moderation(RuleBasedStateMachine):
    """A section that many people edit, and one editor who decides."""

    proposals = Bundle("proposals")

    def __init__(self):
        super().__init__()
        self.section = factories.section()
        self.others = set(Entry.objects.values_list("pk", flat=True))
        self.author, self.editor = factories.user(), factories.user(Role.EDITOR)
        self.typed = {}  # {change: text that its author typed last}
        for number in range(3):
            factories.entry(f"a{number} b c d e f g h.", section=self.section)

    @property
    def entries(self):
        return Entry.objects.filter(section=self.section).order_by("pk")

    def some_entry(self, number):
        live = list(self.entries.filter(retired_at=None))
        return live[number % len(live)] if live else None

    def opened(self, operation, entry=None, base=None, **proposed):
        made = factories._proposal(Status.OPEN, self.author, {})
        change = Change.objects.create(
            proposal=made,
            subject=Subject.ENTRY,
            operation=operation,
            section=self.section,
            entry=entry,
            base=base or {},
            proposed=proposed,
        )
        self.typed[change.pk] = proposed.get("body")
        return made

    def edited(self, entry, number):
        """The text of an entry with one word changed into one of its own."""
        words = entry.body.split()
        words[number % len(words)] = f"own{next(_unique)}"
        return " ".join(words)

    @rule(target=proposals, which=NUMBER, word=NUMBER)
    def edit(self, which, word):
        entry = self.some_entry(which)
        if entry is None:
            return self.add(which)
        base = versions.snapshot(entry)
        return self.opened(
            Operation.EDIT, entry, base, **(base | {"body": self.edited(entry, word)})
        )

    @rule(target=proposals, which=NUMBER)
    def add(self, which):
        after = self.some_entry(which)
        body = f"own{next(_unique)} is new."
        place = {"parent": after and after.parent_id, "after": after and after.pk}
        return self.opened(Operation.ADD, body=body, tags=[], kind="bullet", **place)

    @rule(target=proposals, which=NUMBER)
    def retire(self, which):
        entry = self.some_entry(which)
        if entry is None:
            return self.add(which)
        fields = {"retired_because": "Outdated.", "children": "along"}
        return self.opened(Operation.RETIRE, entry, versions.snapshot(entry), **fields)

    @rule(made=proposals)
    def approve(self, made):
        made.refresh_from_db()
        before = history.generation()
        try:
            outcome = actions.approve(made, by=self.editor, version=made.version)
        except actions.Refused:
            assert history.generation() == before
            return
        if outcome.problem:
            assert (outcome.is_merged, history.generation()) == (False, before)
            return
        if outcome.is_there:
            assert (outcome.is_merged, history.generation()) == (False, before)
            return
        assert outcome.is_merged
        self.is_in_the_guide_once(made)

    @rule(made=proposals, word=NUMBER)
    def amend(self, made, word):
        change = made.changes.get()
        if change.operation != Operation.EDIT or not change.entry.is_live:
            return
        base = versions.snapshot(change.entry)
        proposed = base | {"body": self.edited(change.entry, word)}
        made.refresh_from_db()
        edit = actions.ChangeEdit(change, base, proposed)
        try:
            actions.amend(made, by=self.author, version=made.version, edit=edit)
        except actions.Refused:
            return
        self.typed[change.pk] = proposed["body"]

    @rule(
        made=proposals, what=st.sampled_from(["decline", "withdraw", "reopen", "request_changes"])
    )
    def step(self, made, what):
        made.refresh_from_db()
        seen = {"version": made.version, "note": "Because."}
        by_author = what in ("withdraw", "reopen")
        fields = {"by": self.author} if by_author else {"by": self.editor} | seen
        try:
            getattr(actions, what)(made, **fields)
        except actions.Refused:
            return

    def is_in_the_guide_once(self, made):
        assert MergeNote.objects.filter(proposal=made).count() == 1
        change = made.changes.get()
        change.entry.refresh_from_db()
        if change.operation == Operation.RETIRE:
            assert not change.entry.is_live
        else:
            new = own_words(change.proposed["body"]) - own_words(change.base.get("body", ""))
            for word in new:
                assert sum(word in own_words(entry.body) for entry in self.entries) == 1

    @invariant()
    def nothing_typed_is_lost(self):
        kept = dict(Change.objects.filter(pk__in=self.typed).values_list("pk", "proposed"))
        assert {pk: fields.get("body") for pk, fields in kept.items()} == self.typed

    def teardown(self):
        found = Proposal.objects.filter(author=self.author)
        assert found.filter(merge_note=None, status=Status.MERGED).count() == 0
        assert found.exclude(merge_note=None).exclude(status=Status.MERGED).count() == 0
        for entry in self.entries.prefetch_related("tags"):
            fields = Version.objects.get_for_object(entry).first().field_dict
            for name in ("body", "kind", "section_id", "parent_id", "position"):
                assert fields[name] == getattr(entry, name), name
            assert (fields["retired_at"] is None) == entry.is_live
        assert self.others.isdisjoint(self.entries.values_list("pk", flat=True))


def own_words(text):
    """The words in a text that nobody else ever typed."""
    return set(re.findall(r"own\d+", text))


def test_every_change_is_in_the_guide_once_or_its_proposal_says_why_not():
    run(Moderation, settings=settings(max_examples=12, stateful_step_count=30))
