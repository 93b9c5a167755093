"""Rows stay rows: no module hangs an attribute on an object that does not declare it.

What a page needs beside a row stands in a small frozen dataclass that holds the row.
"""

import ast

import pytest
from django.apps import apps

from tests.test_house import APPS, TREES

MODELS = [model for model in apps.get_models() if model.__module__.split(".")[0] in APPS]
ROWS = {model.__name__ for model in MODELS}
FIELDS = {
    name for model in MODELS for field in model._meta.fields for name in (field.name, field.attname)
}
OF_FORMS = {"choices", "data", "label", "queryset", "required"}  # a form sets them on its fields
# Actions copy fields of a row by their names.
WRITERS = ("entries.actions.", "services.actions", "moderation.actions.")
ALLOWED = {
    "guide_site.core.extensions": ("token.", "last.", "state.", "opening[2].", "before."),
    "guide_site.core.inline": ("link.", "token."),  # tokens of markdown-it
    "guide_site.core.markdown": ("text.", "token."),
    "guide_site.core.bare_links": ("md.inline.", "state.", "opening.", "block.", "text."),
    "guide_site.core.raw_html": ("token.", "image."),
    "guide_site.core.pictures.badges": ("token.",),
    "guide_site.core.pictures.shown": ("token.",),
    "guide_site.core.pictures.svg": ("parser.",),  # expat declares its handlers
    "guide_site.core.definitions": ("token.",),
    "guide_site.core.pages": ("request.GET",),  # what a view sees of the query
    "guide_site.urls": ("admin.site.login",),  # as the documentation of allauth says
    "moderation.forms.fields": ("form.data",),  # forms and fields of Django declare these
    "moderation.forms.proposal": ("into.queryset",),
    "moderation.views.opened_forms": ("form.autosaved_at",),  # ProposalForm declares it
    "services.reading.filters": ("field.choices",),
}


def made_here(statements):
    """Names of what statements make: functions, classes, and new objects that are no rows."""
    for node in statements:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            called = ast.unparse(node.value.func).split(".")[-1]
            if called[:1].isupper() and called not in ROWS:
                yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def attributes_set(node):
    """What a node sets on an object, as source: `object.attribute`, `to_attr`, `setattr(…)`."""
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
        yield node
    elif isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        if name == "setattr" or any(keyword.arg == "to_attr" for keyword in node.keywords):
            yield node


def is_declared(node, made):
    """True if the object that `node` sets something on declares it, as far as the source says."""
    if isinstance(node, ast.Call):
        return node.args and ast.unparse(node.args[0]) == "self"
    owner = ast.unparse(node.value)
    return owner in {"self", "cls", *made} or node.attr in FIELDS | OF_FORMS


def hidden_attributes(tree):
    """Source of what a module sets on objects that may not declare it."""

    def within(node, made):
        for child in ast.iter_child_nodes(node):
            inner = made
            if isinstance(child, ast.FunctionDef):
                inner = made | set(made_here(ast.walk(child)))
            yield from (each for each in attributes_set(child) if not is_declared(each, inner))
            yield from within(child, inner)

    return [ast.unparse(node) for node in within(tree, set(made_here(tree.body)))]


def test_no_module_hangs_attributes_on_rows():
    hidden = {
        module: [
            text
            for text in hidden_attributes(tree)
            if not text.startswith(ALLOWED.get(module, ()))
            and not (text.startswith("setattr(") and module.startswith(WRITERS))
        ]
        for module, tree in TREES.items()
    }
    assert {module: texts for module, texts in hidden.items() if texts} == {}


@pytest.mark.parametrize(
    "line",
    [
        "row.shown_tags = []",
        "row.first, row.second = 1, 2",
        "row.total += 1",
        "row.total: int = 1",
        "for row.number in range(3): pass",
        "setattr(row, name, 1)",
        "rows.prefetch_related(Prefetch('reviews', to_attr='approvals'))",
        "entry = Entry(); entry.nested = []",
        "rows[0].steps = []",
    ],
)
def test_a_hidden_attribute_is_found(line):
    assert hidden_attributes(ast.parse(f"def page(row, rows, name):\n    {line}"))


@pytest.mark.parametrize(
    "line",
    [
        "self.total = 1",
        "setattr(self, name, 1)",
        "row.position = 1",
        "row.section_id = 1",
        "results = Results(); results.total = 1",
        "self.fields['place'].choices = []",
        "response['Vary'] = 'Cookie'",
        "total = row.total",
    ],
)
def test_what_an_object_declares_may_be_set(line):
    assert hidden_attributes(ast.parse(f"def page(self, row, name):\n    {line}")) == []
