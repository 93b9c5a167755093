"""The providers that the columns of the matrix name, and the home provider among them."""

from typing import Any, NamedTuple

from django.forms import model_to_dict

from entries.actions.guide import edit_guide
from entries.imports.report import Report
from entries.markdown import front_matter
from entries.markdown.parsed import ParsedGuide
from entries.models import EntryKind, Guide
from services import actions
from services.models import Provider
from services.tables.matching import key, match_providers
from services.tables.table import PROVIDER, Tables


class Columns(NamedTuple):
    """The providers of some tables.

    by_title  {key of a title of a column of a matrix: its provider}
    home      the provider whose services have pages, or None if none is needed
    """

    by_title: dict[str, Provider]
    home: Provider | None


def facts_with(guide: ParsedGuide) -> Guide:
    """The facts as they will be with the front matter of a file in the guide; never saved."""
    facts = Guide.current()
    kept = (entry.body for entry in guide.walk() if entry.kind == EntryKind.KEPT)
    front = next((body for body in kept if body.startswith(("---", "+++"))), "")
    said = front_matter.facts_of(front)[0] if front else {}
    return Guide(**(model_to_dict(facts) | said))


def known_columns(tables: Tables[Any], facts: Guide) -> Columns:
    """The providers that the tables name, as far as the catalogue has them: one query.

    Without a matrix and a fact that tells, the home provider is the first one of the catalogue.
    """
    known = list(Provider.objects.all())
    home = tables.home_title(facts.home_provider)
    columns = tables.provider_titles
    titles = columns if key(home) in map(key, columns) or not home else [*columns, home]
    found = zip(map(key, titles), match_providers(titles, known), strict=True)
    rows = {title: row for title, row in found if row}
    return Columns(rows, rows.get(key(home)) if home else next(iter(known), None))


def take_columns(tables: Tables[Any], facts: Guide, report: Report) -> Columns:
    """The providers that the tables name; those that are new come into the catalogue.

    If the facts name no home provider, it is the first one of the matrix, and they do then. A
    releases table without a matrix has the services of a provider named like the guide, if
    the catalogue has none.
    """
    rows, owner = known_columns(tables, facts)
    for title in tables.provider_titles:
        if key(title) not in rows:
            rows[key(title)] = _add(title, report)
    home = tables.home_title(facts.home_provider)
    owner = owner or rows.get(key(home))
    if owner is None and tables.releases:
        owner = _add(home or str(facts)[:PROVIDER], report)
    if home and not facts.home_provider:
        edit_guide(Guide.current(), home_provider=home)
        report.tables.append(f"home provider: “{home}”, the first one that the matrix names")
    elif tables.matrices and key(home) not in map(key, tables.provider_titles):
        report.tables.append(
            f"home provider: “{home}”, which has no column: choose another one in the settings"
        )
    return Columns(rows, owner)


def _add(name: str, report: Report) -> Provider:
    provider = actions.add_provider(name=name)
    report.count(provider, "added")
    return provider
