"""What happens in the tests where a template reads an unknown name."""

from dataclasses import dataclass, field

import pytest
from django import forms
from django.template import Origin, engines
from django.template.base import Template
from django.template.context import Context

from tests.unknown_names import OURS, UnknownName


@dataclass
class Row:
    title: str = "A"
    above: "Row | None" = None
    facts: dict[str, str] = field(default_factory=dict)
    form: forms.Form = field(default_factory=forms.Form)
    number: int = 1


UNKNOWN = [
    "{{ unknown }}",
    "{{ row.unknown }}",
    '{{ row.unknown|default:"" }}',
    "{% with name=row.unknown %}{% endwith %}",
    "{% if row.unknown %}{% endif %}",
    "{% if row.title or row.unknown %}{% endif %}{% if row.unknown or row.title %}{% endif %}",
    "{% for each in row.unknown %}{% endfor %}",
    "{% if row.unknown|length %}{% endif %}",
]
KNOWN = [
    "{{ row.title }}",
    "{% if partial %}{% endif %}",  # a partial may do without
    "{% if row.above.above %}{% endif %}",  # nothing has no attributes
    "{% if row.facts.unknown or row.form.unknown or row.number.unknown %}{% endif %}",
]


def rendered(source, folder):
    template = Template(source, Origin(f"{folder}page.html"), engine=engines["django"].engine)
    return template.render(Context({"row": Row()}))


@pytest.mark.parametrize("source", UNKNOWN)
def test_a_template_of_ours_may_not_read_an_unknown_name(source):
    with pytest.raises(UnknownName, match=r"page\.html reads"):
        rendered(source, OURS)


@pytest.mark.parametrize("source", UNKNOWN)
def test_a_template_of_a_library_may(source):
    assert rendered(source, "/usr/lib/") == ""


@pytest.mark.parametrize("source", KNOWN)
def test_what_may_be_missing_is_no_unknown_name(source):
    assert rendered(source, OURS) in ("", "A")
