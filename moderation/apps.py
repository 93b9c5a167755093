from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Proposals and how they are reviewed; reports."""

    name = "moderation"

    def ready(self):
        from moderation import marks

        marks.show_reports()
