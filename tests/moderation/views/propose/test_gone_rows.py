"""What is typed into a form whose row goes meanwhile stays in the form, with the reason."""

import pytest

from entries.actions import entries as entry_actions
from entries.actions import legend as legend_actions
from entries.actions import sections as section_actions
from entries.models import LegendTag, Section
from guide_site.core import history
from moderation.models import Proposal
from services import actions as catalogue
from services.models import Capability, Offering
from tests import factories
from tests.moderation.helpers import fields, words

pytestmark = pytest.mark.django_db

RETIRED_ENTRY = "This entry was retired: Old."
RETIRED_SECTION = "This section was retired: Old."
RETIRED_TAG = "This legend tag was retired: Old."
# {form: (its address, the row that goes, what the page then says)}
FORMS = {
    "edit": ("/entries/{entry}/edit/", "entry", RETIRED_ENTRY),
    "move": ("/entries/{entry}/move/", "entry", RETIRED_ENTRY),
    "addition": ("/sections/tips/add/", "section", RETIRED_SECTION),
    "section text": ("/sections/tips/edit/", "section", RETIRED_SECTION),
    "section": ("/sections/tips/change/", "section", RETIRED_SECTION),
    "move of a section": ("/sections/tips/move/", "section", RETIRED_SECTION),
    "retirement of a section": ("/sections/tips/retire/", "section", RETIRED_SECTION),
    "section below": ("/sections/tips/add-section/", "section", RETIRED_SECTION),
    "legend tag": ("/legend/tip/edit/", "tag", RETIRED_TAG),
    "move of a legend tag": ("/legend/tip/move/", "tag", RETIRED_TAG),
    "retirement of a legend tag": ("/legend/tip/retire/", "tag", RETIRED_TAG),
    "cell": ("/offerings/{cell}/edit/", "cell", "This was removed from the service matrix."),
    "emptied cell": ("/offerings/{cell}/remove/", "cell", "This was removed from the"),
    "new cell": ("/matrix/{row}/aws/add/", "row", "This row was removed from the service matrix."),
}


@pytest.fixture
def rows():
    cell = factories.offering()
    return {
        "entry": factories.entry("First here.", section=factories.section("Elsewhere")),
        "section": factories.section("Tips"),
        "tag": factories.legend_tag("tip", "🔹"),
        "cell": cell,
        "row": cell.capability,
    }


def go(row):
    with history.revision(by=None, comment="meanwhile"):
        match row:
            case Section():
                section_actions.retire_section(row, because="Old.")
            case LegendTag():
                legend_actions.retire_legend_tag(row, because="Old.")
            case Offering():
                catalogue.remove_offering(row)
            case Capability():
                for cell in row.offerings.all():
                    catalogue.remove_offering(cell)
                row.delete()
            case _:
                entry_actions.retire_entry(row, because="Old.")


def come_back(row):
    with history.revision(by=None, comment="meanwhile"):
        row.refresh_from_db()
        if isinstance(row, Section):
            section_actions.restore_section(row)
        else:
            legend_actions.restore_legend_tag(row)


@pytest.mark.parametrize("form", FORMS)
def test_the_page_keeps_what_was_typed_and_says_what_happened(member, rows, form):
    address, name, sentence = FORMS[form]
    url = address.format(**{key: row.pk for key, row in rows.items()})
    filled = fields(member.get(url)) | {"title": "Say it", "why": "My long reasons."}
    go(rows[name])
    answer = member.post(url, filled)
    assert sentence in words(answer)
    assert "My long reasons." in answer.content.decode()
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("url", "row"), [("/sections/tips/restore/", "section"), ("/legend/tip/restore/", "tag")]
)
def test_so_does_that_of_a_row_that_came_back(member, rows, url, row):
    go(rows[row])
    filled = fields(member.get(url)) | {"title": "Say it", "why": "My long reasons."}
    come_back(rows[row])
    answer = member.post(url, filled)
    assert "is in the guide: there is nothing to bring back." in words(answer)
    assert "My long reasons." in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_cell_that_never_was_is_not_found(member, rows):
    assert member.get("/offerings/999/edit/").status_code == 404
    assert member.get("/matrix/999/aws/add/").status_code == 404
