"""The app of proposals, reviews and reports."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """How a proposal becomes the guide."""

    name = "moderation"
