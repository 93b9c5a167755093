import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

import services.tables.importing
from entries.actions.guide import edit_guide
from entries.actions.legend import add_legend_tag
from entries.imports import importing
from entries.markdown import reader
from entries.models import Guide, LegendTag, Section
from guide_site.core import history
from services.loading import load_catalogue

FIXTURES = settings.BASE_DIR / "fixtures"


class Command(BaseCommand):
    """Publish the guide that ships, unless the database holds a guide already."""

    help = "Fill an empty database with the guide that ships; does nothing if there is a guide."

    def handle(self, *args: Any, **options: Any) -> None:
        if Section.objects.exists():
            self.stdout.write("The guide is there already: nothing to do.")
            return
        with history.revision(by=None, comment="The guide that ships with the software"):
            edit_guide(Guide.current(), **self._facts())
            self._legend()
            text = (FIXTURES / "guide-aws.md").read_text(encoding="utf-8")
            signs = LegendTag.objects.values_list("sign", flat=True)
            guide = reader.parse(text, signs=signs)
            report = importing.import_guide(guide)
            load_catalogue(self._json("services.json"))
            services.tables.importing.import_tables(guide, report)
        self.stdout.write(f"Loaded {report.sections} sections and {report.bullets} bullets.")

    def _legend(self) -> None:
        known = set(LegendTag.objects.values_list("slug", flat=True))
        for tag in self._json("legend.json"):
            if tag["slug"] not in known:
                add_legend_tag(**tag)

    def _facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = self._json("guide.json")
        return {name: "\n".join(v) if isinstance(v, list) else v for name, v in facts.items()}

    def _json(self, name: str) -> Any:
        return json.loads((FIXTURES / name).read_text(encoding="utf-8"))
