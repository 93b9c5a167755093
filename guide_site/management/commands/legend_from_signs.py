from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from entries.imports import legend_files
from entries.imports.legend_files import NewTag, NotALegend
from entries.models import LegendTag
from guide_site.core import history
from guide_site.models import User


class Command(BaseCommand):
    """Take signs that the guide uses as legend tags, as one revision."""

    help = "Take signs as legend tags: all bullets and sections that have them carry these tags."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("signs", nargs="*", metavar="SIGN", help="🔥 or 🔥=Hot")
        parser.add_argument(
            "--legend", type=Path, metavar="FILE", help="a file of signs and what they mean"
        )
        parser.add_argument("--by", metavar="USERNAME", help="who does it (default: nobody)")
        parser.add_argument("--dry-run", action="store_true", help="report, but change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            tags = [legend_files.named(sign) for sign in options["signs"]]
            tags += read(options["legend"]) if options["legend"] else []
        except NotALegend as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        if not tags:
            raise CommandError(
                "Name signs, such as 🔥 or 🔥=Hot, or a file of them: --legend FILE."
            )
        with transaction.atomic():
            for line in publish(tags, by=_user(options["by"])):
                self.stdout.write(line)
            transaction.set_rollback(options["dry_run"])


def read(path: Path) -> list[NewTag]:
    """The tags of a file. Raises NotALegend."""
    try:
        return legend_files.read(path.read_bytes())
    except OSError as error:
        raise NotALegend(f"{path} cannot be read: {error.strerror}.") from error
    except NotALegend as error:
        raise NotALegend(f"{path}: {error}") from error


def publish(tags: list[NewTag], *, by: User | None) -> list[str]:
    """Publish tags as one revision; returns what was done, a line for each tag."""
    with history.revision(by=by, comment="Legend tags for the signs of the guide"):
        taken = [tag.pk for tag in legend_files.add_missing(tags)]
    if not taken:
        return ["Nothing to do: the legend has these signs."]
    rows = LegendTag.objects.filter(pk__in=taken)
    return [f"{tag}: {tag.entries.live().count()} entries carry it." for tag in rows]


def _user(name: str | None) -> User | None:
    if name is None:
        return None
    try:
        return User.objects.get(username__iexact=name)
    except User.DoesNotExist:
        raise CommandError(f"There is no account “{name}”.") from None
