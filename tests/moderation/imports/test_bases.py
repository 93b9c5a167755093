"""What a file was made from: found, or named."""

import datetime

import pytest
from django.core.management import CommandError
from reversion.models import Revision

from entries.actions import entries as entry_actions
from entries.markdown.writer import export
from entries.models import Entry, Section
from guide_site.core import history
from moderation.models import ImportedFile, Proposal
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import approve
from tests.moderation.imports.acts import (
    ACTS,
    GUIDE,
    OTHER_WORD,
    WORD,
    adds,
    as_file,
    do_on_site,
    moves,
    published,
    retires,
    says,
    tags,
    written,
)

pytestmark = pytest.mark.django_db

FIFTH = says("thirteen", "13", words="**Fifth")
SIXTH = says("nothing", "little", words="**Sixth")


def test_an_export_of_any_time_is_nothing_to_do(made_from, bring):
    exports = [export()]
    for act in (WORD, adds(), moves("Network"), retires("**Second"), tags("**Sixth"), ACTS[9]):
        do_on_site(act)
        exports.append(export())
    generation = history.generation()
    for number, text in enumerate(exports):
        said = bring(text)
        assert f"made from the guide as of revision {made_from + number}, " in said
        assert "Nothing to do" in said
    assert history.generation() == generation
    assert export() == exports[-1]
    assert not ImportedFile.objects.exists()


def test_the_report_names_the_state_and_what_it_was_compared_with(made_from, bring):
    day = datetime.datetime(2026, 5, 3, 12, tzinfo=datetime.UTC)
    Revision.objects.filter(pk=made_from).update(date_created=day)
    do_on_site(OTHER_WORD)
    said = bring(as_file(WORD))
    revisions = "compared: 2 revisions"
    assert f"the guide as of revision {made_from}, 3 May 2026 ({revisions})." in said


@pytest.mark.parametrize("kind", ["revision", "date", "file"])
def test_the_base_may_be_named(made_from, bring, tmp_path, kind):
    day = datetime.datetime(2026, 5, 3, 12, tzinfo=datetime.UTC)
    Revision.objects.filter(pk__lte=made_from).update(date_created=day)
    (tmp_path / "base.md").write_text(export(), encoding="utf-8")
    do_on_site(WORD, FIFTH)
    bases = {"revision": made_from, "date": "2026-05-03", "file": tmp_path / "base.md"}
    bring(as_file(SIXTH), base=str(bases[kind]))
    text = export()
    assert [word in text for word in ("three", "THREE", "13", "little")] == [
        False,
        True,
        True,
        True,
    ]


def test_with_the_present_as_base_a_file_takes_back_what_it_lacks(made_from, bring):
    do_on_site(WORD)
    bring(as_file(), base=str(history.generation()))
    assert "one two three four" in export()


@pytest.mark.parametrize(
    ("base", "sentence"),
    [
        ("99999999", "There is no revision 99999999."),
        ("1999-01-01", "There was no guide here on 1999-01-01."),
        (
            "nowhere.md",
            "no date and no file: No such file or directory. Nothing",
        ),
    ],
)
def test_an_unknown_base_is_refused(made_from, bring, base, sentence):
    with pytest.raises(CommandError, match=sentence):
        bring(as_file(WORD), base=base)


def test_what_was_taken_over_by_hand_undoes_nothing_that_came_before(made_from, bring):
    do_on_site(OTHER_WORD, FIFTH, SIXTH)
    hand = [says("stays", "remains", "**Second"), says("soon", "now", "**Third"), WORD]
    do_on_site(*hand)
    before = published()
    assert "Nothing to do" in bring(as_file(*hand))
    assert published() == before


def test_the_next_file_of_a_fork_is_compared_with_its_last_one(made_from, bring):
    do_on_site(FIFTH)
    bring(as_file(WORD), name="fork.md")
    do_on_site(SIXTH, retires("**Third"))
    said = bring(as_file(WORD, says("stays", "remains", "**Second")), name="fork.md")
    assert "made from fork, which came in on " in said
    assert "entries: 1 edited\n" in said
    assert "THREE" in export()
    assert "13" in export()
    assert "Third" not in export()


def test_a_merged_proposal_of_a_fork_is_its_last_file(made_from, bring, contributor, lead):
    do_on_site(FIFTH)
    bring(as_file(WORD), as_proposal=True, by="contributor")
    assert "from the guide as of revision" in bring(as_file(WORD), dry_run=True)
    assert approve(Proposal.objects.get(), by=lead).is_merged
    do_on_site(says("THREE", "3"))
    assert "Nothing to do" in bring(as_file(WORD))


def test_the_same_file_is_kept_once_and_a_trial_not_at_all(made_from, bring):
    do_on_site(FIFTH)
    bring(as_file(WORD), dry_run=True)
    assert not ImportedFile.objects.exists()
    bring(as_file(WORD))
    assert str(ImportedFile.objects.get()) == "outside"
    assert ImportedFile.objects.get().text == as_file(WORD)


def test_a_retired_bullet_that_the_file_changed_comes_back_as_itself(made_from, bring):
    first = Entry.objects.get(body__startswith="**First")
    do_on_site(retires())
    bring(as_file(WORD))
    first.refresh_from_db()
    assert first.is_live
    assert "THREE" in first.body
    assert Entry.objects.filter(body__startswith="**First").count() == 1


def test_what_a_retired_bullet_said_last_stays_when_a_file_brings_it_back(made_from, bring):
    do_on_site(says("one", "ONE"))
    do_on_site(retires())
    bring(as_file(WORD))
    assert Entry.objects.get(body__startswith="**First").is_live
    assert "**First:** ONE two THREE four" in export()


def test_an_edit_stays_though_the_file_looks_newer_because_another_bullet_retired(made_from, bring):
    """Only the older revision has the bullet, but each text is nearer to the newer one."""
    do_on_site(says("stays", "remains", "**Second"))
    do_on_site(retires())
    bring(as_file(WORD, says("word for word", "by and large", "**Second")))
    assert "**Second:** remains as it is, by and large." in export()


def test_a_second_file_of_a_fork_takes_back_nothing_of_a_text_that_both_changed(made_from, bring):
    do_on_site(says("twelve", "site twelve", "**Fifth"))
    bring(as_file(WORD), name="fork.md")
    bring(as_file(WORD, says("thirteen", "thirteen fork", "**Fifth")), name="fork.md")
    assert "**Fifth:** site twelve and thirteen fork." in export()


def test_a_bullet_of_a_section_that_retired_brings_it_back(made_from, bring):
    with history.revision(by=None, comment="Out"):
        sixth = Entry.objects.get(body__startswith="**Sixth")
        entry_actions.retire_entry(sixth, because="Old.")
        sixth.section.retired_at, sixth.section.retired_because = sixth.retired_at, "Old."
        sixth.section.save()
    do_on_site(OTHER_WORD)
    bring(as_file(SIXTH))
    assert published()[2] == ["Notes", [sixth.body.replace("nothing", "little")]]
    assert "six SIX" not in export()
    assert "SIX" in export()


def test_a_bullet_that_was_joined_is_a_conflict(made_from, bring):
    first, second = (Entry.objects.get(body__startswith=w) for w in ("**First", "**Second"))
    with history.revision(by=None, comment="Joined"):
        entry_actions.join_entries(first, second, body=f"{first.body} And so on.", tags=[])
    with pytest.raises(CommandError, match="it has been joined into “First”"):
        bring(as_file(says("stays", "remains", "**Second")))


def test_a_section_that_goes_with_a_new_bullet_in_it_is_a_conflict(made_from, bring):
    do_on_site(adds())
    file = as_file().replace("## Storage\n\n", "").replace("# Guide\n", "# Guide\n\nHello.\n")
    text = "\n".join(line for line in file.split("\n") if "## " not in line)
    with pytest.raises(CommandError) as refusal:
        bring(text)
    assert "“Storage”: the file takes it out, but “Brand new" in str(refusal.value)


def test_the_date_is_that_of_retirements_too(made_from, bring):
    moment = datetime.datetime(2022, 8, 31, tzinfo=datetime.UTC)
    bring(as_file(retires()), date=moment)
    assert Entry.objects.get(body__startswith="**First").retired_at == moment


def test_a_new_bullet_that_both_have_is_there_once(made_from, bring):
    do_on_site(adds())
    assert "Nothing to do" in bring(as_file(adds()))


def test_what_is_like_no_state_is_refused(made_from, bring):
    other = "# Other\n\n" + "".join(f"- Something else entirely, number {n}.\n" for n in range(9))
    with pytest.raises(CommandError, match="It shares 0 of 6 entries"):
        bring(other)


def test_the_guide_as_it_is_changes_nothing_whatever_is_named_as_its_base(made_from, bring):
    do_on_site(adds("Short."), WORD)
    for options in ({}, {"base": str(made_from)}, {"replace": True}):
        said = bring(export(), **options)
        assert "Nothing to do" in said
        assert "respaced" not in said


def test_a_short_bullet_that_both_have_is_there_once(made_from, bring):
    do_on_site(adds("Short."))
    bring(as_file(adds("Short."), OTHER_WORD), base=str(made_from))
    assert Entry.objects.filter(body="Short.").count() == 1
    assert "SIX" in export()


def test_an_export_from_before_many_changes_of_order_is_nothing_to_do(made_from, bring):
    exports = []
    for words in ("**First", "**Second", "**Third") * 4:
        exports.append(export())
        do_on_site(moves("Storage", words))
    now = export()
    for text in exports:
        assert "Nothing to do" in bring(text)
    assert export() == now


@pytest.mark.parametrize("slug", ["storage", "notes"])
def test_a_section_alone_retires_nothing(made_from, bring, slug):
    text, before = export(Section.objects.get(slug=slug)), export()
    assert "Nothing to do" in bring(text)
    changed = text.replace("one", "ONE")
    with pytest.raises(CommandError, match=r"holds the section .* only.*Nothing was changed"):
        bring(changed + "- More.\n")
    assert export() == before


def test_a_file_without_one_of_several_sections_still_takes_it_out(made_from, bring):
    bring(written(GUIDE[:2]))
    assert not Section.objects.get(slug="notes").is_live


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_file_that_ends_a_conflict_lets_the_complete_proposal_merge(made_from, bring, dry_run):
    first = Entry.objects.get(body__startswith="**First")
    proposal = factories.proposal(first, first.body.replace("three", "THREE"))
    do_on_site(says("three", "tree"))
    assert not approve(proposal).is_merged
    here = str(history.generation())
    bring(export().replace("tree", "three"), base=here, dry_run=dry_run)
    proposal.refresh_from_db()
    assert (proposal.status == Status.MERGED) != dry_run
    assert ("THREE" in export()) != dry_run
