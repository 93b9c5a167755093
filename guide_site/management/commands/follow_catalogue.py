from typing import Any

from django.core.management.base import BaseCommand

from entries.imports.importing import import_guide
from entries.markdown import reader
from entries.markdown.writer import export
from entries.models import Entry, LegendTag, Section
from guide_site.core import history
from services.tables import following
from services.tables.importing import import_tables


class Command(BaseCommand):
    """Make guide, catalogue and legend one: needed once, for a guide from before 2026-11-28.

    The site left the tables as they were when the catalogue changed, and the catalogue as
    it was when somebody edited a table. Row by row, what was published later is believed.
    Imports added the link definitions that a text uses to it: they become entries. The HTML of
    all entries is made again, as the site shows texts now.
    """

    help = "Make the tables of the guide and its catalogue say the same, if they do not."

    def handle(self, *args: Any, **options: Any) -> None:
        if not Section.objects.exists():
            self.stdout.write("There is no guide yet.")
            return
        stale = len(following.stale())
        with history.revision(by=None, comment="The tables and the catalogue say the same"):
            following.bring_in_step()
            signs = LegendTag.objects.values_list("sign", flat=True)
            guide = reader.parse(export(), signs=signs)
            report = import_guide(guide, replace=True)
            import_tables(guide, report)
        rendered = Entry.objects.rerender()
        self.stdout.write(f"{rendered} entries are shown in another way than before.")
        self.stdout.write(f"{stale} tables follow the catalogue.")
        for line in report.changes():
            self.stdout.write(line)
