"""What searching costs: questions about the guide, in the guide and in one grown large."""

import random
import statistics
import time
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client, override_settings

from entries.models import Entry, Section, SectionKind
from guide_site.public.search import finding, upkeep
from tests.benchmarks import imports, typos

LARGE = 100_000  # entries
PER_SECTION = 20
SEED = 2022  # of the words that are drawn


class Cost(NamedTuple):
    """Medians in seconds: of a search, of the page's making, of its CPU time in this process."""

    entries: int
    search: float
    page: float
    cpu: float


def print_all():
    """How many questions are answered, and what they cost in the guide and in the large one."""
    questions = imports.questions()
    missed, count = questions.unanswered(), len(questions.rows)
    print(
        f"\nSearch on {connection.vendor}: {count - len(missed)} of {count} questions answered",
        end="",
    )
    print(f" among the first three (aim: {questions.aim})")
    for text, place in missed:
        print(f"  not: {text} ({f'place {place}' if place else 'not found'})")
    _print_errors(typos.drawn(500))
    print(f"{'Search, medians':34}{'search ms':>11}{'page ms':>9}{'CPU ms':>9}  aim of the search")
    _print_cost(cost(), 30)
    grow(LARGE)
    _print_cost(cost(), 100)


def _print_errors(drawn):
    """How many errors in words are forgiven, and what a correction costs."""
    found = len(drawn) - len(typos.missed(drawn))
    times = [
        (_clocked(finding.find, typo.word)[0], _clocked(finding.find, typo.typed)[0])
        for typo in drawn
    ]
    right, wrong = (1000 * statistics.median(column) for column in zip(*times, strict=True))
    print(f"  {found} of {len(drawn)} words with an error find their bullet among the first five")
    print(f"  (aim: {len(drawn) * 95 // 100}); a search takes {right:.1f} ms with the right word,")
    print(f"  {wrong:.1f} ms with the wrong one (aim: at most 10 ms more)")


def _print_cost(found, aim):
    figures = (1000 * part for part in found[1:])
    verdict = f"< {aim} ms{'' if 1000 * found.search < aim else ': missed'}"
    print(
        "{:<34}{:>11.1f}{:>9.1f}{:>9.1f}".format(f"{found.entries:,} entries", *figures),
        "",
        verdict,
    )


def cost():
    """The Cost of the questions on the guide as it is; nothing comes from the page cache."""
    texts = [row["question"] for row in imports.questions().rows]
    client = Client(headers={"host": "127.0.0.1"})
    for text in texts[:5]:  # what every process does once is not what a search costs
        client.get("/search/", {"q": text})
    with override_settings(PAGE_CACHE=False):
        searches = [_clocked(finding.find, text)[0] for text in texts]
        pages = [_clocked(client.get, "/search/", {"q": f"{text} "}) for text in texts]
    page, cpu = (statistics.median(column) for column in zip(*pages, strict=True))
    return Cost(Entry.objects.live().count(), statistics.median(searches), page, cpu)


def _clocked(call, *arguments):
    clock, cpu = time.perf_counter(), time.process_time()
    call(*arguments)
    return time.perf_counter() - clock, time.process_time() - cpu


@transaction.atomic
def grow(size):
    """Add generated entries, with the guide's own words as often as it has them."""
    draw = random.Random(SEED)
    words = " ".join(Entry.objects.live().values_list("body", flat=True)).split()
    upkeep.remove()  # the rows are written past the program, so that minutes become seconds
    section_rows, entry_rows = QuerySet(Section), QuerySet(Entry)
    parent = Section.objects.shown().filter(parent=None).first()
    places = section_rows.bulk_create(
        [
            Section(
                title=" ".join(draw.choices(words, k=3))[:100],
                slug=f"grown-{number}",
                kind=draw.choice([SectionKind.TIPS, SectionKind.BASICS, SectionKind.GOTCHAS]),
                parent=parent,
            )
            for number in range(size // PER_SECTION)
        ],
        batch_size=500,
    )
    missing = size - Entry.objects.live().count()
    entry_rows.bulk_create(
        (_entry(draw, words, places, number) for number in range(missing)), batch_size=500
    )
    upkeep.rebuild()


def _entry(draw, words, places, number):
    body = " ".join(draw.choices(words, k=draw.randint(8, 60)))
    if number % 3 == 0:
        body = f"**{' '.join(draw.choices(words, k=2)).replace('*', '')}:** {body}"
    return Entry(section=places[number % len(places)], body=body, body_html=body, position=number)
