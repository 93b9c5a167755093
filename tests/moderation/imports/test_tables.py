"""A cell that changed here since a file was made stays, and the file's cell arrives."""

import pytest

from entries.actions import entries as entry_actions
from entries.actions import legend as legend_actions
from entries.markdown.writer import export
from entries.models import Entry, LegendTag
from guide_site.core import history
from services.models import Offering
from tests.services.guides_with_tables import GUIDE, publish

pytestmark = pytest.mark.django_db


def test_cells_of_site_and_file_both_arrive(db, bring):
    bring(GUIDE, name="guide.md", replace=True)
    offering = Offering.objects.get(name="OpenStack")
    offering.name = "OpenNebula"
    publish(offering)
    here = export()
    assert "OpenNebula" in here
    said = bring(GUIDE.replace("bind, nsd", "bind, knot"))
    assert "Nothing to do" in bring(GUIDE)
    names = Offering.objects.filter(provider__slug="open-source").values_list("name", flat=True)
    assert sorted(names) == ["Etcd", "OpenNebula", "Prometheus", "bind", "knot"], said
    assert export() == here.replace("bind, nsd", "bind, knot")


def test_a_file_that_changes_no_table_leaves_the_catalogue_alone(db, bring):
    bring(GUIDE, name="guide.md", replace=True)
    offering = Offering.objects.get(name="OpenStack")
    offering.name = "OpenNebula"
    publish(offering)
    bring(GUIDE.replace("- Last.", "- The last."))
    offering.refresh_from_db()
    assert offering.name == "OpenNebula"
    assert "OpenNebula" in export()


def test_a_sign_that_retired_here_stays_out_of_the_legend(db, bring):
    legend = "# Guide\n\n- Legend:\n  - 🔹 Tip\n  - ❗ Risk\n\n## S3\n\n- 🔹 Use it for files.\n"
    bring(legend, name="guide.md", replace=True)
    with history.revision(by=None, comment="out"):
        tag = LegendTag.objects.get(sign="❗")
        entry_actions.retire_entry(
            Entry.objects.get(body__contains="Risk"), because="Nobody used it."
        )
        legend_actions.retire_legend_tag(tag, because="Nobody used it.")
    bring(legend.replace("for files", "for all files"))
    tag.refresh_from_db()
    assert tag.retired_at
    assert "for all files" in export()
