"""Pictures in rendered texts, and the names that texts give them."""

import pytest

from guide_site.core import markdown
from guide_site.core.pictures.shown import MAX_NAME, Picture, name_of
from tests.core import safety

PLAN = Picture("/pictures/abc.png", 640, 480)
IMG = (
    '<img class="picture" src="/pictures/abc.png" alt="{}" width="640" height="480" loading="lazy">'
)
NAMES = [
    ("figures/plan.png", "figures/plan.png"),
    ("./figures/plan.png", "figures/plan.png"),
    ("/figures/plan.png", "figures/plan.png"),
    ("figures/./x/../plan.png", "figures/plan.png"),
    ("figures/plan.png?raw=true", "figures/plan.png"),
    ("figures/plan.png#half", "figures/plan.png"),
    ("a%20plan%C3%A9.png", "a plané.png"),
    ("x/%2e%2e/plan.png", "plan.png"),
    ("https://code.example/o/raw/main/plan.png", "plan.png"),
    ("https://raw.example/o/main/x/plan.png?raw=true", "x/plan.png"),
]
NO_NAMES = [
    *("", ".", "..", "/", "../plan.png", "x/../../plan.png", "%2e%2e/plan.png", "..%5cplan.png"),
    *("https://elsewhere.example/plan.png", "//elsewhere.example/plan.png", "data:image/png,x"),
    *("file:///etc/passwd", "C:/plan.png", "https://code.example/o/raw/main/../../plan.png"),
    *("a\0.png", "a%00.png", "x" * (MAX_NAME + 1), "?plan.png"),
]


def rendered(source, **context):
    known = {"plan.png": PLAN}
    html = markdown.render(source, picture_of=lambda a: known.get(name_of(a) or ""), **context)
    assert safety.problems(html) == []
    return str(html).strip()


@pytest.mark.parametrize(("address", "name"), NAMES)
def test_an_address_names_a_picture(address, name):
    bases = ["https://code.example/o/raw/main/", "", "https://raw.example/o/main"]
    assert name_of(address, bases) == name


@pytest.mark.parametrize("address", NO_NAMES)
def test_no_other_address_names_one(address):
    assert name_of(address, ["https://code.example/o/raw/main/"]) is None


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("![A plan](plan.png)", f"<p>{IMG.format('A plan')}</p>"),
        ('<img src="plan.png" alt="A plan">', IMG.format("A plan")),
        ('See <img src="./plan.png?raw=true"> here', f"<p>See {IMG.format('')} here</p>"),
        ("![**A** `plan`][p]\n\n[p]: /plan.png", f"<p>{IMG.format('A plan')}</p>"),
        ('![<b>"x">](plan.png)', f"<p>{IMG.format('&quot;x&quot;&gt;')}</p>"),
        (
            '![A](plan.png "Where <it> is")',
            f'<p>{IMG.format("A")}<span class="caption">Where &lt;it&gt; is</span></p>',
        ),
        (
            "[![A](plan.png)](https://x.example)",
            '<p><a href="https://x.example" class="external" rel="nofollow noopener ugc">'
            f"{IMG.format('A')}</a></p>",
        ),
        (
            '<picture><source srcset="dark.png"><img src="plan.png" alt="A"></picture>',
            f"<p>{IMG.format('A')}</p>",
        ),
    ],
)
def test_a_picture_of_the_guide_is_shown_with_its_words_and_size(source, html):
    assert rendered(source) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "![A](gone.png)",
            '<p><a href="gone.png" class="external" rel="nofollow noopener ugc">A</a></p>',
        ),
        ("`![A](plan.png)`", "<p><code>![A](plan.png)</code></p>"),
    ],
)
def test_another_is_not(source, html):
    assert rendered(source) == html


@pytest.mark.parametrize(
    "source",
    [
        '<img src="plan.png" onerror="alert(1)" style="x" alt="A">',
        '<img alt="A" src="plan.png" class="evil" width="1" height="1" srcset="evil.png">',
    ],
)
def test_attributes_of_others_do_not_come_along(source):
    assert rendered(source) == IMG.format("A")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ('width="320"', (320, 240)),
        ('height="48px"', (64, 48)),
        ('width="320" height="9"', (320, 240)),
        ('width="100%"', (640, 480)),
        ('width="1" height="0"', (640, 480)),
        ('width="9999999999"', (640, 480)),
    ],
)
def test_it_has_the_size_that_html_says_and_keeps_its_proportions(said, shown):
    html = rendered(f'<img src="plan.png" alt="A" {said}>')
    assert 'width="{}" height="{}"'.format(*shown) in html


def test_no_text_can_name_a_picture_by_its_address_on_the_site():
    assert "<img" not in rendered("![A](/pictures/abc.png) <img src='/pictures/abc.png'>")


def test_a_sign_of_the_legend_in_the_words_of_a_picture_is_no_link():
    html = rendered("![> ❗ x](plan.png)", legend={"❗": ("/legend/gotcha/", "Gotcha")})
    assert html == f"<p>{IMG.format('&gt; ❗ x')}</p>"
