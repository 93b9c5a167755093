"""Files from outside that came into the guide and are no state of it: the next one may be made
from such a file."""

import hashlib
import zlib

from django.db import models
from django.db.models import Q
from django.utils import timezone

from guide_site.core.constraints import has
from moderation.models.proposals import Proposal


class ImportedFile(models.Model):
    """The text of a file that was merged with the guide, or proposed.

    data      the text, UTF-8, compressed
    sha256    of the text, as 64 hexadecimal digits
    revision  the revision of the guide that took it in; None for one that was proposed
    proposal  the proposal that was made of it; None for one that was imported
    """

    name = models.CharField(max_length=255)
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    revision = models.ForeignKey(
        "reversion.Revision", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.CASCADE, related_name="files"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            *has("imported_file", "name", "sha256"),
            models.CheckConstraint(
                condition=Q(revision=None, proposal__isnull=False)
                | Q(revision__isnull=False, proposal=None),
                name="imported_file_came_one_way",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def with_text(cls, text: str, name: str) -> "ImportedFile":
        """A file with this text, not saved yet."""
        data = text.encode()
        digest = hashlib.sha256(data).hexdigest()
        return cls(name=name[:255], data=zlib.compress(data), sha256=digest)

    @property
    def text(self) -> str:
        """The text of the file."""
        return zlib.decompress(self.data).decode()

    @property
    def taken_in(self) -> int | None:
        """The number of the revision that took it in; None while its proposal is not merged."""
        return self.proposal.merged_as if self.proposal else self.revision_id
