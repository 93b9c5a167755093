"""A parsed guide becomes sections, entries and legend tags in the database."""

import pytest
from reversion.models import Revision, Version

from entries.imports import importing
from entries.markdown.writer import export
from entries.models import Entry, Guide, LegendTag, Section, SectionAlias
from guide_site.core import history
from tests import factories
from tests.entries.guides import imported, parse, source_of

pytestmark = pytest.mark.django_db

GUIDE = """# Guide

Welcome to it.

- Legend:
  - 🔹 Important tip: look here
  - ❗ Gotcha (risky)

## S3

### Tips

- 🔹 Use [versioning](#s3-gotchas).
  1. Enable it
  2. Test it

### Gotchas and Limitations ❗

- ❗ Not a disk

## EC2

### Tips

- See [S3](#tips) and [nothing](#nowhere), [docs](http://example.org)
"""


def outline():
    return [(s.title, s.parent and s.parent.title) for s in Section.objects.order_by("pk")]


def slugs():
    return list(Section.objects.order_by("pk").values_list("slug", flat=True))


def test_sections_stand_under_the_nearest_higher_heading():
    imported("# A\n### B\n## C\n#### D\n# E\n- x\n")
    assert outline() == [("A", None), ("B", "A"), ("C", "A"), ("D", "C"), ("E", None)]


def test_siblings_keep_the_order_of_the_file():
    imported("# Z\n## Y\n## X\n## W\n# A\n- c\n- b\n  - z\n  - y\n- a\n")
    assert list(Section.objects.filter(parent=None).values_list("slug", flat=True)) == ["z", "a"]
    children = Section.objects.filter(parent__slug="z")
    assert [section.title for section in children] == ["Y", "X", "W"]
    assert [entry.body for entry in Entry.objects.filter(parent=None)] == ["c", "b", "a"]
    assert [entry.body for entry in Entry.objects.filter(parent__body="b")] == ["z", "y"]


def test_a_heading_that_occurs_more_than_once_has_its_parent_in_the_slug():
    imported("# S3\n## Tips\n# EC2\n## Tips\n## Tips\n# Tips\n- x\n")
    assert slugs() == ["s3", "s3-tips", "ec2", "ec2-tips", "ec2-tips-2", "tips"]


def test_anchors_of_the_file_lead_to_its_sections():
    imported("# S3\n## Tips\n# EC2\n## Tips\n# 🔹 Costs!\n- x\n")
    aliases = dict(SectionAlias.objects.values_list("slug", "section__slug"))
    assert aliases == {"tips": "s3-tips", "tips-1": "ec2-tips", "-costs": "costs"}


@pytest.mark.parametrize(
    "title", ["?!", "…", "🔹", "`<>`", "(1/2)", "日本語", "Ω" * 250, "-", "a/b?c#d"]
)
def test_any_heading_gets_an_address(client, title):
    imported(f"# Guide\n## {title}\n- x\n")
    for section in Section.objects.all():
        assert client.get(section.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("S3 Basics", "basics"),
        ("S3 Tips", "tips"),
        ("S3 Gotchas and Limitations", "gotchas"),
        ("Tips and Gotchas", "gotchas"),
        ("Limitations", "gotchas"),
        ("Alternatives and Lock-In", "alternatives"),
        ("Billing and Cost Management", "cost"),
        ("Pricing", "cost"),
        ("High Availability", "general"),
    ],
)
def test_the_heading_tells_the_kind_of_section(title, kind):
    imported(f"# {title}\n- x\n")
    assert Section.objects.get().kind == kind


def test_entries_hold_their_text_source_and_tags():
    imported(GUIDE)
    entry = Entry.objects.get(body__startswith="Use")
    assert entry.body == "Use [versioning](#s3-gotchas)."
    assert entry.verbatim == "- 🔹 Use [versioning](#s3-gotchas).\n"
    assert [tag.sign for tag in entry.tags.all()] == ["🔹"]
    assert [(step.kind, step.body) for step in entry.children.all()] == [
        ("step", "Enable it"),
        ("step", "Test it"),
    ]


def test_rows_hold_every_line_of_the_file():
    imported(GUIDE)
    rows = [*Section.objects.order_by("pk"), *Entry.objects.order_by("pk")]
    lines = "".join(row.verbatim for row in rows).split("\n")
    assert sorted(lines) == sorted(GUIDE.split("\n"))


def test_links_within_the_guide_lead_to_the_section_of_their_anchor():
    imported(GUIDE)
    html = Entry.objects.get(body__startswith="See").body_html
    assert 'href="/sections/s3-tips/"' in html
    assert "This guide has no section “nowhere”." in html
    assert 'href="http://example.org"' in html


def test_its_own_legend_becomes_tags_that_entries_and_sections_carry():
    imported(GUIDE)
    tip, gotcha = LegendTag.objects.all()
    assert (tip.sign, tip.slug, tip.label) == ("🔹", "important-tip", "Important tip")
    assert (gotcha.sign, gotcha.label, gotcha.meaning) == ("❗", "Gotcha", "Gotcha (risky)")
    assert [section.title for section in gotcha.sections.all()] == ["Gotchas and Limitations"]
    assert gotcha.entries.filter(body="Not a disk").exists()


def test_tags_that_are_known_stay_as_they_are():
    factories.legend_tag("gotcha", "❗", label="Careful")
    imported(GUIDE)
    assert LegendTag.objects.get(sign="❗").label == "Careful"
    assert LegendTag.objects.count() == 2


@pytest.mark.parametrize(
    ("meanings", "slug"),
    [
        (["Tip", "Tip"], "tip"),
        (["“Quoted”; words"], "quoted"),
        (["日本語"], "sign-1f539"),
        (["(no words)"], "no-words"),
        (["word " * 100], "word-word-word-word-word-word-word-w"),
    ],
)
def test_any_meaning_gives_a_tag(meanings, slug):
    lines = [f"- {sign} {meaning}\n" for sign, meaning in zip("🔹🔸", meanings, strict=False)]
    imported("# Legend\n" + "".join(lines), signs=())
    assert LegendTag.objects.count() == len(meanings)
    assert LegendTag.objects.get(sign="🔹").slug == slug
    for tag in LegendTag.objects.all():
        tag.full_clean()


def test_it_is_one_revision_with_a_version_of_every_row():
    imported(GUIDE)
    rows = sum(m.objects.count() for m in (Guide, Section, Entry, LegendTag, SectionAlias))
    revision = Revision.objects.get()
    assert Version.objects.filter(revision=revision).count() == rows


def test_the_report_counts_what_came_in():
    report = imported(GUIDE)
    assert (report.sections, report.bullets, report.tagged, report.kept) == (6, 8, 2, 0)
    assert (report.links, report.internal) == (4, 3)
    assert report.kinds["paragraph"] == 1
    assert report.signs == {"🔹": 1, "❗": 1}


def test_the_report_names_in_order_what_is_odd():
    text = "# A\n- [x](#y)\n\n<div>\n</div>\n\n-\n- [One](#a)\n- [Two](#b)\n- [Three](#c)\n"
    lines = list(imported(text).lines())
    assert [line for line in lines if line.startswith("line")] == [
        "line 2: a link to “#y”, which is no heading and no anchor",
        "line 4: HTML without text: kept, not shown",
        "line 7: an empty bullet",
        "line 9: a link to “#b”, which is no heading and no anchor",
        "line 10: a link to “#c”, which is no heading and no anchor",
    ]


def test_a_text_of_any_length_is_taken():
    imported("# A\n- " + "x " * 100_000 + "\n")
    assert len(Entry.objects.get().body) == 199_999


def test_outside_a_revision_it_is_refused():
    guide = parse(GUIDE)
    with pytest.raises(history.WriteOutsideRevision):
        importing.import_guide(guide)
    assert source_of(guide) == GUIDE
    assert not Section.objects.exists()


def test_what_is_nested_in_an_empty_bullet_stays_at_its_place():
    imported("# a\n\n- one\n- two\n-\n  - three\n- four\n")
    bodies = Entry.objects.order_by("position").values_list("body", flat=True)
    assert [body.strip(" -\n") for body in bodies] == ["one", "two", "three", "four"]


def test_two_long_headings_that_begin_alike_are_two_sections():
    imported(f"# {'x' * 400}a\n\n# {'x' * 400}b\n- b\n")
    assert Section.objects.count() == 2


def test_a_sign_is_a_tag_with_and_without_a_variation_selector():
    factories.legend_tag("lock-in", "⛓\ufe0f")
    imported("# a\n- ⛓\ufe0f bound\n- ⛓ bound\n", signs=["⛓\ufe0f"])
    assert [entry.tags.count() for entry in Entry.objects.all()] == [1, 1]


def test_a_sign_alone_on_its_line_leaves_no_empty_line():
    imported("# A\n- ❗\n  Not a disk\n", signs=["❗"])
    assert Entry.objects.get().body == "Not a disk"


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("- see [x]\n\n[x]: http://e.org 'say \"hi\"'\n", 'href="http://e.org"'),
        ("-     code *x*\n      more\n", "<pre "),
        ("<div>\nif x <y then done\n</div>\n\n- b\n", "&lt;y then done"),
        (
            "- x\n  - y\n\n  text\n\n      code *x*\n        more\n",
            '<pre tabindex="0"><code>code *x*\n  more\n</code></pre>',
        ),
    ],
    ids=["quotes in a definition", "code in a bullet", "unfinished tag", "code below a list"],
)
def test_the_html_of_an_imported_entry_holds(source, part):
    imported(f"# a\n\n{source}")
    assert [entry for entry in Entry.objects.all() if part in entry.body_html]


@pytest.mark.parametrize(
    "text",
    ["# A\n- a\n- Yes\n- b\n  - Yes\n", "# A\n- x\n- x\n  - x\n\n# B\n- x\n", "text\n\n- a\n"],
)
def test_the_same_file_again_is_nothing_to_do(text):
    imported(text)
    before = history.generation()
    imported(text)
    assert history.generation() == before


def test_a_file_without_a_heading_is_exported_as_it_was():
    imported("- a\n")
    assert export() == "- a\n"
