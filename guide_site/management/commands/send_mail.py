from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from moderation.notifications.mail import sending


class Command(BaseCommand):
    """Send the emails that wait. Run it every few minutes, and once a day with --digest."""

    help = "Send the email that could not be sent at once; with --digest, everybody's daily email."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--digest", action="store_true", help="also what is not urgent")

    def handle(self, *args: Any, **options: Any) -> None:
        counts = [sending.at_once()] + ([sending.daily()] if options["digest"] else [])
        sent, failed = (sum(column) for column in zip(*counts, strict=True))
        self.stdout.write(f"{sent} sent, {failed} not sent.")
