"""The app of the catalogue."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    """The catalogue: services, providers and what they offer."""

    name = "services"
    verbose_name = "Catalogue"
