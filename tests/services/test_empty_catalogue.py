"""A catalogue in which there is nothing yet, or hardly anything."""

import pytest

from services.reading.matrix import Matrix
from tests import factories
from tests.public.page_texts import words

pytestmark = pytest.mark.django_db


def test_the_matrix_has_no_rows():
    assert (Matrix.current().providers, Matrix.current().rows) == ([], [])


def test_its_page_says_how_to_fill_it(client):
    assert "The matrix is empty. An imported guide" in words(client.get("/matrix/"))


def test_a_catalogue_without_release_dates_says_how_to_get_some(client):
    factories.service("IAM")
    assert "No release is known. An imported guide" in words(client.get("/releases/"))
