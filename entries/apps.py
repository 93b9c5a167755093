from django.apps import AppConfig


class EntriesConfig(AppConfig):
    """The guide itself: legend tags, sections, entries."""

    name = "entries"
