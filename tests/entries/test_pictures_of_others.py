"""Pictures of other sites: links, unless leads allow their hosts."""

import pytest
from csp.utils import build_policy

from entries.actions.guide import edit_guide
from entries.models import Entry, Guide
from guide_site.core import history
from tests import factories
from tests.core import safety

pytestmark = pytest.mark.django_db

ADDRESS = "https://allowed.example/plan.png"
SHOWN = (
    f'<p><img class="picture" src="{ADDRESS}" alt="The plan" referrerpolicy="no-referrer" '
    'loading="lazy"></p>'
)
LINK = '<p><a href="{}" class="external" rel="nofollow noopener ugc">The plan</a></p>'


def set_facts(**facts):
    with history.revision(by=None, comment="facts"):
        edit_guide(Guide.current(), **facts)


@pytest.fixture
def allowed():
    set_facts(picture_hosts="allowed.example")


def html(body="![The plan](https://allowed.example/plan.png)"):
    made = Entry.objects.get(pk=factories.entry(body).pk).body_html.strip()
    assert safety.problems(made) == []
    return made


def test_a_picture_of_another_site_is_a_link():
    assert html() == LINK.format(ADDRESS)


def test_one_of_an_allowed_host_is_shown_and_tells_nothing_of_the_reader(allowed):
    assert html() == SHOWN


def test_it_has_the_size_that_its_html_says(allowed):
    made = html(f'See <img src="{ADDRESS}" width="90" height="30px" alt="">.')
    assert 'width="90" height="30"' in made


@pytest.mark.parametrize(
    "address",
    [
        "http://allowed.example/plan.png",
        "https://allowed.example.evil.example/plan.png",
        "https://evil.example/?https://allowed.example/plan.png",
        "https://evil.example#@allowed.example/plan.png",
        "https://evil.example%2f@allowed.example/plan.png",
        "https://allowed.example:8443/plan.png",
        "https://allowed.example@evil.example/plan.png",
        "https://sub.allowed.example/plan.png",
        "//allowed.example/plan.png",
    ],
)
def test_no_other_host_is_taken_for_an_allowed_one(allowed, address):
    assert "<img" not in html(f"![The plan]({address})")


@pytest.mark.parametrize("size", ['width="1" height="1"', 'width="0"', 'height="0"'])
def test_a_picture_that_nobody_sees_is_never_loaded(allowed, size):
    made = html(f'Words <img src="{ADDRESS}" {size} alt="x">')
    assert made == "<p>Words </p>"


def test_a_badge_of_an_allowed_host_stays_a_link(allowed):
    assert "<img" not in html("![Build](https://allowed.example/badge.svg)")


def test_texts_follow_when_leads_change_the_hosts(allowed):
    entry = factories.entry("![The plan][p]\n\n[p]: https://allowed.example/plan.png")
    set_facts(picture_hosts="")
    assert "<img" not in Entry.objects.get(pk=entry.pk).body_html
    set_facts(picture_hosts="other.example allowed.example")
    assert "<img" in Entry.objects.get(pk=entry.pk).body_html


def policies(response):
    headers = response.headers
    return headers["Content-Security-Policy"], headers["Cross-Origin-Embedder-Policy"]


@pytest.mark.parametrize("is_member", [False, True])
def test_only_pages_that_show_such_a_picture_get_a_wider_policy(client, contributor, is_member):
    set_facts(picture_hosts="allowed.example")
    shown = factories.entry("![The plan](https://allowed.example/plan.png)")
    other = factories.entry("No picture.")
    if is_member:
        client.force_login(contributor)
    strict = (build_policy(), "require-corp")
    wide = (build_policy(update={"img-src": ["https://allowed.example"]}), "credentialless")
    assert "https://allowed.example" in wide[0]
    for headers in ({}, {"accept-encoding": "gzip"}):
        for _ in range(2):  # made, and from the cache
            page = client.get(shown.get_absolute_url(), headers=headers)
            assert policies(page) == wide
        assert policies(client.get(other.get_absolute_url(), headers=headers)) == strict


def test_a_page_with_such_a_picture_costs_one_query_when_it_is_cached(
    client, allowed, django_assert_num_queries
):
    address = factories.entry(f"![The plan]({ADDRESS})").get_absolute_url()
    client.get(address)
    with django_assert_num_queries(1):
        client.get(address)


def test_the_preview_and_pages_of_members_show_it_too(as_user, contributor, allowed):
    proposal = factories.proposal(body=f"![The plan]({ADDRESS})", author=contributor)
    page = as_user(contributor).get(proposal.get_absolute_url())
    assert SHOWN in page.text
    assert policies(page)[1] == "credentialless"


def test_words_that_look_like_such_a_picture_widen_nothing(client):
    entry = factories.entry('Write ` referrerpolicy="no-referrer"` there.')
    assert policies(client.get(entry.get_absolute_url())) == (build_policy(), "require-corp")


@pytest.mark.parametrize("field", ["pictures_url", "source_url"])
def test_an_address_under_the_base_of_the_guide_is_its_own_picture(field):
    set_facts(**{field: "https://raw.example/o/r/main/"})
    figure = factories.figure("figures/plan.png")
    made = html("![The plan](https://raw.example/o/r/main/figures/plan.png?raw=true)")
    assert f'src="{figure.picture.get_absolute_url()}"' in made


@pytest.mark.parametrize(
    "address", ["figures/a%20plan.png", "./figures/a%20plan.png", "/figures/a%20plan.png"]
)
def test_a_picture_that_nobody_brought_is_a_link_to_where_it_lies(address):
    set_facts(source_url="https://source.example/", pictures_url="https://raw.example/main/")
    assert html(f"![The plan]({address})") == LINK.format(
        "https://raw.example/main/figures/a%20plan.png"
    )


def test_it_is_shown_from_there_if_that_host_is_allowed():
    set_facts(pictures_url="https://allowed.example/", picture_hosts="allowed.example")
    assert html("![The plan](plan.png)") == SHOWN


def test_the_books_link_to_it(client, allowed):
    factories.entry(f"See ![The plan]({ADDRESS}).")
    page = client.get("/guide.html").text
    assert f'See <a href="{ADDRESS}">The plan</a>.' in page
    assert "<img" not in page
