"""Badges become one line; pictures that only count readers are not there."""

import pytest

from guide_site.core import markdown
from guide_site.core.pictures.badges import is_badge
from guide_site.core.pictures.shown import Picture
from tests.core import safety

OUT = 'class="external" rel="nofollow noopener ugc"'
BUILD = "https://travis-ci.org/o/r.svg?branch=main"
LICENCE = "https://img.shields.io/badge/licence-MIT-blue.svg"
BADGES = [
    BUILD,
    LICENCE,
    "https://github.com/o/r/workflows/CI/badge.svg",
    "https://github.com/o/r/actions/workflows/ci.yml/badge.svg?branch=main",
    "https://cdn.jsdelivr.net/gh/sindresorhus/awesome@main/media/badge.svg",
    "https://awesome.re/badge-flat2.svg",
    "https://readthedocs.org/projects/x/badge/?version=latest",
    "https://badge.fury.io/py/x.svg",
    "https://codecov.io/gh/o/r/branch/main/graph/badge.svg",
    "https://sonarcloud.io/api/project_badges/measure?project=x",
    "https://zenodo.org/badge/12345.svg",
    "https://opencollective.com/x/backers/badge.svg",
    "https://ci.appveyor.com/api/projects/status/32r7s2skrgm9ubva?svg=true",
    "http://badges.gitter.im/o/r.svg",
]
NO_BADGES = [
    "figures/plan.png",
    "badge.svg",
    "https://a.example/plan.png",
    "https://a.example/badger.png",
    "https://notshields.io/x.svg",
    "https://shields.io.evil.example/x.png",
    "https://[::1/badge.svg",
]


def rendered(source, **context):
    html = markdown.render(source, **context)
    assert safety.problems(html) == []
    return " ".join(html.split())


@pytest.mark.parametrize("address", BADGES)
def test_a_badge_is_known_by_its_address(address):
    assert is_badge(address)


@pytest.mark.parametrize("address", NO_BADGES)
def test_another_picture_is_none(address):
    assert not is_badge(address)


@pytest.mark.parametrize(
    "source",
    [
        f"[![Build]({BUILD})](https://ci.example) ![Licence]({LICENCE})",
        f"[![Build]({BUILD})](https://ci.example)\n![Licence]({LICENCE})",
        f"[![Build]({BUILD})](https://ci.example)  \n&nbsp; | ![Licence]({LICENCE})",
        f"[![Build]({BUILD})](https://ci.example)<br>![Licence][l]\n\n[l]: {LICENCE}",
        f'<a href="https://ci.example"><img src="{BUILD}" alt="Build"></a>\n'
        f'<img alt="Licence" src="{LICENCE}">',
    ],
)
def test_a_paragraph_of_badges_is_one_line_of_links(source):
    assert rendered(source) == (
        f'<p>Badges: <a href="https://ci.example" {OUT}>Build</a> · '
        f'<a href="{LICENCE}" {OUT}>Licence</a></p>'
    )


def test_badges_in_a_block_of_html_are_a_line_too():
    source = (
        f'<p align="center">\n<a href="https://ci.example"><img src="{BUILD}" alt="Build"></a>\n'
        f'<img alt="Licence" src="{LICENCE}">\n</p>'
    )
    assert f' Badges: <a href="https://ci.example" {OUT}>Build</a> · <a' in rendered(source)


def test_one_badge_is_called_so():
    assert rendered(f"![Build]({BUILD})") == f'<p>Badge: <a href="{BUILD}" {OUT}>Build</a></p>'


@pytest.mark.parametrize(
    "source",
    [
        f"The build: ![Build]({BUILD})",
        f"![Build]({BUILD}) ![Plan](https://a.example/plan.png)",
        f"[![Build]({BUILD}) now](https://ci.example)",
        "[words](https://ci.example)",
    ],
)
def test_badges_among_other_things_stay_where_they_are(source):
    assert "Badge" not in rendered(source)


def test_a_badge_that_came_with_the_guide_is_a_picture():
    html = rendered(f"![Build]({BUILD})", picture_of=lambda a: Picture("/pictures/a.svg", 90, 20))
    assert "<img" in html


@pytest.mark.parametrize(
    ("size", "is_there"),
    [
        ('width="1" height="1"', False),
        ("width=0", False),
        ('height="1px"', False),
        ('width=" 0.5 "', False),
        ('width="100%"', True),
        ('width="1%" height="40"', True),
        ('width="10" height="10"', True),
        ('width="auto"', True),
        ("", True),
    ],
)
def test_a_picture_of_one_pixel_is_not_there(size, is_there):
    html = rendered(f'A <img src="https://count.example/x.gif" alt="it" {size}> b')
    assert ("count.example" in html) == is_there
    assert html.startswith("<p>A ")


def test_a_link_with_such_a_picture_keeps_its_address():
    html = rendered('[<img src="https://count.example/x.gif" width="1">](https://a.example)')
    assert html == f'<p><a href="https://a.example" {OUT}>https://a.example</a></p>'


def test_a_list_of_badges_without_end_takes_no_time():
    html = rendered(f"[![Build]({BUILD})](https://ci.example) " * 300)
    assert html.count(" · ") == 299
