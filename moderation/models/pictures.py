"""Pictures that members sent and that are not in the guide yet."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from entries.models import Picture
from guide_site.core.constraints import has
from guide_site.core.pictures.shown import MAX_NAME


class PendingPicture(models.Model):
    """A picture that a proposal may bring: its author and reviewers see it, nobody else.

    A text refers to it by `name`, as to any other; the merge of the text makes it a Figure. The
    other fields are those of Picture.
    """

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pending_pictures"
    )
    name = models.CharField(max_length=MAX_NAME)
    original = models.BinaryField()
    original_size = models.PositiveIntegerField()
    data = models.BinaryField()
    kind = models.CharField(max_length=4)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            *has("pending_picture", "name"),
            models.UniqueConstraint(
                fields=["author", "name"], name="pending_picture_once_per_author"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("pending-picture", args=[self.pk, self.kind])

    @classmethod
    def from_file(cls, original: bytes, *, author_id: int, name: str) -> "PendingPicture":
        """The picture of a file, not saved yet. Raises NotAPicture with a sentence."""
        made = Picture.from_file(original)
        taken = ("original", "original_size", "data", "kind", "width", "height")
        values = {field: getattr(made, field) for field in taken}
        return cls(author_id=author_id, name=name, **values)
