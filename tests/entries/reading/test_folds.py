"""`<details>` around bullets folds them on the page, whatever is missing."""

import re

import pytest

from entries.actions.entries import retire_entry
from entries.models import Entry
from guide_site.core import folds, history
from guide_site.core.markdown import render
from tests.core import safety
from tests.entries.guides import imported

pytestmark = pytest.mark.django_db

BEGIN = "<details>\n<summary>More <b>tools</b></summary>\n\n"
FOLDED = f"{BEGIN}- One\n- Two\n\n</details>\n\n- Three\n"


def shape(client, text):
    """The page of a guide, as its folds and entries."""
    imported(f"# Guide\n\n- Zero\n\n## A\n\n{text}\n## B\n\n- Last\n")
    page = client.get("/guide/").text
    page = page[page.index('id="a"') :]
    pattern = r"<(details|/details|summary)\b[^>]*>|>\s*(One|Two|Three|Last)\b"
    found = re.findall(pattern, page[: page.index("</main>")])
    return " ".join(tag or word for tag, word in found if tag != "summary")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (FOLDED, "details One Two /details Three Last"),
        (FOLDED.replace("</details>\n\n", ""), "details One Two Three /details Last"),
        (
            FOLDED.replace(BEGIN, ""),
            "One Two Three Last",
        ),
        (
            FOLDED.replace(
                "- Two", "- x\n\n<details>\n<summary>y</summary>\n\n- Two\n\n</details>"
            ),
            "details One details Two /details /details Three Last",
        ),
        (
            FOLDED.replace("- Two", "</details>\n<details><summary>y</summary>\n\n- Two"),
            "details One /details details Two /details Three Last",
        ),
        (
            "- x\n  <details><summary>y</summary>\n\n  - One\n\n  </details>\n\n  - Two\n- Three\n",
            "details One /details Two Three Last",
        ),
        (
            FOLDED.replace("<details>", "<div><details>").replace("</details>", "</details></div>"),
            "details One Two /details Three Last",
        ),
    ],
)
def test_what_is_between_the_tags_is_folded(client, text, wanted):
    assert shape(client, text) == wanted


def test_a_fold_without_its_end_is_open(client):
    imported(f"# G\n\n## A\n\n{FOLDED.replace('</details>', '')}")
    assert '<details class="folded" open>' in client.get("/guide/").text
    imported(f"# G\n\n## A\n\n{FOLDED}")
    assert '<details class="folded">' in client.get("/guide/").text


def test_an_end_counts_as_no_entry_and_has_no_place_of_its_own(client):
    imported(f"# G\n\n## A\n\n{FOLDED}")
    end = Entry.objects.get(body="</details>")
    assert f'id="e{end.pk}"' not in client.get("/guide/").text
    assert client.get("/sections/a/").text.count('class="entry"') == 3


def test_the_page_of_the_entry_that_opens_it_shows_what_it_folds(client):
    imported(f"# G\n\n## A\n\n{FOLDED}")
    page = client.get(Entry.objects.get(body__contains="<summary>").get_absolute_url()).text
    assert "One" in page
    assert "Three" not in page


def test_a_retired_end_leaves_all_in_sight(client):
    imported(f"# G\n\n## A\n\n{FOLDED}")
    with history.revision(by=None, comment="x"):
        retire_entry(Entry.objects.get(body="</details>"), because="x")
    page = client.get("/guide/").text
    assert '<details class="folded" open>' in page
    assert page.count("<details") == page.count("</details>")


def test_the_files_for_reading_offline_have_all_of_it(client):
    imported(f"# G\n\n## A\n\n{FOLDED}")
    text = re.sub("<[^>]*>", " ", client.get("/guide.html").text)
    assert "More  tools" in text.replace("\n", "")
    assert text.index("One") < text.index("Two") < text.index("Three")


@pytest.mark.parametrize(
    "source",
    [
        "<details>",
        "</details>",
        "</details></details>a<details><details open>b",
        "<p>a<details><summary><summary>b</summary>c</p></details></details>",
        '<details class="folds"><span class="fold-end"></span>',
        "<table><details><td></details></details><details>",
    ],
)
def test_tags_without_a_partner_are_well_formed_by_themselves(source):
    html = str(render(source))
    assert safety.problems(html) == []
    mark = folds.read(html)
    for part in mark or ():
        assert safety.problems(str(part)) == []


def test_nobody_can_write_a_mark():
    marks = '<details class="folds"><summary>a</summary></details><span class="fold-end"></span>'
    assert folds.read(str(render(marks))) is None
