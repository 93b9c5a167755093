"""fixtures/COVERAGE.md says what the shipped guide covers of its seed, and says it right."""

from collections import Counter

import pytest
from django.conf import settings

from entries.markdown import reader
from tests.entries.guides import CORPUS

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


def listed():
    """[(title of a section of the seed, number of its bullets)], as COVERAGE.md says."""
    return [(row[0].split(" › ")[-1], int(row[1])) for row in ROWS if row[1]]


def test_the_number_of_bullets_here_is_right():
    shipped = bullets(FIXTURES / "guide-aws.md")
    assert [row for row in ROWS if (row[2], int(row[3])) not in shipped] == []


def test_all_sections_and_bullets_of_the_seed_are_listed():
    assert len(listed()) == 97
    assert sum(number for _, number in listed()) == 504  # 534, less 30 of a hand-made contents


@pytest.mark.corpus
def test_every_section_of_the_seed_is_listed_with_its_bullets():
    assert Counter(listed()) == Counter(bullets(CORPUS / "open-guide-aws-2016-07.md"))
