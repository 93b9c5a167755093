"""The catalogue from the tables of an imported guide. Callers hold `history.revision()`.

The tables are believed: what they say becomes providers, capabilities, offerings and release
facts, and what they do not say any more is removed (reversion keeps it). Services stay for
ever, and a guide without such a table leaves the catalogue alone.
"""

import reversion
from django.db.models import ProtectedError
from django.db.models.deletion import Collector

from entries.actions import positions
from entries.models import GAP, EntryKind, LegendTag
from services.models import Capability, Offering, Provider, Service, free_slug
from services.tables import table
from services.tables.matching import AWS, Names, key, match_providers


def import_tables(guide, report):
    """Make the catalogue what the tables of a parsed guide say; figures go into its Report."""
    work = _Import(guide, report)
    if work.matrices or work.releases:
        work.run()


class _Import:
    """Reads the tables, finds the rows of the catalogue they mean, writes what differs."""

    def __init__(self, guide, report):
        self.report = report
        self.tags = {tag.key: tag for tag in LegendTag.objects.all()}
        entries = [entry for entry in guide.walk() if entry.kind == EntryKind.TABLE]
        texts = [entry.verbatim for entry in guide.walk()]
        self.tables = table.find(entries, signs=list(self.tags), texts=lambda: texts)
        self.matrices = [one for one in self.tables if one.kind == table.MATRIX]
        self.releases = [one for one in self.tables if one.kind == table.RELEASES]
        self.providers = list(Provider.objects.all())
        self.removed = False

    def run(self):
        titles = table.provider_titles(self.tables)
        matched = zip(titles, match_providers(titles, self.providers), strict=True)
        self.by_title = {key(title): row or self._provider(title) for title, row in matched}
        self.aws = self.by_title[key(AWS)]
        services = Service.objects.prefetch_related("tags")
        self.names = Names(services, vendor=self.aws.pk)
        self._write_releases()
        if self.matrices:
            self._write_matrix(self._read_matrix())
        if self.removed:
            reversion.add_to_revision(self.aws)  # a row that is gone leaves no version

    def _columns(self, found):
        """{number of a column: its provider}."""
        columns = {}
        for number, title in enumerate(found.table.providers, start=1):
            if title:
                columns[number] = self.by_title[key(title)]
            else:
                note = f"column {number + 1} of the service matrix has no name of its own: left out"
                self.report.note(found.entry.line, note)
        return columns

    def _provider(self, name):
        provider = Provider(slug=free_slug(name, Provider))
        last = max((row.position for row in self.providers), default=0)
        self._save(provider, name=name, position=last + GAP)
        self.providers.append(provider)
        return provider

    def _write_releases(self):
        self.listed = {}  # primary key of a service: the line it stands in
        for found in self.releases:
            before = len(self.listed)
            odd = {row: [] for row in found.table.rows}
            read = {row: found.cells.service(row.cell(0), odd[row]) for row in odd}
            ruled = {sign for _, _, signs in read.values() for sign in signs}
            for row in found.table.rows:
                self._write_release(found, row, read[row], ruled, odd[row])
                self._remark(found, row, odd[row])
            said = (
                f"releases table in line {found.entry.line}: {len(self.listed) - before} services"
            )
            if others := found.table.other_titles:
                said += f" (columns that stay in the table only: {', '.join(others)})"
            self.report.tables.append(said)

    def _write_release(self, found, row, first, ruled, odd):
        """Write the service of a row.

        first  what its first cell says: (name, link, signs)
        ruled  the signs that the table uses: it tells of every service which of them it has
        odd    takes sentences about what was left out
        """
        cells, table = found.cells, found.table
        name, link, signs = first
        date, precision = cells.date(row.cell(table.date_column), odd)
        state = cells.availability(row.cell(table.availability_column), odd)
        service = self.names.find(name) if name else None
        if not name:
            odd.append("a release without the name of a service: left out")
        elif service and service.pk in self.listed:
            odd.append(
                f"“{name}” has its release in line {self.listed[service.pk]} already: left out"
            )
        else:
            if service is None:
                service = Service(name=name, slug=free_slug(name, Service), provider=self.aws)
            old = {tag.key: tag for tag in service.tags.all()} if service.pk else {}
            tags = {tag for sign, tag in old.items() if sign not in ruled}
            self._save(
                service,
                tags=tags | {self.tags[sign] for sign in signs},
                released=date,
                released_precision=precision,
                availability=state[0],
                availability_uncertain=state[1],
                note=state[2],
                release_notes_url=link,
            )
            self.names.add(service)
            self.listed[service.pk] = found.line(row)

    def _read_matrix(self):
        """{key of a capability: (its name, [(provider, offer)])}, in the order of the rows."""
        wanted = {}
        for found in self.matrices:
            before, providers = len(wanted), self._columns(found)
            for row in found.table.rows:
                odd = []
                name = found.cells.name(row.cell(0), odd=odd)
                if not name:
                    odd.append("a row of the service matrix without a name: left out")
                elif key(name) in wanted:
                    odd.append(f"“{name}” is in the service matrix already: left out")
                else:
                    wanted[key(name)] = (
                        name,
                        [
                            (provider, offer)
                            for column, provider in providers.items()
                            for offer in found.cells.offers(row.cell(column), odd)
                        ],
                    )
                self._remark(found, row, odd)
            rows = list(wanted.values())[before:]
            self.report.tables.append(
                f"service matrix in line {found.entry.line}: {len(rows)} capabilities, "
                f"{sum(len(offers) for _, offers in rows)} offerings, {len(providers)} providers"
            )
        return wanted

    def _write_matrix(self, wanted):
        here = {pk: {} for pk in Capability.objects.values_list("pk", flat=True)}
        for offering in Offering.objects.all():
            here[offering.capability_id][offering.provider_id, offering.name] = offering
        known = self._match_capabilities(wanted, here)
        assigned = positions.assign([row.position if row else None for row in known])
        for (name, offers), row, position in zip(wanted.values(), known, assigned, strict=True):
            capability = self._save(row or Capability(), name=name, position=position)
            self._write_offers(capability, offers, here.pop(capability.pk, {}))
        for pk, offerings in here.items():
            for gone in [*offerings.values(), Capability.objects.get(pk=pk)]:
                self._remove(gone)

    def _match_capabilities(self, wanted, here):
        """The Capability of each wanted row, or None: of the same name, else of the same offers."""
        free = {key(row.name): row for row in Capability.objects.all()}
        found = {name: free.pop(name) for name in wanted if name in free}
        for name, (_, offers) in wanted.items():
            new = {(provider.pk, offer.name) for provider, offer in offers}
            for spelling, row in list(free.items()):
                old = set(here[row.pk])
                is_renamed = len(new & old) > 1 and (new <= old or old <= new)
                if name not in found and is_renamed:
                    found[name] = free.pop(spelling)
        return [found.get(name) for name in wanted]

    def _write_offers(self, capability, offers, here):
        rows = [here.pop((provider.pk, offer.name), None) for provider, offer in offers]
        for gone in here.values():
            self._remove(gone)
        assigned = positions.assign([row.position if row else None for row in rows])
        for (provider, offer), row, position in zip(offers, rows, assigned, strict=True):
            offering = row or Offering(capability=capability, provider=provider, name=offer.name)
            service = offering.service
            if provider == self.aws and service is None:
                service = self.names.find(offer.name)
            self._save(
                offering,
                url=offer.url,
                note=offer.note,
                uncertain=offer.uncertain,
                service=service,
                position=position,
            )

    def _save(self, row, tags=None, **fields):
        """Write a row if it is new or differs, and count what it was."""
        changed = {name for name, value in fields.items() if getattr(row, name) != value}
        has_tags = row.pk is not None and tags is not None
        new_tags = tags is not None and tags != (set(row.tags.all()) if has_tags else set())
        if row.pk is not None and not changed and not new_tags:
            return row
        what = "edited" if changed - {"position"} or new_tags else "moved"
        what = what if row.pk else "added"
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
        if new_tags:
            row.tags.set(tags)
        self.report.count(row, what)
        return row

    def _remove(self, row):
        try:
            Collector(using=row._state.db).collect([row])
        except ProtectedError:
            line = self.matrices[0].entry.line
            self.report.note(line, f"“{row}” is not there, but kept: something still refers to it")
        else:
            row.delete()
            self.removed = True
            self.report.count(row, "removed")

    def _remark(self, found, row, sentences):
        ragged = found.table.why_ragged(row)
        for sentence in [ragged, *sentences] if ragged else sentences:
            self.report.note(found.line(row), sentence)
