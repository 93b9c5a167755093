"""manage.py follow_catalogue: texts of an older guide are shown as the site shows texts now."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import models

from entries.models import Entry
from tests.entries.guides import imported

pytestmark = pytest.mark.django_db


def test_the_html_of_all_entries_is_made_again():
    imported("# G\n\n- <ins>a</ins>\n- b\n")
    made = list(Entry.objects.values_list("body_html", flat=True))
    models.QuerySet(Entry).filter(body__contains="ins").update(body_html="&lt;ins&gt;")
    out = StringIO()
    call_command("follow_catalogue", stdout=out)
    assert list(Entry.objects.values_list("body_html", flat=True)) == made
    assert "1 entries are shown in another way" in out.getvalue()
