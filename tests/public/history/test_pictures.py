"""Pictures on the page of a revision."""

import pytest

from guide_site.core import history
from guide_site.public.history import pictures
from tests import factories
from tests.picture_files import raster

pytestmark = pytest.mark.django_db


def page(client, revision):
    return client.get(f"/changes/{revision}/").text


def test_a_new_picture_is_shown(client):
    figure = factories.figure("figures/plan.png")
    text = page(client, history.generation())
    assert "Picture figures/plan.png" in text
    assert figure.picture.get_absolute_url() in text
    assert "Before" not in text
    assert "No text differs" not in text


def test_one_that_took_the_place_of_another_stands_beside_it(client):
    old = factories.figure("plan.png")
    new = factories.figure("plan.png", raster(size=(50, 50)))
    text = page(client, history.generation())
    addresses = [figure.picture.get_absolute_url() for figure in (old, new)]
    assert text.index(addresses[0]) < text.index("Before: 40 × 30") < text.index(addresses[1])
    assert client.get(addresses[0]).status_code == 200


def test_a_revision_without_pictures_shows_none(client):
    factories.figure()
    factories.entry()
    assert "<img" not in page(client, history.generation())


def test_of_many_some_are_shown(client, monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PICTURES", 1)
    with history.revision(by=None, comment="Two"):
        for name in ("a.png", "b.png"):
            factories.figure(name)
    text = page(client, history.generation())
    assert ("Picture a.png" in text, "Picture b.png" in text) == (True, False)
    assert "more pictures than fit" in text


def test_a_feed_names_the_pictures_that_came(client):
    factories.entry()
    factories.figure("plan.png")
    text = client.get("/feeds/guide/").text
    assert "Figure plan.png" in text
    assert "digest" not in text
