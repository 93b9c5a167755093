"""The documents of the search, written by triggers of the database alone."""

from django.db import models


class SearchDocument(models.Model):
    """The text that is searched for one entry, section or service.

    Triggers on the tables of the guide write these rows (`search/triggers.py`), and each database
    builds its index on them: FTS5 on SQLite, tsvector on PostgreSQL. What the site does not show
    has no row here.
    """

    class Kind(models.TextChoices):
        """What a document is made from."""

        ENTRY = "entry"
        SECTION = "section"
        SERVICE = "service"

    kind = models.CharField(max_length=7, choices=Kind.choices)
    ref = models.BigIntegerField(help_text="Primary key of the entry, section or service.")
    section = models.BigIntegerField(null=True)
    section_kind = models.CharField(max_length=12)
    service = models.BigIntegerField(null=True, help_text="The nearest service above.")
    slug = models.CharField(max_length=200, help_text="Of the section or service.")
    path = models.TextField(help_text="Titles of the sections from the top down.")
    head = models.TextField(help_text="Title, names or bold lead.")
    body = models.TextField()
    context = models.TextField(help_text="Path, names, texts above, legend labels.")

    class Meta:
        indexes = [
            models.Index(fields=["section"], name="search_by_section"),
            models.Index(fields=["service"], name="search_by_service"),
        ]
