"""A file as a proposal: what it changes in texts that follow facts are changes of these facts."""

import pytest
from django.core.management import CommandError

from entries.markdown.writer import export
from entries.models import Entry, LegendTag
from moderation.models import Change, Proposal
from services.models import Offering, Service
from tests.moderation.helpers import approve, assert_not_merged
from tests.services.guides_with_tables import GUIDE, change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]
LEGEND = "\n## Legend\n\n- 🔹 **Tip:** It matters.\n- ❗ **Gotcha:** A trap.\n"
TEXT = GUIDE + LEGEND


@pytest.fixture
def propose(db, bring, contributor):
    bring(TEXT, name="guide.md", replace=True)

    def propose(old, new, text=TEXT):
        assert old in text
        return bring(text.replace(old, new), as_proposal=True, by=contributor.username)

    return propose


def kinds():
    return sorted(f"{change.subject} {change.operation}" for change in Change.objects.all())


def rows_of(text):
    """The lines of a guide whatever the spaces in its tables; a release has its place by date."""
    return sorted(line.split() for line in text.splitlines())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("bind, nsd", "bind, knot", ["offering edit"]),
        ("bind, nsd", "bind, nsd, knot", ["offering add"]),
        ("bind, nsd", "bind", ["offering retire"]),
        (
            "[DynamoDB (weak)](https://example.org/lock)",
            "[DynamoDB](https://example.org/lock)",
            None,
        ),
        ("Etcd, Prometheus(?)", "Etcd(?), Prometheus", ["offering edit", "offering edit"]),
        ("2006-08", "2006-09", ["service edit"]),
        ("| Silk | 2005 | Obsolete? |", "| Silk | 2005-01 | Obsolete |", ["service edit"]),
        ("| Silk |", "| Satin | 2007 | General |\n| Silk |", ["service add"]),
        ("A trap", "A loss", ["legend_tag edit"]),
        ("**Gotcha:**", "**Risk:**", ["legend_tag edit"]),
        ("bind, nsd", "knot, nsd", ["offering edit"]),
        (
            "| Compute Engine (GCE) | | OpenStack   |\n| DNS            | Route53 | DNS          |",
            "| | | OpenStack   |\n| DNS            | Route53 | |",
            ["offering retire", "offering retire"],
        ),
        (
            "| Compute Engine (GCE) | | OpenStack   |\n| DNS            | Route53 | DNS          |",
            "| | Azure VM | OpenStack   |\n| DNS            | Route53 | |",
            ["offering add", "offering retire", "offering retire"],
        ),
    ],
)
def test_a_changed_fact_is_proposed_as_such_and_the_merge_brings_the_file(
    propose, lead, old, new, expected
):
    said = propose(old, new)
    assert kinds() == (expected or ["offering edit"])
    assert "not proposed" not in said
    assert approve(Proposal.objects.get(), by=lead).is_merged
    assert rows_of(export()) == rows_of(TEXT.replace(old, new))


def test_a_new_row_of_the_matrix_is_proposed_cell_by_cell(propose, lead):
    row = "| Queue | SQS | PubSub | | RabbitMQ |\n"
    propose("## Releases", "## Releases", TEXT.replace("\n## Releases", f"{row}\n## Releases"))
    assert kinds() == ["offering add"] * 3
    assert approve(Proposal.objects.get(), by=lead).is_merged
    assert set(
        Offering.objects.filter(capability__name="Queue").values_list("name", flat=True)
    ) == {
        *("SQS", "PubSub", "RabbitMQ"),
    }
    assert "| Queue          | SQS     | PubSub" in export()


def test_a_new_service_is_linked_where_the_same_file_puts_it_into_the_matrix(propose, lead):
    text = TEXT.replace("| Silk |", "| Satin | 2007-03 | General |\n| Silk |")
    propose("| Route53 |", "| Route53, Satin |", text)
    assert approve(Proposal.objects.get(), by=lead).is_merged
    assert Offering.objects.get(name="Satin").service == Service.objects.get(name="Satin")


def test_a_cell_that_has_another_service_which_the_file_adds_is_linked_with_it(propose, lead):
    text = TEXT.replace("| Silk |", "| Satin | 2007-03 | General |\n| Silk |")
    propose("| Route53 |", "| Satin |", text)
    assert approve(Proposal.objects.get(), by=lead).is_merged
    assert Offering.objects.get(name="Satin").service == Service.objects.get(name="Satin")


@pytest.mark.parametrize(
    ("here", "file", "merged"),
    [
        ({"meaning": "A trap for all."}, "**Gotcha:** A snare.", None),
        ({"label": "Danger"}, "**Risk:** A trap.", None),
        ({"label": "Danger", "meaning": "A trap for all."}, "**Danger:** The trap.", "The trap"),
    ],
)
def test_a_line_of_the_legend_that_the_guide_changed_too_is_merged_or_a_conflict(
    propose, lead, here, file, merged
):
    tag = LegendTag.objects.get(slug="gotcha")
    change(tag, **here)
    propose("**Gotcha:** A trap.", file)
    outcome = approve(Proposal.objects.get(), by=lead)
    tag.refresh_from_db()
    if merged:
        assert outcome.is_merged
        assert (tag.label, tag.meaning) == ("Danger", "The trap for all.")
    else:
        assert_not_merged(outcome, "The guide has changed since")
        assert here.items() <= vars(tag).items()


def test_what_else_the_file_changes_comes_along(propose, lead):
    text = TEXT.replace("- Last.", "- The last.").replace("A trap", "A loss")
    propose("bind, nsd", "bind, knot", text)
    assert kinds() == ["entry edit", "legend_tag edit", "offering edit"]
    assert approve(Proposal.objects.get(), by=lead).is_merged
    assert rows_of(export()) == rows_of(text.replace("bind, nsd", "bind, knot"))


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("| DNS            | Route53", "| Names          | Route53", "matrix: /matrix/"),
        ("| Open source |", "| Free software |", "matrix: /matrix/"),
        (
            "| Service | Original release |",
            "| Product | Original release |",
            "releases: /releases/",
        ),
        ("bind, nsd", "nsd, bind", "matrix: /matrix/"),
        ("bind, nsd", "knot, bind, nsd", "matrix: /matrix/"),
        ("\n## Releases", "| Queue | | | | |\n\n## Releases", "matrix: /matrix/"),
        (
            "| Virtual server |",
            "| Queue | SQS | | | |\n| Virtual server |",
            "matrix: /matrix/",
        ),
        ("It matters.", "It [matters](https://example.org).", "Edit 🔹 Tip: /legend/tip/edit/"),
    ],
)
def test_what_no_change_of_facts_can_say_is_named_with_its_place(propose, old, new, where):
    said = propose(old, new, TEXT.replace("- Last.", "- The last."))
    assert "not proposed: This " in said
    assert where in said
    assert "entry edit" in kinds()
    assert not Change.objects.filter(subject="entry").exclude(entry__body="Last.").exists()


def test_a_table_that_only_moves_is_moved(propose, lead):
    matrix = Entry.objects.get(body__startswith="| Service        | AWS")
    table = matrix.body + "\n"
    text = TEXT.replace(table, "").replace("## Releases\n", f"## Releases\n\n{table}")
    propose("bind, nsd", "bind, knot", text)
    assert kinds() == ["entry move", "offering edit"]
    assert approve(Proposal.objects.get(), by=lead).is_merged
    matrix.refresh_from_db()
    assert (matrix.section.title, "bind, knot" in matrix.body) == ("Releases", True)


def test_a_file_of_which_nothing_can_be_proposed_is_not_called_nothing_to_do(propose):
    change(Offering.objects.get(name="nsd"), name="powerdns")
    said = propose("bind, nsd", "bind, knot")
    assert "conflict: " in said
    assert "not proposed: " in said
    assert "Nothing to do" not in said
    assert "Nothing was proposed" in said


def test_nothing_is_written_by_a_proposal(propose):
    propose("bind, nsd", "bind, knot", TEXT.replace("2006-08", "2006-09"))
    assert Offering.objects.filter(name="nsd").exists()
    assert Service.objects.get(name="EC2").released_text == "2006-08"
    assert export() == TEXT
    assert LegendTag.objects.count() == 2


def test_new_signs_are_refused_with_the_place_to_add_them(propose):
    with pytest.raises(CommandError, match="Add a legend tag: /add/legend-tag/"):
        propose("A trap.\n", "A trap.\n- 💸 **Cost:** Money.\n")
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("new", "expected"), [("- 🚀 Launch it soon.", ["entry edit"]), ("", ["entry retire"])]
)
def test_a_bullet_with_a_picture_that_is_no_tag_is_changed_as_text(
    bring, lead, contributor, new, expected
):
    text = (
        "# A\n\n## Way\n\n- 🚀 Launch it now.\n- Wait.\n\n## Legend\n\n- ❗ **Gotcha:** A trap.\n"
    )
    bring(text, name="guide.md", replace=True)
    changed = text.replace("- 🚀 Launch it now.\n", new and f"{new}\n")
    bring(changed, as_proposal=True, by=contributor.username)
    assert kinds() == expected
    assert approve(Proposal.objects.get(), by=lead).is_merged
    assert export() == changed
