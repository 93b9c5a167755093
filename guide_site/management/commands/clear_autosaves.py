import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from guide_site.models import User
from moderation.actions import forget_pictures
from moderation.models import Autosave


class Command(BaseCommand):
    """Delete unfinished texts that nobody touched for long, and pictures that no text has."""

    help = "Forget texts that members began long ago and never proposed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--older-than", type=int, default=90, metavar="DAYS", help="(default: 90)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        before = timezone.now() - datetime.timedelta(days=options["older_than"])
        count, _ = Autosave.objects.filter(at__lt=before).delete()
        self.stdout.write(f"Forgot {count} unfinished texts.")
        for author in User.objects.filter(pending_pictures__isnull=False).distinct():
            forget_pictures(author)
