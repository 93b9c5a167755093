"""Names and comments: what a stranger understands at first sight."""

import io
import re
import tokenize

from tests.test_house import MODULES, TREES, public_definitions

# They do not say what is inside.
NOT_NAMES = {
    *("of", "on", "put", "drop", "keep", "take", "tell"),
    *("marks", "along", "asked", "touched"),
}
# Dialect of this project; any engineer would say it otherwise.
DIALECT = re.compile(r"\b(?:anew|whoever|parted by|for ever|makes? no sense|goes along)\b", re.I)


def test_names_of_modules_and_public_functions_say_what_is_inside():
    names = {module: module.rpartition(".")[2] for module in MODULES}
    names |= {
        name: node.name
        for module, tree in TREES.items()
        for name, node in public_definitions(tree.body, module)
    }
    assert [path for path, name in names.items() if name in NOT_NAMES] == []


def test_comments_and_docstrings_are_plain_english():
    wrong = [
        f"{module}:{token.start[0]}"
        for module, path in MODULES.items()
        for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
        if token.type == tokenize.COMMENT or token.string.startswith('"""')
        if DIALECT.search(token.string)
    ]
    assert wrong == []
