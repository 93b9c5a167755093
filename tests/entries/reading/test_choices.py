"""Sections to choose from are told apart, and sorted alike on every database."""

import pytest

from entries.models import Section
from entries.reading.choices import SectionChoiceField, named_sections
from moderation.lists.filters import QueueFilter
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def sections():
    """A guide with a title, two sections called “Basics” and letters that collations differ in."""
    title = factories.section("The Guide")
    s3, ec2 = (factories.section(name, parent=title) for name in ("S3", "EC2"))
    for above in (s3, ec2):
        factories.section("Basics", parent=above, slug=f"{above.slug}-basics")
    for name in ("Zebra", "add", "Éclair"):
        factories.section(name, parent=title)


def names(choices):
    return [str(label) for _, label in choices]


def test_equal_titles_have_their_paths_and_case_does_not_count(sections):
    assert names(named_sections(Section.objects.all())) == [
        *("add", "S3 › Basics", "EC2 › Basics"),
        *("EC2", "S3", "The Guide", "Zebra", "Éclair"),
    ]


def test_a_field_and_a_filter_show_the_same(sections, django_assert_num_queries):
    expected = names(named_sections(Section.objects.all()))
    field = SectionChoiceField(queryset=Section.objects.all(), required=False)
    with django_assert_num_queries(1):
        assert names(field.choices)[1:] == expected
    assert names(QueueFilter({}).form.fields["section"].choices)[1:] == expected


def test_the_move_page_and_the_form_of_a_service_show_them(as_user, contributor, sections):
    entry, service = factories.entry(section=Section.objects.get(title="S3")), factories.service()
    for url in (f"/entries/{entry.pk}/move/", f"/services/{service.slug}/edit/"):
        page = as_user(contributor).get(url).content.decode()
        assert page.index(">add<") < page.index(">S3 › Basics<") < page.index(">EC2 › Basics<")
