"""Style sheets that are written in parts and sent as one file."""

import re
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, Storage

# @import url("part.css") layer(name) media; where layer and media may be left out.
_IMPORT = re.compile(
    r'^@import url\("(?P<name>[\w-]+\.css)"\)'
    r"(?: layer\((?P<layer>[\w-]+)\))?"
    r"(?: (?!layer\b|supports\b)(?P<media>[\w(][^;{}]*))?;$",
    re.MULTILINE,
)


def join(sheet: Path) -> str:
    """The text of a style sheet, with each sheet that it imports in place of the import.

    The imported sheets lie in the same folder, so that addresses in them stay right, and import
    nothing themselves. Their rules end up in the layer and under the media query of the import.
    Raises ImproperlyConfigured where an @import is written in another way.
    """
    text = _IMPORT.sub(lambda line: _part(sheet.parent, line), sheet.read_text("utf-8"))
    if "@import" in text:
        raise ImproperlyConfigured(f"{sheet.name}: cannot join one of the sheets it imports.")
    return text


def parts(sheet: Path) -> set[str]:
    """The file names of the style sheets that a style sheet imports."""
    return {line["name"] for line in _IMPORT.finditer(sheet.read_text("utf-8"))}


def _part(folder: Path, line: re.Match[str]) -> str:
    text = (folder / line["name"]).read_text("utf-8").strip()
    if line["layer"]:
        text = f"@layer {line['layer']} {{\n{text}\n}}"
    if line["media"]:
        text = f"@media {line['media']} {{\n{text}\n}}"
    return f"/* {line['name']} */\n{text}\n"


class JoiningFinder(FileSystemFinder):
    """Finds the files of STATICFILES_DIRS; a style sheet that imports others is joined with them.

    It serves `collectstatic`, development and tests alike, so that browsers get the same single
    file everywhere. `collectstatic` does not get the parts. Prefixes of folders are not supported.
    """

    def find_location(self, root: str, path: str, prefix: str | None = None) -> str | None:
        """The file to send for `path`, a path below the static address, or None."""
        location = super().find_location(root, path, prefix)
        if location and path.endswith(".css") and parts(Path(location)):
            return str(self._joined(Path(location), path))
        return location

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """All files as pairs of path and the storage that holds them, without parts of others."""
        files = [*super().list(ignore_patterns)]
        sheets = {
            path: Path(storage.path(path)) for path, storage in files if path.endswith(".css")
        }
        inside = {
            str(Path(path).with_name(name))
            for path, sheet in sheets.items()
            for name in parts(sheet)
        }
        for path, storage in files:
            if path in sheets and parts(sheets[path]):
                self._joined(sheets[path], path)
                yield path, FileSystemStorage(location=self._folder)
            elif path not in inside:
                yield path, storage

    @cached_property
    def _folder(self) -> Path:
        """A folder for joined files that goes when the process ends."""
        folder = tempfile.mkdtemp(prefix="open-guide-styles-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return Path(folder)

    def _joined(self, sheet: Path, path: str) -> Path:
        """The joined file, written again only if its text changed, so that browsers may keep it."""
        text, file = join(sheet), self._folder / path
        if not file.exists() or file.read_text("utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", dir=file.parent, encoding="utf-8", delete=False
            ) as new:
                new.write(text)
            Path(new.name).replace(file)
        return file
