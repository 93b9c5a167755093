from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from entries.markdown.writer import export
from entries.models import Section
from entries.reading.pictures import figures_of


class Command(BaseCommand):
    """Write the guide as Markdown; an untouched import comes out byte for byte."""

    help = "Write the guide, or one section with all below it, as Markdown."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, metavar="FILE", help="default: standard output")
        parser.add_argument("--section", metavar="SLUG")
        parser.add_argument(
            "--files", type=Path, metavar="DIR", help="a folder for the pictures that it refers to"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        section = self._section(options["section"])
        if options["files"]:
            self._write_pictures(options["files"], section)
        text = export(section)
        out: Path | None = options["out"]
        if out is None:
            self.stdout.write(text, ending="")
            return
        try:
            out.write_bytes(text.encode())
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.") from error

    def _write_pictures(self, folder: Path, section: Section | None) -> None:
        """Write the original files of the pictures, byte for byte, under their names."""
        root = folder.resolve()
        for figure in figures_of(section):
            path = (root / figure.name).resolve()
            if not path.is_relative_to(root):
                raise CommandError(f"{root / figure.name} leads out of {folder}.")
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(figure.picture.original)
            except OSError as error:
                raise CommandError(f"{path} cannot be written: {error.strerror}.") from error

    def _section(self, slug: str | None) -> Section | None:
        if slug is None:
            return None
        try:
            return Section.objects.get(slug=slug)
        except Section.DoesNotExist:
            raise CommandError(f"This guide has no section “{slug}”.") from None
