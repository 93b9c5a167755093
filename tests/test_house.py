"""The rules of the house: who imports whom, and how long things may get."""

import ast
import inspect
import pydoc
from graphlib import TopologicalSorter
from pathlib import Path

import reversion
from django.apps import apps

from guide_site.core.history import Versioned, VersionedQuerySet

ROOT = Path(__file__).resolve().parent.parent
APPS = ["guide_site", "entries", "services", "moderation"]
# Every room of the house, low to high: a module imports from its own room and from those above
# it in this list, never from those below. A room is a module or a package with all it holds.
ROOMS = """
    guide_site.core.env  guide_site.core.addresses  guide_site.core.additions
    guide_site.core.edits  guide_site.core.shared_edits  guide_site.core.words
    guide_site.core.emoji_codes  guide_site.core.extensions  guide_site.core.code_blocks
    guide_site.core.bare_links  guide_site.core.raw_html  guide_site.core.sanitizer
    guide_site.core.folds
    guide_site.core.emoji  guide_site.core.legend_signs  guide_site.core.pictures
    guide_site.core.relative_links  guide_site.core.definitions  guide_site.core.inline
    guide_site.core.markdown  guide_site.core.colours  guide_site.core.guide_facts
    guide_site.core.downloads  guide_site.core.filters  guide_site.core.picture_policy
    guide_site.core.uploads  guide_site.core.middleware
    guide_site.core.access  guide_site.core.constraints  guide_site.core.history
    guide_site.core.pages  guide_site.core.context  guide_site.core.rescued_forms
    guide_site.core.readonly_admin  guide_site.core.stylesheets
    guide_site.models  guide_site.accounts  guide_site.apps  guide_site.settings

    entries.models  entries.reading  entries.markdown  entries.actions
    entries.imports  entries.section_editor  entries.views  entries.context
    entries.admin  entries.apps

    services.release_dates  services.models  services.actions  services.loading
    services.tables  services.reading  services.views  services.context
    services.admin  services.apps

    moderation.states  moderation.models  moderation.owners  moderation.changes
    moderation.house_style  moderation.policies  moderation.display  moderation.notifications
    moderation.actions  moderation.lists  moderation.forms  moderation.views
    moderation.context  moderation.admin  moderation.apps

    guide_site.public.models  guide_site.public.history  guide_site.public.pages
    guide_site.public.downloads  guide_site.public.search  guide_site.public.api
    guide_site.public.apps
    guide_site.urls  guide_site.admin  guide_site.management  guide_site.wsgi
""".split()  # noqa: SIM905, a table reads better than a list of 50 lines
BARE = {  # packages that hold nothing of their own
    *("guide_site", "guide_site.core", "guide_site.public", "entries", "services", "moderation"),
}
PUBLISHED = {
    *("Guide", "LegendTag", "Section", "SectionAlias", "Entry", "Picture", "Figure"),
    *("Provider", "ServiceGroup", "Service", "Capability", "Offering"),
}
# What Django calls; it documents them itself.
OVERRIDES = {
    *("ready", "handle", "add_arguments", "save", "delete", "clean", "get_absolute_url"),
    *("has_add_permission", "has_change_permission", "has_delete_permission"),
    *("to_python", "prepare_value", "validate", "label_from_instance"),
}
MAX_FILE, MAX_FUNCTION = 300, 50  # lines
MIN_FILE = 25  # lines of a module that only one other imports


def sources(*folders):
    """{module name: path} of the Python files in `folders`, without migrations."""
    found = {}
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                found[name.removesuffix(".__init__")] = path
    return found


MODULES = sources(*APPS)
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}


def imports(tree):
    """Names of all that a module imports, also inside functions: `package.module.name`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            yield from (f"{start}.{alias.name}" for alias in node.names)


def module_of(imported):
    """The module of this project that an import names, or None."""
    parts = imported.split(".")
    names = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((name for name in names if name in MODULES), None)


def rank(module):
    """Place of the module's room in ROOMS; None for a bare package such as `guide_site`."""
    for number, room in enumerate(ROOMS):
        if module == room or module.startswith(f"{room}."):
            return number
    return None


def edges():
    """All pairs (module, module of the project that it imports)."""
    for module, tree in TREES.items():
        for imported in imports(tree):
            if target := module_of(imported):
                yield module, target


def public_definitions(body, prefix):
    """Public functions, classes and methods of a module or class: pairs (dotted name, node)."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield f"{prefix}.{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from public_definitions(node.body, f"{prefix}.{node.name}")


def needs_a_docstring(node):
    """True for all but overridden methods, the Meta of a model and the variants of an overload."""
    is_overload = any("overload" in ast.unparse(decorator) for decorator in node.decorator_list)
    return not is_overload and node.name not in {*OVERRIDES, "Meta"}


def is_documented(name, node):
    """True if a definition has a docstring, or overrides a method of ours that has one."""
    if isinstance(node, ast.FunctionDef) and not ast.get_docstring(node):
        return bool(inspect.getdoc(pydoc.locate(name)))
    return bool(ast.get_docstring(node))


def is_typed(function):
    """True if a function says the types of all its arguments and of what it returns."""
    arguments = function.args
    listed = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    listed += [a for a in (arguments.vararg, arguments.kwarg) if a]
    untyped = [a for a in listed if not a.annotation and a.arg not in ("self", "cls")]
    return not untyped and function.returns is not None


def test_every_module_has_its_place_in_the_house():
    assert {name for name in MODULES if rank(name) is None} == BARE
    rooms = {ROOMS[rank(name)] for name in MODULES if name not in BARE}
    assert [room for room in ROOMS if room not in rooms] == []


def test_imports_are_absolute():
    assert [m for m, tree in TREES.items() if any(i.startswith(".") for i in imports(tree))] == []


def test_imports_point_down():
    pairs = [(a, b) for a, b in edges() if b not in BARE]
    assert [(a, b) for a, b in pairs if rank(b) > rank(a)] == []


def test_nothing_imports_in_a_circle():
    graph = {module: set() for module in MODULES}
    for module, target in edges():
        graph[module].add(target)
    assert len(list(TopologicalSorter(graph).static_order())) == len(MODULES)


def test_no_import_hides_in_a_function_except_where_the_accounts_get_ready():
    hidden = [
        f"{module}.{function.name}"
        for module, tree in TREES.items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and list(imports(function))
    ]
    assert hidden == ["guide_site.apps.ready"]


def test_public_functions_and_classes_are_typed_and_documented():
    wrong = [
        name
        for module, tree in TREES.items()
        for name, node in public_definitions(tree.body, module)
        if (needs_a_docstring(node) and not is_documented(name, node))
        or (isinstance(node, ast.FunctionDef) and not is_typed(node))
    ]
    assert wrong == []


def test_a_package_that_hands_on_names_is_the_only_way_to_them():
    faces = {m for m in MODULES if MODULES[m].name == "__init__.py" and any(imports(TREES[m]))}
    assert {"moderation.actions", "moderation.policies"} <= faces
    past = [
        (module, target)
        for module, target in edges()
        for face in faces
        if target.startswith(f"{face}.") and not f"{module}.".startswith(f"{face}.")
    ]
    assert past == []


def test_words_and_merging_know_nothing_of_django():
    pure = [*(f"guide_site.core.{n}" for n in ("edits", "additions", "words"))]
    pure.append("moderation.changes.merge")
    known = {name for module in pure for name in imports(TREES[module])}
    assert "guide_site.core.edits.Edit" in known
    assert [name for name in known if name.startswith(("django", "reversion", "moderation"))] == []


def test_no_file_is_too_long():
    paths = [*MODULES.values(), *sources("tests").values()]
    lengths = {str(p.relative_to(ROOT)): len(p.read_text("utf-8").splitlines()) for p in paths}
    assert {name: n for name, n in lengths.items() if n > MAX_FILE} == {}


def test_no_module_is_too_small_to_stand_alone():
    importers = {}
    for module, target in edges():
        importers.setdefault(target, set()).add(module)
    small = {
        module
        for module, path in MODULES.items()
        if path.name != "__init__.py" and len(path.read_text("utf-8").splitlines()) < MIN_FILE
    }
    assert [module for module in sorted(small) if len(importers.get(module, ())) == 1] == []


def test_no_function_is_too_long():
    trees = TREES | {n: ast.parse(p.read_text("utf-8")) for n, p in sources("tests").items()}
    too_long = [
        f"{module}.{node.name}"
        for module, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= MAX_FUNCTION
    ]
    assert too_long == []


def test_only_core_env_reads_the_environment():
    readers = {
        module
        for module, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "environb", "getenv")
    }
    # The WSGI entry point names the settings module, as Django's own does.
    assert readers == {"guide_site.core.env", "guide_site.wsgi"}


def test_settings_outside_core_env_come_from_it():
    imported = {m for m, tree in TREES.items() if {"os", "environ"} & set(imports(tree))}
    assert imported <= {"guide_site.core.env", "guide_site.wsgi"}


def test_the_published_models_and_no_others_are_registered_with_reversion():
    registered = {model.__name__ for model in reversion.get_registered_models()}
    assert registered == PUBLISHED


def test_every_model_of_the_guide_and_of_the_catalogue_is_published():
    models = [*apps.get_app_config("entries").get_models()]
    models += apps.get_app_config("services").get_models()
    assert {model.__name__ for model in models} == PUBLISHED


def test_the_published_models_and_no_others_are_closed_against_writes():
    closed = {model for model in apps.get_models() if issubclass(model, Versioned)}
    assert {model.__name__ for model in closed} == PUBLISHED
    for model in closed:
        assert isinstance(model._default_manager.all(), VersionedQuerySet), model
