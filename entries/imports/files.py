"""A guide and the pictures beside it: in a folder, or in a zip archive.

Nothing outside is read, whatever names and links say, and nothing is unpacked to a disk.
"""

import posixpath
import stat
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Protocol

from entries.markdown import reader
from entries.markdown.parsed import NotAGuide
from guide_site.core.pictures import encoding
from guide_site.core.pictures.refusing import NotAPicture

MOST_FILES: Final = 20_000  # in an archive
MAX_UNPACKED: Final = 1_000_000_000  # bytes of all of them
_MARKDOWN = (".md", ".markdown", ".mkd")
_FIRST = "readme"  # the name of the guide, without its ending, where several files may be it
_LEAVES = "Its path leads out of the folder."
_UNREADABLE = "It cannot be read."
_BROKEN = (OSError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)


class Files(Protocol):
    """Files beside a guide."""

    def read(self, name: str) -> bytes | None:
        """The bytes of a file, or None if there is none of this name.

        name  the path, with slashes, relative to the guide

        Raises NotAPicture for one that is too large, or is out of reach.
        """


class Folder:
    """The files in a folder and below it, but nothing outside, whatever links say."""

    def __init__(self, path: Path) -> None:
        self.root = path.resolve()

    def read(self, name: str) -> bytes | None:
        """As `Files.read`."""
        return self._bytes(name, encoding.MAX_BYTES)

    def guide(self) -> tuple[str, bytes]:
        """Name and bytes of the guide. Raises NotAGuide unless one file must be it."""
        name = _guide_among(path.name for path in self.root.iterdir() if path.is_file())
        try:
            return name, self._bytes(name, reader.MAX_BYTES) or b""
        except NotAPicture as error:
            raise NotAGuide(f"{name}: {error}") from error

    def _bytes(self, name: str, most: int) -> bytes | None:
        try:
            path = (self.root / name).resolve()
            if not path.is_relative_to(self.root):
                raise NotAPicture(_LEAVES)
            if not path.is_file():
                return None
            with path.open("rb") as file:
                return file.read(most + 1)  # the reader refuses what is longer
        except NotAPicture:
            raise
        except (OSError, RuntimeError, ValueError) as error:
            raise NotAPicture(_UNREADABLE) from error


class Archive:
    """The files of a zip archive; of one with a single folder at the top, those in it.

    Raises NotAGuide for one that is encrypted, damaged, too large when unpacked, or that names
    files outside of it.
    """

    def __init__(self, path: Path) -> None:
        try:
            self.zip = zipfile.ZipFile(path)
            entries = self.zip.infolist()
        except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile) as error:
            raise NotAGuide("It is no zip archive, or a damaged one.") from error
        _check(entries)
        self.entries = {
            posixpath.normpath(entry.filename): entry
            for entry in entries
            if not entry.is_dir() and not _is_link(entry) and not _is_of_a_mac(entry.filename)
        }
        tops = {name.partition("/")[0] for name in self.entries if "/" in name}
        is_wrapped = len(tops) == 1 and all("/" in name for name in self.entries)
        self.top = f"{tops.pop()}/" if is_wrapped else ""

    def read(self, name: str) -> bytes | None:
        """As `Files.read`."""
        return self._bytes(name, encoding.MAX_BYTES)

    def guide(self) -> tuple[str, bytes]:
        """Name and bytes of the guide. Raises NotAGuide unless one file must be it."""
        below = (n.removeprefix(self.top) for n in self.entries if n.startswith(self.top))
        name = _guide_among(name for name in below if "/" not in name)
        try:
            return name, self._bytes(name, reader.MAX_BYTES) or b""
        except NotAPicture as error:
            raise NotAGuide(f"{name}: {error}") from error

    def _bytes(self, name: str, most: int) -> bytes | None:
        entry = self.entries.get(self.top + name)
        if entry is None:
            return None
        try:
            with self.zip.open(entry) as file:
                return file.read(most + 1)  # the reader refuses what is longer
        except _BROKEN as error:
            raise NotAPicture(_UNREADABLE) from error


def is_archive(path: Path) -> bool:
    """True for a zip archive, whatever it is called. Raises OSError."""
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def _check(entries: list[zipfile.ZipInfo]) -> None:
    """Raise NotAGuide for an archive that is not safe to read."""
    if len(entries) > MOST_FILES or sum(e.file_size for e in entries) > MAX_UNPACKED:
        most = f"{MOST_FILES} files or {MAX_UNPACKED // 1_000_000} MB"
        raise NotAGuide(f"The archive holds more than {most}.")
    for entry in entries:
        if entry.flag_bits & 1:
            raise NotAGuide("The archive is encrypted: pack it without a password.")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotAGuide("The archive is packed in a way that is not read here: use “deflate”.")
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or ":" in name.partition("/")[0] or ".." in name.split("/"):
            raise NotAGuide(f"The archive holds “{entry.filename[:80]}”, which leads out of it.")


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(entry.external_attr >> 16)


def _is_of_a_mac(name: str) -> bool:
    """True for what the packer of macOS adds."""
    return name.startswith("__MACOSX/") or posixpath.basename(name) == ".DS_Store"


def _guide_among(names: Iterable[str]) -> str:
    found = sorted(name for name in names if name.lower().endswith(_MARKDOWN))
    first = [name for name in found if name.lower().rpartition(".")[0] == _FIRST] or found
    if len(first) == 1:
        return first[0]
    if not found:
        raise NotAGuide("It holds no Markdown file (.md) at its top.")
    raise NotAGuide(
        f"It holds several Markdown files ({', '.join(first[:5])}): call the guide README.md, or "
        "give the file itself and its folder with --files."
    )
