"""Which build of the software is running."""

import hashlib
from pathlib import Path

_PARTS = ("guide_site", "entries", "services", "moderation", "templates", "static")


def fingerprint(folder: Path, *settings: str) -> str:
    """A short digest (12 hex digits) of the code, templates and static files under `folder`.

    It is the same on every app server that runs the same files with the same `settings`
    (texts that pages show).
    """
    digest = hashlib.blake2s("\n".join(settings).encode(), digest_size=6)
    for part in _PARTS:
        for path in sorted((folder / part).rglob("*")):
            if path.suffix in (".py", ".html", ".css", ".js", ".svg"):
                digest.update(f"\n{path.relative_to(folder)}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
