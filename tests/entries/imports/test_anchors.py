"""Anchors that a file names by HTML: links to them lead to the entry or the section there."""

import pytest
from django.urls import reverse

from entries.actions.sections import add_section
from entries.models import Entry, Section, SectionAlias
from guide_site.core import history
from tests.entries.guides import imported

pytestmark = pytest.mark.django_db

LINKS = "# Guide\n\n- See [it](#foo), [it](#user-content-foo) and [it](#Foo).\n\n"


def target():
    """Where the three links of LINKS lead."""
    html = Entry.objects.get(body__startswith="See").body_html
    (address,) = {part.split('"')[0] for part in html.split('href="')[1:]}
    return address


@pytest.mark.parametrize(
    "named",
    [
        '- <a name="foo"></a>The one.',
        "- The <a id=foo></a>one.",
        "- The one. <a class=\"x\" name='user-content-foo'>Here</a>",
        '<a name="foo"></a>\n\n- The one.',
        '<div id="foo">\nThe one.\n</div>',
        "- Other.\n  - The <sup id='foo'>1</sup> one.",
    ],
)
def test_a_link_leads_to_the_entry_that_the_anchor_stands_in(named):
    imported(f"{LINKS}{named}\n")
    (entry,) = (e for e in Entry.objects.live() if "one." in e.body)
    assert target() == f"/entries/{entry.pk}/"


@pytest.mark.parametrize("heading", ["## <a name='foo'></a>Tips", "<a name='foo'></a>\n## Tips"])
def test_a_link_leads_to_the_section_that_the_anchor_stands_at(heading):
    report = imported(f"{LINKS}{heading}\n\n- b\n")
    assert target() == "/sections/tips/"
    assert "no anchor" not in "".join(report.lines())


def test_an_anchor_at_the_end_stands_for_the_last_entry():
    imported(f"{LINKS}- Last.\n\n<a name='foo'></a>\n")
    assert target() == f"/entries/{Entry.objects.get(body='Last.').pk}/"


def test_a_heading_of_that_name_goes_before_an_anchor():
    imported(f"{LINKS}- a<a name='foo'></a>\n\n## Foo\n\n- b\n")
    assert target() == "/sections/foo/"


def test_the_anchor_of_a_second_heading_of_one_name_goes_before_as_well():
    imported("# Guide\n\n## Tips\n\n- a\n\n## Tips\n\n- <a name='tips-1'></a>b\n")
    assert dict(SectionAlias.objects.values_list("slug", "entry"))["tips-1"] is None


def test_what_is_code_names_no_anchor():
    imported(f"{LINKS}```\n<a name='foo'></a>\n```\n")
    assert not SectionAlias.objects.exists()


def test_the_same_file_again_is_nothing_to_do():
    imported(f"{LINKS}- a<a name='foo'></a>\n")
    before = history.generation()
    imported(f"{LINKS}- a<a name='foo'></a>\n")
    assert history.generation() == before


def test_an_anchor_that_moved_leads_to_its_new_place():
    imported(f"{LINKS}- a<a name='foo'></a>\n- The other one\n")
    imported(f"{LINKS}- a\n- The other one<a name='foo'></a>\n")
    assert target() == f"/entries/{Entry.objects.live().get(body__startswith='The other').pk}/"


def test_the_address_of_a_section_with_that_name_leads_there(client):
    imported(f"{LINKS}- a<a name='foo'></a>\n")
    answer = client.get("/sections/foo/")
    assert (answer.status_code, answer.url) == (302, target())


def test_a_text_that_stays_links_to_what_a_later_import_brings():
    imported("# A\n\n- See [more](#fresh).\n- Two.\n")
    assert "This guide has no section" in Entry.objects.get(body__startswith="See").body_html
    imported("# A\n\n- See [more](#fresh).\n- Two.\n\n## Fresh\n\n- Three.\n")
    assert 'href="/sections/fresh/"' in Entry.objects.get(body__startswith="See").body_html


def links():
    """{words of a link: where it leads} in the first entry."""
    html = Entry.objects.get(body__startswith="See").body_html
    return {part.split(">")[1][:-3]: part.split('"')[0] for part in html.split('href="')[1:]}


def test_the_anchors_of_headings_keep_marks_as_on_github():
    titles = ["☑️ Done", "हिन्दी में", "Größe"]
    wanted = ["️-done", "हिन्दी-में", "größe"]
    see = " ".join(f"[{name}](#{name})" for name in wanted)
    report = imported(f"# Guide\n\n- See {see}\n\n" + "".join(f"## {t}\n\n- x\n\n" for t in titles))
    assert list(links()) == wanted
    slugs = (
        Section.objects.exclude(title="Guide").order_by("position").values_list("slug", flat=True)
    )
    assert list(links().values()) == [reverse("section", args=[slug]) for slug in slugs]
    assert "no anchor" not in "".join(report.lines())


ROCKET = "# Guide\n\n- See [l](#launch) [r](#-launch)\n\n## 🚀 Launch\n\n- a\n\n"


def test_the_anchor_of_a_heading_goes_before_the_slug_of_another():
    imported(f"{ROCKET}## Launch\n\n- b\n")
    assert links() == {"l": "/sections/launch-2/", "r": "/sections/launch/"}


def test_a_heading_that_comes_later_gets_its_anchor_and_slugs_stay(client):
    imported(ROCKET)
    assert links() == {"l": "/sections/launch/", "r": "/sections/launch/"}
    imported(f"{ROCKET}## Launch\n\n- b\n")
    assert links() == {"l": "/sections/launch-2/", "r": "/sections/launch/"}
    assert "🚀" in client.get("/sections/launch/").text
    before = history.generation()
    imported(f"{ROCKET}## Launch\n\n- b\n")
    assert history.generation() == before


def test_an_anchor_in_html_goes_before_the_slug_of_a_heading():
    imported(f"{ROCKET}## Other\n\n- <a name='launch'></a>b\n")
    assert links()["l"] == Entry.objects.get(body__endswith="b").get_absolute_url()


def test_a_link_to_the_top_is_no_missing_section():
    report = imported("# Guide\n\n- See [up](#) and [top](#top)\n")
    assert links() == {"up": "#", "top": "#"}
    assert "no anchor" not in "".join(report.lines())


def test_the_anchor_of_a_section_made_on_the_site_leads_to_it():
    imported("# Guide\n\n- See [d](#️-done)\n")
    with history.revision(by=None, comment="More"):
        add_section(title="☑️ Done")
    assert links() == {"d": "/sections/done/"}
