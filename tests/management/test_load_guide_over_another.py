"""manage.py load_guide where a guide of the operator's own is in the database."""

from io import StringIO

import pytest
from django.core.management import call_command

from entries.models import Entry
from guide_site.core import history
from services.models import Service
from tests import factories


@pytest.mark.django_db
def test_another_guide_is_left_alone():
    factories.entry()
    before, out = history.generation(), StringIO()
    call_command("load_guide", stdout=out)
    assert out.getvalue() == "The guide is there already: nothing to do.\n"
    assert (history.generation(), Entry.objects.count()) == (before, 1)
    assert not Service.objects.exists()
