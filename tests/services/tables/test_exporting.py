"""The two tables written back: unchanged lines to the letter, changed cells and no others."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command

from entries.models import Entry, Section
from guide_site.core import history
from services.models import Capability, Offering, Provider, Service
from tests import factories
from tests.services.guides_with_tables import (
    GUIDE,
    RELEASES,
    change,
    delete,
    differing,
    exported,
    imported,
    matrix,
    publish,
    releases,
)

pytestmark = pytest.mark.django_db

TRAPS = [
    GUIDE,
    GUIDE.replace("\n", "\r\n"),
    GUIDE.rstrip("\n"),
    GUIDE.replace("| Silk |", "| *Silk* (x)<sup>[1](#a)</sup> |").replace("2005", "soon"),
    matrix("| a\\|b | `c\\|d`, e |\t\tf\t|  | <b>g</b> |", "| | x |", "h | i | j | k | l"),
    matrix("|x|y|z|", "| x | twice | | | |", "| 🐥 n | ❗ m? (n)(?) | — | n/a | ? | more |"),
    matrix(f"| {'long ' * 40} | {'name ' * 40} ({'note ' * 80}) | [u](/x) | [v][w], [w] |")
    + "\n[w]: https://example.org/w 'W'\n",
    releases("| 🐥[A](http://e.org/a) | 2016-13 | ❗[Odd](http://e.org) |", "| A | 2001 |", "|"),
    "- One:\n  - Two\n\n  " + RELEASES.replace("\n", "\n  ").rstrip() + "\n",
    "# A\n\n" + RELEASES.replace("| Silk", "Silk") + "# B\n\n" + RELEASES,
]


@pytest.mark.parametrize("text", TRAPS)
def test_an_untouched_import_comes_out_to_the_letter(text):
    factories.legend_tag("new", "🐥")
    imported(text)
    assert exported() == text
    assert imported(text).is_empty


def offering(name):
    return Offering.objects.get(name=name)


def provider(name):
    return Provider.objects.get(name=name)


def row(name):
    return next(line for line in GUIDE.splitlines() if name in line)


@pytest.mark.parametrize(
    ("edit", "before", "after"),
    [
        (lambda: change(offering("EC2"), name="Lightsail"), "EC2    ", "Lightsail"),
        (lambda: change(offering("EC2"), note="old"), "EC2    ", "EC2 (old)"),
        (lambda: change(offering("EC2"), uncertain=True), "EC2    ", "EC2(?) "),
        (
            lambda: change(offering("nsd"), url="https://example.org/"),
            "nsd  ",
            "[nsd](https://example.org/)",
        ),
        (lambda: change(offering("Compute Engine"), note=""), " (GCE) ", "       "),
        (lambda: change(offering("DynamoDB"), note="slow"), "[DynamoDB (weak)]", "[DynamoDB]"),
        (lambda: delete(offering("bind")), "bind, nsd  ", "nsd        "),
        (lambda: change(offering("nsd"), position=1), "bind, nsd", "nsd, bind"),
        (lambda: change(Capability.objects.get(name="DNS"), name="Names"), "| DNS  ", "| Names"),
    ],
)
def test_a_changed_offering_changes_its_cell_only(edit, before, after):
    imported(GUIDE)
    edit()
    gone, new = differing(GUIDE, exported())
    assert len(gone) == len(new) == 1
    assert before in gone[0]
    assert new[0].startswith(gone[0].replace(before, after, 1)[:60]) or after in new[0]
    untouched = set(gone[0].split("|")) - {cell for cell in gone[0].split("|") if before in cell}
    assert len(untouched & set(new[0].split("|"))) >= 4


def test_a_cell_that_was_empty_is_filled_in_its_place():
    imported(GUIDE)
    publish(
        Offering(
            capability=Capability.objects.get(name="DNS"),
            provider=provider("Microsoft"),
            name="Azure DNS",
        )
    )
    assert differing(GUIDE, exported()) == (
        ["| DNS            | Route53 | DNS          |           | bind, nsd   |"],
        ["| DNS            | Route53 | DNS          | Azure DNS | bind, nsd   |"],
    )


def test_a_provider_without_a_column_gets_one():
    imported(GUIDE)
    oracle = Provider(name="Oracle", slug="oracle", position=9999)
    dns = Capability.objects.get(name="DNS")
    publish(oracle, Offering(capability=dns, provider=oracle, name="OCI DNS", position=9999))
    _, new = differing(GUIDE, exported())
    assert new == [
        "| Service        | AWS     | Google Cloud | Microsoft | Open source | Oracle |",
        "|----------------|---------|--------------|-----------|-------------| --- |",
        "| DNS            | Route53 | DNS          |           | bind, nsd   | OCI DNS |",
    ]
    assert imported(exported()).done.get("offerings", {}) == {}


def test_a_new_capability_gets_a_row_where_its_position_says():
    imported(GUIDE)
    position = Capability.objects.get(name="DNS").position
    mail = Capability(name="Mail", position=position + 1)
    publish(mail, Offering(capability=mail, provider=provider("AWS"), name="SES", note="old"))
    lines = exported().splitlines()
    number = lines.index(row("| DNS "))
    assert lines[number + 1] == "| Mail           | SES (old) | | |             |"
    assert lines[: number + 1] + lines[number + 2 :] == GUIDE.splitlines()


def test_a_capability_that_was_deleted_loses_its_row():
    imported(GUIDE)
    dns = Capability.objects.get(name="DNS")
    delete(*dns.offerings.all(), dns)
    assert differing(GUIDE, exported()) == ([row("| DNS ")], [])


def test_capabilities_in_another_order_bring_their_rows_along():
    imported(GUIDE)
    change(Capability.objects.get(name="Lock manager"), position=1)
    lines = exported().splitlines()
    assert sorted(lines) == sorted(GUIDE.splitlines())
    assert lines.index(row("| Lock")) == lines.index(row("| Virtual")) - 1


@pytest.mark.parametrize(
    ("fields", "new"),
    [
        ({"released_precision": "year"}, "| [EC2](https://example.org/ec2) | 2006    | General |"),
        (
            {"availability": "retired", "note": "in 2030"},
            "| [EC2](https://example.org/ec2) | 2006-08 | Retired (in 2030) |",
        ),
        (
            {"availability_uncertain": True},
            "| [EC2](https://example.org/ec2) | 2006-08 | General? |",
        ),
        ({"release_notes_url": ""}, "| EC2                            | 2006-08 | General |"),
        ({"name": "Compute"}, None),
        (
            {"name": "Compute", "slug": "c"},
            "| [Compute](https://example.org/ec2) | 2006-08 | General |",
        ),
        ({"summary": "Servers."}, None),
        (
            {"released": None, "released_precision": ""},
            "| [EC2](https://example.org/ec2) |         | General |",
        ),
    ],
)
def test_a_changed_release_changes_its_cell_only(fields, new):
    imported(GUIDE)
    change(Service.objects.get(name="EC2"), **fields)
    if fields == {"name": "Compute"}:
        new = "| [Compute](https://example.org/ec2) | 2006-08 | General |"
    assert differing(GUIDE, exported()) == (([row("[EC2]")], [new]) if new else ([], []))


def test_columns_that_the_catalogue_has_no_place_for_are_reported_and_kept():
    text = GUIDE.replace("| Availability |\n|", "| Availability | HIPAA | CLI |\n|---|---|")
    text = text.replace("2006-08 | General |", "2006-08 | General | ✓<sup>1</sup> |   |")
    report = imported(text)
    assert any("stay in the table only: HIPAA, CLI)" in line for line in report.lines())
    change(Service.objects.get(name="EC2"), availability="retired")
    assert differing(text, exported()) == (
        ["| [EC2](https://example.org/ec2) | 2006-08 | General | ✓<sup>1</sup> |   |"],
        ["| [EC2](https://example.org/ec2) | 2006-08 | Retired | ✓<sup>1</sup> |   |"],
    )


def test_a_tag_that_the_table_shows_is_shown_for_every_service():
    new, old = factories.legend_tag("new", "🐥"), factories.legend_tag("gotcha", "❗")
    text = GUIDE.replace("| [Route", "| 🐥[Route")
    imported(text)
    with history.revision(by=None, comment="test"):
        Service.objects.get(name="Silk").tags.set([new, old])
        Service.objects.get(name="Route 53").tags.clear()
    _, now = differing(text, exported())
    assert now == [
        "| [Route 53](https://example.org/route-53)  | 2010-10 | General |",
        row("| Silk").replace("| Silk", "| 🐥Silk"),
    ]


def test_a_new_service_gets_a_row_where_its_date_belongs():
    imported(GUIDE)
    aws, other = provider("AWS"), provider("Microsoft")
    facts = {"released": datetime.date(2009, 8, 1), "released_precision": "month"}
    made = Service(name="VPC", slug="vpc", provider=aws, release_notes_url="http://e.org", **facts)
    no_date = Service(name="AMIs", slug="amis", provider=aws)
    publish(made, no_date, Service(name="Azure", slug="azure", provider=other, **facts))
    lines = exported().splitlines()
    number = lines.index(row("[Route 53]"))
    assert lines[number + 1] == "| [VPC](http://e.org) | 2009-08 | General |"
    assert lines[: number + 1] + lines[number + 2 :] == GUIDE.splitlines()


def test_a_service_that_was_deleted_loses_its_row():
    imported(GUIDE)
    delete(Service.objects.get(name="Silk"))
    assert differing(GUIDE, exported()) == ([row("| Silk")], [])


def test_a_text_that_was_edited_later_is_not_lost():
    imported(GUIDE)
    change(offering("EC2"), note="old")
    table = Entry.objects.get(body__startswith="| Service        | AWS")
    body = table.body.replace("bind, nsd  ", "bind, nsd, knot") + "\n| Mail | SES |"
    factories.edit(table, body)
    gone, new = differing(GUIDE, exported())
    assert len(gone) == 2
    assert any("EC2 (old)" in line for line in new)
    assert any("bind, nsd, knot" in line for line in new)
    assert "| Mail | SES |" in new


def test_a_row_that_was_deleted_from_the_text_stays_away():
    imported(GUIDE)
    table = Entry.objects.get(body__startswith="| Service | Original")
    silk = row("| Silk")
    factories.edit(table, table.body.replace(silk, "").strip())
    assert differing(GUIDE, exported()) == ([silk], [])


def test_footnotes_that_were_edited_do_not_rewrite_their_table():
    text = matrix("| Mail | SES<sup>[1](#a)</sup> | | | x |")
    text += '\n<a name="a">**1**</a>: In Europe<br />\n'
    imported(text)
    factories.edit(
        Entry.objects.get(body__contains="name="), '<a name="a">**1**</a>: In Asia<br />'
    )
    assert exported() == text.replace("Europe", "Asia")


def test_a_table_that_was_added_on_the_site_is_written_as_it_is():
    imported("# A\n\n- One.\n")
    section = Section.objects.get()
    factories.entry(RELEASES.strip(), section=section, kind="table")
    assert exported().endswith(RELEASES)


def test_one_section_is_written_the_same(tmp_path):
    imported(GUIDE)
    change(offering("EC2"), note="old")
    change(Service.objects.get(name="EC2"), note="old")
    out = StringIO()
    call_command("export_guide", "--section", "releases", stdout=out)
    expected = RELEASES.replace("2006-08 | General", "2006-08 | General (old)")
    assert out.getvalue() == f"## Releases\n\n{expected}\n- Last.\n"
    call_command("export_guide", "--out", tmp_path / "out.md")
    assert (tmp_path / "out.md").read_text() == exported()
    assert "EC2 (old)" in exported()


def test_an_export_takes_a_dozen_queries(django_assert_max_num_queries):
    imported(GUIDE)
    with django_assert_max_num_queries(13):
        assert exported() == GUIDE
