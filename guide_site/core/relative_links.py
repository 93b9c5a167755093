"""Links to files beside the guide's own, such as `docs/rules.md`: where they lead. Pure.

The guide's file stands somewhere on the web, its *source*: `https://host/owner/name/blob/main/`,
with the name of the file or without.
"""

import re
from urllib.parse import unquote, urljoin, urlsplit

README = "README.md"  # the guide's file, if its source names no other
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.I)
_REPOSITORY = re.compile(r"https?://(?:www\.)?(?P<host>github\.com|gitlab\.com)/[^/]+/[^/]+/?")
_VIEWS = {"github.com": "/blob/HEAD/", "gitlab.com": "/-/blob/HEAD/"}
# A file or folder of a code host; links that begin with “/” begin at the folder of the branch.
_ROOT = re.compile(r"https?://[^/]+/[^?#]+?/(?:-/)?(?:blob|tree|raw|src/branch|src)/[^/]+/")
_FILE = re.compile(r".\.(?:md|mdown|mkdn?|markdown|txt|html?)$", re.I)  # the name of a text


def is_relative(target: str) -> bool:
    """True for the target of a link without a host, beside those within the guide."""
    return not (target.startswith(("#", "www.")) or _SCHEME.match(target))


def resolved(target: str, source: str) -> str | None:
    """The whole address of a relative target; None if nobody knows the source.

    source  where the guide's file or its folder stands, or “”
    """
    if not source:
        return None
    folder, _ = _parts(source)
    root = _ROOT.match(folder)
    if target.startswith("/") and root:
        return urljoin(root[0], target.lstrip("/"))
    return urljoin(folder, target)


def anchor_in_guide(target: str, source: str) -> str | None:
    """The anchor that a relative target names in the guide's own file: “” without one.

    None if the target is another file.
    """
    path, _, anchor = target.partition("#")
    if not path.lower().removeprefix("./").endswith((".md", ".markdown")):
        return None
    _, own = _parts(source)
    is_own = unquote(path).removeprefix("./").lower() == own.lower()
    return unquote(anchor) if is_own else None


def _parts(source: str) -> tuple[str, str]:
    """The address of the folder of the guide's file, and the name of the file."""
    if match := _REPOSITORY.fullmatch(source):
        return source.rstrip("/") + _VIEWS[match["host"]], README
    address = source.partition("?")[0].partition("#")[0].rstrip("/")
    folder, _, name = address.rpartition("/")
    if urlsplit(address).path and _FILE.search(name):
        return f"{folder}/", unquote(name)
    return f"{address}/", README
