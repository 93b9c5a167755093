"""GET /pictures/…: pictures of the guide, as browsers may take them."""

import pytest
from django.urls import reverse

from entries.models import Entry, Figure, Picture
from tests import factories, picture_files
from tests.picture_files import SCRIPT, raster

pytestmark = pytest.mark.django_db

KINDS = {
    "image/png": [raster() + SCRIPT, picture_files.gif_that_is_a_script(), raster("GIF")],
    "image/svg+xml": [picture_files.svg(root=' onload="alert(1)"')],
}


@pytest.mark.parametrize(
    ("media_type", "original"), [(kind, data) for kind in KINDS for data in KINDS[kind]]
)
def test_a_picture_is_served_as_what_it_is_and_can_do_nothing(client, media_type, original):
    figure = factories.figure("x.gif", original)
    response = client.get(figure.picture.get_absolute_url())
    assert response.headers["Content-Type"] == media_type
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    policy = response.headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert b"alert" not in response.content
    assert response.content != original


def test_browsers_keep_it_and_ask_no_more(client):
    address = factories.figure().picture.get_absolute_url()
    first = client.get(address)
    assert first.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_picture_costs_one_query(client, django_assert_num_queries):
    address = factories.figure().picture.get_absolute_url()
    with django_assert_num_queries(1):
        client.get(address)


@pytest.mark.parametrize(
    "part", ["0" * 64 + ".png", "{digest}.svg", "{digest}.html", "{original}.png"]
)
def test_nothing_else_is_there(client, part):
    picture = factories.figure(original=raster() + b"more").picture
    name = part.format(digest=picture.digest, original=picture.original_digest)
    assert client.get(f"/pictures/{name}").status_code == 404


def test_a_picture_is_only_read(client):
    assert client.post(factories.figure().picture.get_absolute_url()).status_code == 405


def test_pages_show_it_with_words_and_size(client):
    figure = factories.figure("plan.png")
    entry = factories.entry("See ![The plan](plan.png) first.")
    image = (
        f'<img class="picture" src="{figure.picture.get_absolute_url()}" alt="The plan" '
        'width="40" height="30" loading="lazy">'
    )
    for address in (entry.get_absolute_url(), entry.section.get_absolute_url(), reverse("guide")):
        assert image in client.get(address).text


def test_a_picture_that_comes_later_is_shown_from_then_on(client):
    entry = factories.entry("See ![The plan](plan.png) first.")
    assert "<img" not in client.get(entry.get_absolute_url()).text
    factories.figure("plan.png")
    assert "<img" in client.get(entry.get_absolute_url()).text
    assert Entry.objects.get().body == "See ![The plan](plan.png) first."


def test_the_words_of_a_picture_are_found(client):
    factories.figure("plan.png")
    factories.entry("See ![The floorplan](plan.png) first.")
    assert "floorplan" in client.get("/search/?q=floorplan").text


def test_the_original_is_in_no_page_of_the_admin(client, django_user_model):
    figure = factories.figure()
    client.force_login(django_user_model.objects.create_superuser("root"))
    page = client.get(reverse("admin:entries_picture_change", args=[figure.picture.pk]))
    assert page.status_code == 200
    assert "Original:" not in page.text


def test_two_files_that_look_the_same_share_an_address(client):
    one, two = factories.figure("a.png", raster()), factories.figure("b.png", raster() + b"more")
    assert one.picture.get_absolute_url() == two.picture.get_absolute_url()
    assert (Picture.objects.count(), Figure.objects.count()) == (2, 2)
    assert client.get(one.picture.get_absolute_url()).status_code == 200
