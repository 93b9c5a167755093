import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from moderation.models import Autosave


class Command(BaseCommand):
    """Delete unfinished texts that nobody touched for a long time."""

    help = "Forget texts that members began long ago and never proposed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--older-than", type=int, default=90, metavar="DAYS", help="(default: 90)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        before = timezone.now() - datetime.timedelta(days=options["older_than"])
        count, _ = Autosave.objects.filter(at__lt=before).delete()
        self.stdout.write(f"Forgot {count} unfinished texts.")
