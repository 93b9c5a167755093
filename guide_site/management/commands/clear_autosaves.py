"""Forget texts that members began long ago and never proposed."""

import datetime

from django.core.management.base import BaseCommand
from django.utils import timezone

from moderation.models import Autosave


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "--older-than", type=int, default=90, metavar="DAYS", help="(default: 90)"
        )

    def handle(self, *, older_than, **options):
        before = timezone.now() - datetime.timedelta(days=older_than)
        count, _ = Autosave.objects.filter(at__lt=before).delete()
        self.stdout.write(f"Forgot {count} unfinished texts.")
