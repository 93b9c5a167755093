from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Proposals and how they are reviewed; reports."""

    name = "moderation"

    def ready(self):
        from moderation.lists import open_reports

        open_reports.show_reports()
