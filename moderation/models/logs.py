"""What the public logs have in common."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class LogLine(models.Model):
    """A line of a public log: who did it, why, and when. The model says what, and to which row.

    by  None: the software, or an account that is gone
    """

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["pk"]
