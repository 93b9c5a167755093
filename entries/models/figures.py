"""The pictures of the guide: their files, and the names under which texts refer to them."""

from typing import ClassVar, Self

import reversion
from django.db import models
from django.urls import reverse

from guide_site.core.constraints import has, is_known
from guide_site.core.history import Versioned, VersionedQuerySet
from guide_site.core.pictures.encoding import Kind, digest, encode
from guide_site.core.pictures.shown import MAX_NAME


class PictureKind(models.TextChoices):
    """The format that a picture is served in."""

    PNG = Kind.PNG.value, "PNG"
    JPEG = Kind.JPEG.value, "JPEG"
    SVG = Kind.SVG.value, "SVG"


class PictureQuerySet(VersionedQuerySet["Picture"]):
    """Queries of pictures."""

    def without_bytes(self) -> Self:
        """Those, but their bytes are read only when somebody asks for them."""
        return self.defer("original", "data")


@reversion.register(exclude=["original", "data"])
class Picture(Versioned):
    """The file of a picture: what came in, and what the site serves of it. It never changes.

    original, original_digest  the bytes that came in, kept for the export and never served, and
                               their SHA-256
    data, digest, kind         what the site serves instead: made of the pixels alone
    width, height              in pixels
    """

    original = models.BinaryField()
    original_digest = models.CharField(max_length=64, unique=True)
    original_size = models.PositiveIntegerField()
    data = models.BinaryField()
    digest = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=4, choices=PictureKind.choices)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    objects: ClassVar = PictureQuerySet.as_manager()

    class Meta:
        constraints = [
            *has("picture", "digest"),
            is_known("kind", PictureKind, "picture_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(width__gt=0, height__gt=0), name="picture_has_a_size"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.digest[:12]}.{self.kind}"

    def get_absolute_url(self) -> str:
        return reverse("picture", args=[self.digest, self.kind])

    @classmethod
    def from_file(cls, original: bytes) -> Self:
        """The picture of a file, not saved yet. Raises NotAPicture with a sentence."""
        made = encode(original)
        return cls(
            original=original,
            original_digest=digest(original),
            original_size=len(original),
            data=made.data,
            digest=digest(made.data),
            kind=made.kind.value,
            width=made.width,
            height=made.height,
        )

    @property
    def media_type(self) -> str:
        """The content type of what is served."""
        return Kind(self.kind).media_type


@reversion.register()
class Figure(Versioned):
    """A picture under the name by which texts refer to it, such as “figures/plan.png”."""

    name = models.CharField(max_length=MAX_NAME, unique=True)
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="figures")

    class Meta:
        ordering = ["name"]
        constraints = has("figure", "name")

    def __str__(self) -> str:
        return self.name
