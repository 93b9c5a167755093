from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Proposals and how they are reviewed."""

    name = "moderation"
