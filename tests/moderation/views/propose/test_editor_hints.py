"""What the editor says of how an entry of its kind is written."""

import pytest
from django.urls import reverse

from tests import factories
from tests.moderation.helpers import words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "body", "help_text", "has_tags"),
    [
        ("bullet", "One.", "Markdown, without the bullet in front. **bold lead:**", True),
        ("footnote", "[^a]: One.", "stands the name that texts use: “[^name]: ”. **bold", True),
        ("definition", "[a]: /b", "and its address: “[name]: https://…”. Edit summary", False),
    ],
)
def test_the_editor_says_how_an_entry_of_its_kind_is_written(
    as_user, contributor, kind, body, help_text, has_tags
):
    factories.legend_tag()
    entry = factories.entry(body, kind=kind)
    page = words(as_user(contributor).get(reverse("entry-edit", args=[entry.pk])))
    assert help_text in page
    assert ("Legend tags" in page) == has_tags
