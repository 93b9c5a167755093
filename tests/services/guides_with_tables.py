"""Small guides with the two tables, and what becomes of them."""

from entries.imports import importing
from entries.markdown import reader
from entries.markdown.writer import export
from entries.models import LegendTag
from guide_site.core import history
from services.models import Offering, Service
from services.tables import importing as catalogue_importing

MATRIX = """\
| Service        | AWS     | Google Cloud | Microsoft | Open source |
|----------------|---------|--------------|-----------|-------------|
| Virtual server | EC2     | Compute Engine (GCE) | | OpenStack   |
| DNS            | Route53 | DNS          |           | bind, nsd   |
| Lock manager   | [DynamoDB (weak)](https://example.org/lock) | | | Etcd, Prometheus(?) |
"""
RELEASES = """\
| Service | Original release | Availability |
| --- | --- | --- |
| [Route 53](https://example.org/route-53) | 2010-10 | General |
| [EC2](https://example.org/ec2) | 2006-08 | General |
| Silk | 2005 | Obsolete? |
"""
GUIDE = f"# Guide\n\n- One.\n\n## Matrix\n\n{MATRIX}\n## Releases\n\n{RELEASES}\n- Last.\n"


def matrix(*rows):
    """A guide with a matrix of some rows."""
    return "# Guide\n\n" + "".join(MATRIX.splitlines(True)[:2]) + "".join(f"{r}\n" for r in rows)


def releases(*rows):
    """A guide with a releases table of some rows."""
    return "# Guide\n\n" + "".join(RELEASES.splitlines(True)[:2]) + "".join(f"{r}\n" for r in rows)


def imported(text):
    """The report of an import of a guide with its tables, as `import_guide` does it."""
    signs = LegendTag.objects.values_list("sign", flat=True)
    guide = reader.parse(text, signs=signs)
    with history.revision(by=None, comment="import"):
        report = importing.import_guide(guide, replace=True)
        catalogue_importing.import_tables(guide, report)
    return report


def exported(section=None):
    """The guide, as `export_guide` writes it."""
    return export(section)


def publish(*rows, comment="edit"):
    """Save rows as one revision."""
    with history.revision(by=None, comment=comment):
        for row in rows:
            row.save()


def change(row, **fields):
    """Publish other values of a row's fields."""
    for name, value in fields.items():
        setattr(row, name, value)
    publish(row)


def delete(*rows):
    with history.revision(by=None, comment="delete"):
        for row in rows:
            row.delete()


def cells():
    """{capability: {provider: [names of offerings]}}."""
    found = {}
    rows = Offering.objects.select_related("capability", "provider")
    for row in rows.order_by("capability__position", "position"):
        cell = found.setdefault(row.capability.name, {}).setdefault(row.provider.name, [])
        cell.append(row.name)
    return found


def facts(name):
    """The release facts of a service."""
    row = Service.objects.get(name=name)
    released = row.released and row.released.isoformat()
    return released, row.released_precision, row.availability, row.availability_uncertain, row.note


def differing(before, after):
    """The lines that differ: ([those before], [those after])."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]
