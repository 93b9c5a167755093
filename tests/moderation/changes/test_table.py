"""Every pair (subject, operation) of the table of changes is complete.

To add a pair, add a row to `fields.TABLE`: these tests name what else it needs, and SAMPLES here
needs one proposal of that kind.
"""

import pytest
from reversion.models import Revision

from entries.actions import legend as legend_actions
from entries.actions import sections as section_actions
from entries.models import Entry
from guide_site.core import history
from moderation.changes import kinds, places, versions
from moderation.changes.field_types import Merge, Type, UnknownOperation
from moderation.changes.fields import SNAPSHOTS, TABLE, definition
from moderation.changes.undo import changes_back
from moderation.changes.wording import Names
from moderation.display import show_change
from moderation.forms.of_change import EDITORS
from moderation.models import Change, Operation, Subject
from moderation.notifications.mail.differences import difference
from tests import factories
from tests.moderation.helpers import approve

PAIRS = [pytest.param(*pair, id=f"{pair[1]}-{pair[0]}") for pair in TABLE]


def _split():
    entry = factories.entry("One. Two.")
    rest = [{"body": "Two.", "tags": []}]
    return factories.changing(entry, Operation.SPLIT, body="One.", tags=[], rest=rest)


def _join():
    first = factories.entry("One.")
    second = factories.entry("Two.", section=first.section)
    values = {"body": "One. Two.", "tags": [], "other": second.pk}
    proposal = factories.changing(first, Operation.JOIN, **values)
    return _with_base(proposal, joined=[versions.snapshot(second)])


def _moved_entry():
    entry, section = factories.entry(), factories.section()
    base = {"section": entry.section_id, "parent": None}
    place = {"section": section.pk, "parent": None, "after": None}
    return _with_base(factories.changing(entry, Operation.MOVE, **place), **base)


def _restored_entry():
    entry = factories.entry()
    factories.retire(entry)
    return factories.changing(Entry.objects.get(pk=entry.pk), Operation.RESTORE)


def _moved_section():
    section, above = factories.section(), factories.section()
    place = {"parent": above.pk, "after": None}
    return factories.changing(section, Operation.MOVE, **place)


def _restored(row, retire):
    with history.revision(by=None, comment="Retire"):
        retire(row)
    return factories.changing(row, Operation.RESTORE)


def _added_cell():
    cell = factories.offering()
    values = {
        "capability": cell.capability_id,
        "row": "",
        "provider": cell.provider.slug,
        "name": "Another",
        "url": "",
        "note": "",
        "uncertain": False,
        "service": "",
    }
    return factories.changing(Subject.OFFERING, Operation.ADD, **values)


def _added_service():
    values = versions.snapshot(factories.service()) | {"name": "Another", "section": None}
    return factories.changing(Subject.SERVICE, Operation.ADD, **values)


def _moved_tag():
    factories.legend_tag("tip", "🔹")
    tag = factories.legend_tag("gotcha", "❗")
    return factories.changing(tag, Operation.MOVE, after="first")


def _with_base(proposal, **fields):
    change = proposal.changes.get()
    change.base |= fields
    change.save()
    return proposal


def _retired(row, **fields):
    return factories.changing(row, Operation.RETIRE, retired_because="Outdated.", **fields)


def _retire_tag(tag):
    legend_actions.retire_legend_tag(tag, because="Unused.")


SAMPLES = {
    (Subject.ENTRY, Operation.ADD): lambda: factories.addition(factories.section()),
    (Subject.ENTRY, Operation.EDIT): factories.proposal,
    (Subject.ENTRY, Operation.MOVE): _moved_entry,
    (Subject.ENTRY, Operation.RETIRE): lambda: factories.retirement(factories.entry()),
    (Subject.ENTRY, Operation.RESTORE): _restored_entry,
    (Subject.ENTRY, Operation.SPLIT): _split,
    (Subject.ENTRY, Operation.JOIN): _join,
    (Subject.SECTION, Operation.ADD): lambda: factories.changing(
        Subject.SECTION, Operation.ADD, title="New", parent=None, after=None
    ),
    (Subject.SECTION, Operation.EDIT): lambda: factories.changing(
        factories.section(), title="Renamed"
    ),
    (Subject.SECTION, Operation.MOVE): _moved_section,
    (Subject.SECTION, Operation.RETIRE): lambda: _retired(factories.section()),
    (Subject.SECTION, Operation.RESTORE): lambda: _restored(
        factories.section(), lambda row: section_actions.retire_section(row, because="Empty.")
    ),
    (Subject.SERVICE, Operation.ADD): _added_service,
    (Subject.SERVICE, Operation.EDIT): lambda: factories.changing(
        factories.service(), summary="Stores objects."
    ),
    (Subject.SERVICE, Operation.RETIRE): lambda: _retired(factories.service()),
    (Subject.OFFERING, Operation.ADD): _added_cell,
    (Subject.OFFERING, Operation.EDIT): lambda: factories.changing(
        factories.offering(), note="In preview."
    ),
    (Subject.OFFERING, Operation.RETIRE): lambda: factories.changing(
        factories.offering(), Operation.RETIRE
    ),
    (Subject.LEGEND_TAG, Operation.ADD): lambda: factories.changing(
        Subject.LEGEND_TAG, Operation.ADD, sign="🐢", label="Slow", meaning="Takes time."
    ),
    (Subject.LEGEND_TAG, Operation.EDIT): lambda: factories.changing(
        factories.legend_tag("gotcha", "❗"), meaning="What surprises."
    ),
    (Subject.LEGEND_TAG, Operation.MOVE): _moved_tag,
    (Subject.LEGEND_TAG, Operation.RETIRE): lambda: _retired(factories.legend_tag()),
    (Subject.LEGEND_TAG, Operation.RESTORE): lambda: _restored(factories.legend_tag(), _retire_tag),
    (Subject.GUIDE, Operation.EDIT): lambda: factories.changing(
        factories.facts(name="Guide to Tea"), name="Guide to Coffee"
    ),
}


def guide():
    """All published rows as what changes keep of them, and whether they are retired."""
    rows = [row for model in versions.SUBJECTS for row in model.objects.order_by("pk")]
    return {
        (type(row).__name__, row.pk): versions.snapshot(row)
        | {
            "retired": bool(getattr(row, "retired_at", None)),
            "place": (getattr(row, "section_id", None), getattr(row, "parent_id", None)),
            "after": places.place_of(row)["after"] if type(row) in places.PLACED else None,
        }
        for row in rows
    }


@pytest.fixture
def proposal(subject, operation, db):
    return SAMPLES[subject, operation]()


@pytest.mark.parametrize(("subject", "operation"), PAIRS)
def test_a_pair_has_a_handler_a_form_and_a_sample(subject, operation):
    assert operation in kinds.BY_SUBJECT[subject].HANDLERS
    assert (subject, operation) in EDITORS
    assert (subject, operation) in SAMPLES


def test_nothing_else_is_handled_or_has_a_form():
    handled = {(s, o) for s, module in kinds.BY_SUBJECT.items() for o in module.HANDLERS}
    assert handled == set(EDITORS) == set(SAMPLES) == set(TABLE)
    assert {subject for subject, _ in TABLE} == set(Subject) == set(SNAPSHOTS)
    assert {operation for _, operation in TABLE} == set(Operation)


@pytest.mark.parametrize(("subject", "operation"), PAIRS)
def test_its_fields_are_declared_in_full(subject, operation):
    row = definition(subject, operation)
    assert row.past
    assert row.undone_by
    for field in (*row.proposed, *row.base):
        assert field.label
        assert (field.to is not None) == (field.type in (Type.SLUG, Type.REFERENCE)), field.name
        assert field.merge != Merge.SET or isinstance(field.empty, list), field.name
        assert field.merge != Merge.WORDS or field.empty == "", field.name


@pytest.mark.parametrize(("subject", "operation"), PAIRS)
def test_its_sample_uses_only_declared_fields(proposal, subject, operation):
    change, row = proposal.changes.get(), definition(subject, operation)
    assert change.proposed.keys() <= {field.name for field in row.proposed}
    assert change.base.keys() <= {field.name for field in (*row.base, *SNAPSHOTS[subject])}


@pytest.mark.parametrize(("subject", "operation"), PAIRS)
def test_it_reads_in_words_on_the_page_and_in_email(proposal, subject, operation):
    change = proposal.changes.get()
    shown = show_change(change)
    assert shown.verb
    assert operation == Operation.RESTORE or any(
        [
            *(shown.pieces, shown.facts, shown.bullets, shown.moves_to, shown.tags_changed),
            *(shown.cells, change.proposed.get("retired_because")),
        ]
    )
    assert difference(change, Names()).title


@pytest.mark.parametrize(("subject", "operation"), PAIRS)
def test_its_publication_leaves_a_version_and_can_be_undone(proposal, subject, operation):
    before = guide()
    approve(proposal)
    assert guide() != before
    revision = Revision.objects.latest("pk")
    assert revision.merge_note.proposal == proposal
    assert revision.version_set.exists()
    undo = factories.proposal()
    undo.changes.all().delete()
    undone = [Change(proposal=undo, position=n, **c) for n, c in enumerate(changes_back(revision))]
    assert {change.operation for change in undone} <= set(definition(subject, operation).undone_by)
    for change in undone:
        change.save()
    approve(undo)
    assert {key: guide()[key] for key in before if key in guide()} == {
        key: value for key, value in before.items() if key in guide()
    }


def test_an_operation_that_nobody_handles_raises(db):
    change = Change(subject=Subject.SERVICE, operation=Operation.SPLIT)
    with pytest.raises(UnknownOperation, match="split"):
        kinds.merged(change)
    with pytest.raises(UnknownOperation, match="split"):
        kinds.publish(change, {})
    with pytest.raises(UnknownOperation, match="split a service"):
        definition(Subject.SERVICE, Operation.SPLIT)


def test_a_change_that_was_stored_before_a_field_existed_still_opens(as_user, contributor):
    proposal = factories.proposal(author=contributor)
    change = proposal.changes.get()
    del change.proposed["tags"], change.base["tags"]
    change.save()
    as_user(contributor)
    page = as_user(contributor).get(f"{proposal.get_absolute_url()}changes/{change.pk}/")
    assert page.status_code == 200
    approve(proposal)
    assert Entry.objects.get(pk=change.entry_id).body == "Use roles, never keys."
