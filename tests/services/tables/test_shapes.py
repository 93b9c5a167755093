"""Which tables hold a catalogue, for any providers and in any language."""

import pytest

from services.tables.shapes import MATRIX, RELEASES
from services.tables.table import Table


def table(text):
    """The Table of some lines of cells, separated by “|”."""
    header, *rows = [line.strip() for line in text.strip().splitlines()]
    width = header.count("|") + 1
    return Table.of_any_kind("\n".join([f"| {header} |", "|---" * width + "|", *rows]))


MATRICES = [
    """Capability | Hetzner | Scaleway | OVHcloud
       Virtual server | Cloud server | Instances | Public Cloud
       Object storage | Object Storage | Object Storage | [Object Storage](https://ovh.example)
       Email | | Transactional Email | Email Pro""",
    """Service | Hetzner | Scaleway
       Storage | Storage Box | Glacier
       Support | | Console""",
    """Dienst | Hetzner | Scaleway | Notizen und mehr
       DNS | DNS-Konsole | Domains | Bind
       Mail | Mailbox | Mail | Postfix""",
    """サービス | さくら | GMO | NTT
       仮想サーバー | VPS | ConoHa | ECL""",
    """الخدمة | هتزنر | سكيلواي
       خادم | سحابة | مثيل""",
    """Service / capability | Alpha | Beta | Notes
       DNS | Names | Zones | Both are old.
       Mail | Post | Letters | One of them costs more than the other.""",
    """Feature | Hetzner | Scaleway | OVHcloud
       Servers | Cloud | Instances | Public Cloud
       Buckets | | Object Storage | Standard Storage
       Names | DNS Console | Domains | Zone""",
    """Need | Alpha | Beta
       Servers | [Boxes](https://alpha.example/b) | [Tins](https://beta.example/t)
       Names | [Signs](https://alpha.example/s) | [Labels](https://beta.example/l)""",
    """| Hetzner | Scaleway | OVHcloud
       Servers | [Cloud](https://www.h.example/c) | [I](https://s.example/i) | [P](https://o.example)
       Names | [DNS](https://h.example/dns) | [Domains](https://s.example/d) | [Zone](https://o.example/z)""",
]
RELEASE_TABLES = [
    """Service | Original release | Availability
       Boxes | soon | ?""",
    """Product | Released
       Boxes | 2019-03
       Tins | March 2020
       Jars | 2021""",
    """Dienst | Erscheinungsdatum | Verfügbarkeit
       Kisten | 2019-03 | General""",
    """Service | Year | Status
       Boxes | 2019 | Beta
       Tins | 2020 | **Deprecated**
       Jars | 2021 | GA""",
    """Service | Launched | Where
       Boxes | [2019-03](https://a.example) | Berlin""",
]
OTHERS = {
    "plans": """Feature | Free | Pro | Enterprise
        Seats | one | ten | all
        Mail | Forum | Chat | Telephone""",
    "answers": """Feature | Redis | Memcached | etcd
        Streams | Yes | No | Partial
        Sets | ✅ | ❌ | yes""",
    "properties": """Feature | Redis | Memcached | etcd
        License | BSD | MIT | Apache
        Written in | C | Perl | Go
        Data model | Structures | Blobs | Keys""",
    "the same again": """Feature | Alpha | Beta | Gamma
        Backups | Manual snapshots | Daily snapshots | Manual snapshots
        Copies | Daily snapshots | Manual snapshots | Daily snapshots""",
    "prices": """Service | Alpha | Beta
        Servers | $5 | 4 €/month
        Names | 1.50 | free""",
    "sizes": """Service | Small | Large
        Servers | 4 GB | 16 GB
        Names | 10 | 1,000""",
    "a price list": """Service | Price | Unit
        Servers | 5 | month""",
    "options": """Option | Default | Description
        color | auto | When to colour the output""",
    "ports": """Service | Port | Protocol
        ssh | 22 | TCP""",
    "owners": """Service | Owner | Dashboard
        Billing | Ann | [Main](https://x.example)""",
    "one tool": """Category | Tool | Notes
        Servers | Ansible | Old and good""",
    "sentences": """Service | Alpha | Beta
        Servers | They boot in a minute, mostly. | You must call somebody before you get one.
        Names | Nobody knows how it works. | It takes a day until the world sees a change.""",
    "stack": """Language | Server | ORM | Tests
        Python | Django | Peewee | Pytest
        Ruby | Rails | Sequel | Minitest""",
    "two first columns": """Category | Service | Alpha | Beta
        Servers | Virtual server | Box | Tin""",
    "choices": """Job | First choice | Second choice | Leave it
        Dig | Spade | Fork | Shovel""",
    "links to one site": """| Linux | Windows | Mac
        Stable | [a](https://x.example/1) | [b](https://x.example/2) | [c](https://x.example/3)
        Next | [d](https://x.example/4) | [e](https://x.example/5) | [f](https://x.example/6)""",
    "versions": """Version | Released | Availability
        1.0 | 2019-03 | Obsolete""",
    "a changelog": """Version | Date | Notes
        1.0 | 2019-03 | First""",
    "papers": """Paper | Year | Author
        On Boxes | 1998 | Ann
        On Tins | 1999 | Bob""",
    "words instead of dates": """Service | Released | Where
        Boxes | soon | Berlin
        Tins | later | Paris""",
    "durability": """Class | Durability | Availability | Price
        Standard | 99.99 | 99.9 | 0.02""",
    "one column": "Service\nBoxes",
    "two columns": "Service | AWS\nDNS | Route 53",
    "one provider twice": "Service | AWS | aws\nDNS | Route 53 | DNS",
}


@pytest.mark.parametrize("text", MATRICES)
def test_a_matrix_of_any_providers_is_known_by_its_shape(text):
    found = table(text)
    assert (found.kind, found.shape.because[:20]) == (MATRIX, "its first column is ")


@pytest.mark.parametrize("text", RELEASE_TABLES)
def test_a_table_of_names_and_dates_is_one_of_releases(text):
    found = table(text)
    assert (found.kind, found.shape.date) == (RELEASES, 1)
    has_states = found.titles[-1] in ("Availability", "Verfügbarkeit", "Status")
    assert found.shape.state == (2 if has_states else None)


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_an_ordinary_table_stays_one(text):
    found = table(text)
    assert found.kind is None
    assert found.shape.because


@pytest.mark.parametrize(
    ("name", "because"),
    [
        ("a price list", "“Price” names no provider"),
        ("properties", "its rows are properties that are compared"),
        ("the same again", "its cells say the same again and again"),
        ("prices", "most of its cells are no names of offerings"),
        ("one tool", "fewer than two columns name a provider"),
        ("choices", "“First choice” names no provider"),
        ("stack", "its first column is “Language”, not “Service”, “Capability” or the like"),
        ("papers", "“Year” names no provider"),
        ("words instead of dates", "most cells under “Released” are no dates"),
        ("versions", "“Released” has dates, but “Version” has no services"),
    ],
)
def test_it_says_why_a_table_is_none_of_the_two(name, because):
    assert because in table(OTHERS[name]).shape.because


def test_a_column_of_remarks_names_no_provider():
    assert table(MATRICES[5]).providers == ["Alpha", "Beta", ""]
    assert table(MATRICES[5]).shape.providers == (1, 2)


def test_a_huge_table_is_looked_at_only_in_part():
    text = "Service | Alpha | Beta\n" + "DNS | Names | Zones\n" * 300 + "DNS | 1 | 2\n" * 900
    assert table(text).kind == MATRIX
    long = "Service | Alpha | Beta\nDNS | " + "[" * 20_000 + " | " + "(" * 20_000
    assert table(long).kind in (None, MATRIX)
