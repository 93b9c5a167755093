"""The row with the guide's own facts."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, models

from entries.models import Guide
from guide_site.core import history
from guide_site.core.history import WriteOutsideRevision
from tests import factories

pytestmark = pytest.mark.django_db


def test_there_is_one_row_from_the_start():
    assert Guide.objects.get() == Guide.current()
    assert str(Guide.current()) == "Open guide"
    assert history.generation() == 0


def test_there_is_never_a_second_one():
    with pytest.raises(IntegrityError):
        models.QuerySet(Guide).bulk_create([Guide(pk=2)])


@pytest.mark.django_db(transaction=True)
def test_it_is_there_again_after_the_tables_were_emptied(settings):
    settings.GUIDE_NAME = "Guide to Tea"
    call_command("flush", interactive=False, verbosity=0)
    assert str(Guide.objects.get()) == "Guide to Tea"


def test_facts_change_only_in_a_revision():
    with pytest.raises(WriteOutsideRevision):
        Guide.current().save()
    factories.facts(name="Guide to Tea", licence="MIT")
    assert str(Guide.current()) == "Guide to Tea"
    assert history.generation() > 0


@pytest.mark.parametrize("facts", [{"accent": "#ffffff"}, {"name": "x" * 121}, {"language": ""}])
def test_a_wrong_fact_changes_nothing(facts):
    with pytest.raises(ValidationError) as refused:
        factories.facts(tagline="New.", **facts)
    assert [*refused.value.message_dict] == [*facts]
    assert Guide.objects.get().tagline == ""


def test_markdown_in_the_facts_is_harmless():
    guide = factories.facts(credit="By [us](https://e.example)<script>x</script>", home_text="*Hi*")
    assert '<a href="https://e.example"' in guide.credit_html
    assert "<script" not in guide.credit_html
    assert guide.home_html == "<p><em>Hi</em></p>\n"


def test_links_in_the_facts_lead_to_the_guide_its_source_or_this_site():
    text = "[a](#plots) [b](docs/rules.md) [c](/changes/) [d](README.md#plots)"
    guide = factories.facts(credit=text, source_url="https://code.example/x/blob/main/")
    for address in ("/guide/#plots", "https://code.example/x/blob/main/docs/rules.md", "/changes/"):
        assert f'href="{address}"' in guide.credit_html
    guide = factories.facts(source_url="")
    assert 'href="docs' not in guide.credit_html
