"""The guide's own facts: what it is called, under which licence, in which language."""

from typing import ClassVar, Final, Self

import reversion
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.safestring import SafeString

from guide_site.core import history, markdown, relative_links
from guide_site.core.addresses import on_this_site
from guide_site.core.constraints import is_known
from guide_site.core.guide_facts import LENGTHS
from guide_site.core.history import Versioned

GUIDE: Final = 1  # primary key of the one row
UNNAMED: Final = "Open guide"  # what pages call a guide that has no name yet


class Direction(models.TextChoices):
    """How the lines of the text run."""

    LEFT_TO_RIGHT = "ltr", "Left to right"
    RIGHT_TO_LEFT = "rtl", "Right to left"


@reversion.register()
class Guide(Versioned):
    """The facts of the guide, in one row. An empty one is unknown, and no page says it.

    name           what the site calls itself
    tagline        one sentence on what the guide is
    home_text      Markdown that the home page shows in place of the tagline
    accent         colour of the interface, as “#1d4e6b”
    licence        name of the licence of the text, such as “CC BY-SA 4.0”
    licence_url    where to read it
    credit         Markdown that says where the text comes from
    contact        email address or web address of those who look after the guide
    language       tag of the language of the text (BCP 47), such as “pt-BR”
    direction      how its lines run
    home_provider  name of the provider whose services have pages, as the matrix calls it
    has_catalogue  False hides the services, the matrix and the releases
    vendor_words   words before the name of a service that add nothing, separated by commas
    synonyms       words that search takes for the same, separated by commas; a group a line
    source_url     address of the folder that relative links of the text start from
    pictures_url   the same for pictures, if they are elsewhere
    picture_hosts  hosts whose pictures pages show, one a line
    """

    Direction = Direction

    name = models.CharField(max_length=LENGTHS["name"], blank=True)
    tagline = models.CharField(max_length=LENGTHS["tagline"], blank=True)
    home_text = models.TextField(max_length=LENGTHS["home_text"], blank=True)
    accent = models.CharField(max_length=LENGTHS["accent"], blank=True)
    licence = models.CharField(max_length=LENGTHS["licence"], blank=True)
    licence_url = models.URLField(max_length=LENGTHS["licence_url"], blank=True)
    credit = models.TextField(max_length=LENGTHS["credit"], blank=True)
    contact = models.CharField(max_length=LENGTHS["contact"], blank=True)
    language = models.CharField(max_length=LENGTHS["language"], default="en")
    direction = models.CharField(
        max_length=3, choices=Direction.choices, default=Direction.LEFT_TO_RIGHT
    )
    home_provider = models.CharField(max_length=LENGTHS["home_provider"], blank=True)
    has_catalogue = models.BooleanField(default=True)
    vendor_words = models.CharField(max_length=LENGTHS["vendor_words"], blank=True)
    synonyms = models.TextField(max_length=LENGTHS["synonyms"], blank=True)
    source_url = models.URLField(max_length=LENGTHS["source_url"], blank=True)
    pictures_url = models.URLField(max_length=LENGTHS["pictures_url"], blank=True)
    picture_hosts = models.TextField(max_length=LENGTHS["picture_hosts"], blank=True)

    objects: ClassVar = history.VersionedQuerySet["Guide"].as_manager()

    class Meta:
        verbose_name_plural = "guides"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=GUIDE), name="guide_is_one"),
            is_known("direction", Direction, "guide_direction_is_known"),
        ]

    def __str__(self) -> str:
        return self.name or UNNAMED

    @classmethod
    def current(cls) -> Self:
        """The facts as the database holds them now: one query."""
        return cls.objects.filter(pk=GUIDE).first() or cls(pk=GUIDE, name=settings.GUIDE_NAME)

    @property
    def vendors(self) -> list[str]:
        """The vendor words, each once."""
        return list(dict.fromkeys(filter(None, map(str.strip, self.vendor_words.split(",")))))

    @property
    def synonym_groups(self) -> list[list[str]]:
        """The groups of synonyms, without empty words and groups of one."""
        groups = [
            [word.strip() for word in line.split(",") if word.strip()]
            for line in self.synonyms.splitlines()
        ]
        return [group for group in groups if len(group) > 1]

    @property
    def hosts_of_pictures(self) -> list[str]:
        """The hosts whose pictures pages show."""
        return self.picture_hosts.split()

    @property
    def home_html(self) -> SafeString:
        """The text of the home page."""
        return self._html(self.home_text)

    @property
    def credit_html(self) -> SafeString:
        """The credit; empty without one."""
        return self._html(self.credit)

    def _html(self, source: str) -> SafeString:
        """HTML that any page may show: its links lead to the page of the whole guide."""
        return markdown.render(source, address_of=_in_guide, file_of=self._file_of)

    def _file_of(self, target: str) -> str | None:
        if (anchor := relative_links.anchor_in_guide(target, self.source_url)) is not None:
            return _in_guide(anchor)
        return on_this_site(target) or relative_links.resolved(target, self.source_url)

    @property
    def contact_address(self) -> str:
        """Where a link to the contact leads."""
        return self.contact if "://" in self.contact else f"mailto:{self.contact}"

    def get_absolute_url(self) -> str:
        return reverse("home")


def _in_guide(anchor: str) -> str:
    return f"{reverse('guide')}#{anchor}" if anchor else reverse("guide")
