"""A section that is edited is exported as it reads now."""

import pytest
from django.core.exceptions import ValidationError

from entries.actions import sections as section_actions
from entries.markdown.writer import export
from guide_site.core import history
from tests import factories

pytestmark = pytest.mark.django_db


def edit(section, **fields):
    with history.revision(by=None, comment="test"):
        section_actions.edit_section(section, **fields)


@pytest.fixture
def section():
    factories.legend_tag()
    return factories.section("Storage", verbatim="Storage\n=======\n\n")


def test_its_heading_has_the_new_title_and_signs_and_is_underlined_as_before(section):
    edit(section, title="Keeping data", tags=["gotcha"])
    assert export() == "❗ Keeping data\n=======\n\n"


def test_another_kind_leaves_the_heading_as_it_stands(section):
    edit(section, kind="basics")
    assert export() == "Storage\n=======\n\n"


def test_without_a_reason_it_does_not_retire(section):
    refused = pytest.raises(ValidationError, match="Say why")
    with refused, history.revision(by=None, comment="test"):
        section_actions.retire_section(section, because=" ")
