"""Where the pictures of an incoming guide come from: a folder."""

from pathlib import Path
from typing import Protocol

from guide_site.core.pictures.encoding import MAX_BYTES
from guide_site.core.pictures.refusing import NotAPicture

_LEAVES = "Its path leads out of the folder."


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
        try:
            path = (self.root / name).resolve()
            if not path.is_relative_to(self.root):
                raise NotAPicture(_LEAVES)
            if not path.is_file():
                return None
            with path.open("rb") as file:
                return file.read(MAX_BYTES + 1)  # `encode` refuses what is longer
        except NotAPicture:
            raise
        except (OSError, RuntimeError, ValueError) as error:
            raise NotAPicture("It cannot be read.") from error
