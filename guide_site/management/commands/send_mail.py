from django.core.management.base import BaseCommand

from moderation.notifications.mail import sending


class Command(BaseCommand):
    """Send the letters that wait: run it every few minutes, and once a day with --digest."""

    help = "Send the mail that could not be sent at once; with --digest, everybody's daily letter."

    def add_arguments(self, parser):
        parser.add_argument("--digest", action="store_true", help="also what is not urgent")

    def handle(self, *, digest, **options):
        counts = [sending.at_once()] + ([sending.daily()] if digest else [])
        sent, failed = (sum(column) for column in zip(*counts, strict=True))
        self.stdout.write(f"{sent} sent, {failed} not sent.")
