"""The pages that move a legend tag, and bring a retired one back."""

import pytest
from django.urls import reverse

from entries.models import LegendTag
from guide_site.core import history
from moderation.models import Change, Proposal
from tests import factories
from tests.moderation.helpers import approve, fields, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def signs():
    return [
        factories.legend_tag("gotcha", "❗", position=1024),
        factories.legend_tag("cost", "💸", position=2048),
        factories.legend_tag("slow", "🐢", position=3072),
    ]


@pytest.fixture
def retired(signs):
    approve(factories.changing(signs[2], "retire", retired_because="Vague."))
    return LegendTag.objects.get(slug="slow")


@pytest.fixture
def send(member):
    """Open a page of the tag 🐢, fill its form, send it; returns the response."""

    def fill(page, **typed):
        url = reverse(page, args=["slow"])
        return member.post(url, fields(member.get(url)) | typed)

    return fill


def merge():
    """Publish what was typed."""
    Proposal.objects.filter(status="draft").update(status="open", opened_at="2026-01-01T00:00Z")
    approve(Proposal.objects.get(status="open"))


@pytest.mark.parametrize(("place", "order"), [("first", "🐢❗💸"), ("behind", "❗🐢💸")])
def test_a_tag_moves(signs, send, place, order):
    send("legend-tag-move", place=place if place == "first" else str(signs[0].pk))
    merge()
    assert "".join(tag.sign for tag in LegendTag.objects.all()) == order


@pytest.mark.parametrize("place", ["", "x", "own", "0"])
def test_a_place_that_is_none_is_refused(signs, send, place):
    response = send("legend-tag-move", place=str(signs[2].pk) if place == "own" else place)
    assert response.status_code == 200
    assert not Proposal.objects.exists()


def test_it_starts_with_where_the_tag_stands_which_is_no_move(signs, member, send):
    assert fields(member.get("/legend/slow/move/"))["place"] == str(signs[1].pk)
    assert fields(member.get("/legend/gotcha/move/"))["place"] == "first"
    assert "It stands there already" in words(send("legend-tag-move"))
    assert not Proposal.objects.exists()


def test_a_place_behind_a_retired_tag_is_not_offered(as_user, contributor, retired):
    page = as_user(contributor).get("/legend/cost/move/").text
    assert "Slow" not in page


def test_its_author_moves_it_elsewhere_in_the_draft(signs, member, send):
    send("legend-tag-move", place=str(signs[0].pk))
    url = reverse("proposal-amend", args=[Proposal.objects.get().pk])
    form = fields(member.get(url))
    assert form["place"] == str(signs[0].pk)
    member.post(url, form | {"place": "first"})
    assert Change.objects.get().proposed == {"after": "first"}


def test_a_retired_tag_comes_back(retired, send):
    before = history.generation()
    send("legend-tag-restore")
    merge()
    retired.refresh_from_db()
    assert (retired.retired_at, history.generation()) == (None, before + 1)


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("slow/move", "This legend tag was retired:"),
        ("gotcha/restore", "This legend tag is in the guide"),
    ],
)
def test_the_page_of_a_tag_that_is_retired_or_not_says_so(member, retired, page, sentence):
    assert sentence in words(member.get(f"/legend/{page}/"))


@pytest.mark.parametrize("page", ["move", "restore"])
def test_a_tag_that_never_was_is_not_found(member, page):
    assert member.get(f"/legend/nowhere/{page}/").status_code == 404


def test_members_see_what_was_retired_and_visitors_do_not(client, member, retired):
    link = "/legend/slow/restore/"
    assert link in member.get("/legend/").text
    client.logout()
    assert link not in client.get("/legend/").text


def test_a_retired_tag_keeps_its_page_and_says_why(client, retired):
    page = client.get("/legend/slow/")
    assert "Vague." in words(page)
    assert "/legend/slow/restore/" in page.text
    assert "/legend/slow/move/" not in page.text
