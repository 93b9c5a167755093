"""The app of proposals, reviews and reports."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Shows open reports beside the entries of the guide."""

    name = "moderation"

    def ready(self) -> None:
        from moderation.lists import open_reports

        open_reports.show_reports()
