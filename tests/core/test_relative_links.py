"""Where links to files beside the guide's file lead."""

import pytest

from guide_site.core.relative_links import anchor_in_guide, is_relative, resolved
from tests.core import safety
from tests.core.test_markdown_rendering import OUT, rendered

BASE = "https://github.com/o/r/blob/main/"


@pytest.mark.parametrize("target", ["a.md", "docs/a.md#b", "../a", "/a", "?a=b", "", "a b.md", "."])
def test_a_target_without_a_host_is_relative(target):
    assert is_relative(target)


@pytest.mark.parametrize(
    "target",
    ["#a", "https://a.example", "HTTP://a", "//a.example", "mailto:a@b.c", "www.a.example"],
)
def test_any_other_target_is_not(target):
    assert not is_relative(target)


@pytest.mark.parametrize(
    ("target", "source", "address"),
    [
        ("docs/a.md#b", BASE, f"{BASE}docs/a.md#b"),
        ("docs/a.md", f"{BASE}README.md", f"{BASE}docs/a.md"),
        ("a.md", f"{BASE}guides/tea.md", f"{BASE}guides/a.md"),
        ("a.md", f"{BASE}guides/tea.md/", f"{BASE}guides/a.md"),
        ("./a.md", BASE.rstrip("/"), f"{BASE}a.md"),
        ("../a.md", f"{BASE}guides/tea.md", f"{BASE}a.md"),
        ("/a.md", f"{BASE}guides/tea.md", f"{BASE}a.md"),
        ("../../issues", BASE, "https://github.com/o/r/issues"),
        ("a.md", "https://github.com/o/r", "https://github.com/o/r/blob/HEAD/a.md"),
        ("a.md", "https://gitlab.com/o/r/", "https://gitlab.com/o/r/-/blob/HEAD/a.md"),
        ("/a", "https://gitlab.com/o/r/-/blob/v1/b/c.md", "https://gitlab.com/o/r/-/blob/v1/a"),
        ("a.html", "https://a.example", "https://a.example/a.html"),
        ("/a.html", "https://a.example/docs/x/", "https://a.example/a.html"),
        ("a.html", "https://a.example/docs/x", "https://a.example/docs/x/a.html"),
        ("a.html", "https://a.example/docs/x.html?y#z", "https://a.example/docs/a.html"),
        ("a.md", "", None),
    ],
)
def test_it_is_read_from_where_the_file_of_the_guide_stands(target, source, address):
    assert resolved(target, source) == address


@pytest.mark.parametrize(
    ("target", "source", "anchor"),
    [
        ("README.md#launch", BASE, "launch"),
        ("./readme.md#gr%C3%B6%C3%9Fe", "", "größe"),
        ("README.md", "https://github.com/o/r", ""),
        ("tea.md#a", f"{BASE}tea.md", "a"),
        ("README.md#a", f"{BASE}tea.md", None),
        ("docs/README.md#a", BASE, None),
        ("a", BASE, None),
    ],
)
def test_the_guides_own_file_is_known(target, source, anchor):
    assert anchor_in_guide(target, source) == anchor


@pytest.mark.parametrize(
    "source",
    ["[a](docs/b.md)", "[a][b]\n\n[b]: docs/b.md", "<a href='docs/b.md'>a</a>", "![a](docs/b.md)"],
)
def test_without_an_address_the_words_stay_and_name_the_file(source):
    html = rendered(source, file_of=lambda target: None)
    title = "A file that this site does not have: docs/b.md"
    assert f'<span class="missing" title="{title}">a</span>' in html
    assert "href" not in html


@pytest.mark.parametrize("source", ["[a](docs/b.md)", "![a](docs/b.md)"])
def test_with_an_address_it_is_a_link_elsewhere(source):
    html = rendered(source, file_of=lambda target: BASE + target)
    assert f'<a href="{BASE}docs/b.md" {OUT}>a</a>' in html


def test_an_address_without_its_scheme_is_a_link_out():
    assert f'<a href="http://www.b.example/c" {OUT}>a</a>' in rendered("[a](www.b.example/c)")


def test_a_hostile_target_stays_a_title():
    html = rendered('[a](<x"onclick=alert(1)>)', file_of=lambda target: None)
    assert safety.problems(html) == []
