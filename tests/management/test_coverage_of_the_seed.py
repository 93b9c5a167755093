"""fixtures/COVERAGE.md says what the shipped guide covers of its seed, and says it right."""

from collections import Counter

import pytest
from django.conf import settings

from entries.markdown import reader
from tests.entries.guides import CORPUS, needs_corpus

FIXTURES = settings.BASE_DIR / "fixtures"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (FIXTURES / "COVERAGE.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and "---" not in line
][1:]


def bullets(path):
    """[(title, number of bullets)] of the sections of a guide; hand-made contents aside."""
    guide = reader.parse(reader.decode(path.read_bytes()))
    return [
        (section.title, sum(entry.kind in ("bullet", "step") for entry in section.walk()))
        for section in guide.sections
    ]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_number_of_bullets_here_is_right(row):
    assert (row[2], int(row[3])) in bullets(FIXTURES / "guide-aws.md")


@needs_corpus
def test_every_section_of_the_seed_is_listed_with_its_bullets():
    seed = bullets(CORPUS / "open-guide-aws-2016-07.md")
    listed = [(row[0].split(" › ")[-1], int(row[1])) for row in ROWS if row[1]]
    assert Counter(listed) == Counter(seed)
