from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from entries.markdown.writer import export
from entries.models import Section


class Command(BaseCommand):
    """Write the guide as Markdown; an untouched import comes out byte for byte."""

    help = "Write the guide, or one section with all below it, as Markdown."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, metavar="FILE", help="default: standard output")
        parser.add_argument("--section", metavar="SLUG")

    def handle(self, *args: Any, **options: Any) -> None:
        text = export(self._section(options["section"]))
        out: Path | None = options["out"]
        if out is None:
            self.stdout.write(text, ending="")
            return
        try:
            out.write_bytes(text.encode())
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.") from error

    def _section(self, slug: str | None) -> Section | None:
        if slug is None:
            return None
        try:
            return Section.objects.get(slug=slug)
        except Section.DoesNotExist:
            raise CommandError(f"This guide has no section “{slug}”.") from None
