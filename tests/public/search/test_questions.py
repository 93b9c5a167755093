"""Real questions about real guides: written before anybody saw what search finds."""

from io import StringIO

import pytest
from django.core.management import call_command

from guide_site.public.search import finding, upkeep
from tests.benchmarks import imports
from tests.benchmarks.answers import MORE_OF_2022, OF_2022, OF_SHIPPED
from tests.entries.guides import CORPUS


@pytest.mark.parametrize(
    "questions", [OF_2022, MORE_OF_2022, OF_SHIPPED], ids=["2022", "more", "shipped"]
)
def test_there_are_forty_questions_and_they_copy_no_sentence(questions):
    assert len(questions.rows) == 40
    pieces = [
        word for row in questions.rows for answer in row["answers"] for word in answer["words"]
    ]
    assert max(len(piece.split()) for piece in pieces) < 8


@pytest.mark.corpus
@pytest.mark.django_db
def test_most_questions_about_the_guide_of_2022_are_answered_among_the_first_three():
    imports.fill_this_database()
    for questions in (OF_2022, MORE_OF_2022):
        assert len(questions.unanswered()) <= len(questions.rows) - questions.aim
    assert upkeep.problems() == []
    path = CORPUS / "open-guide-aws-2016-07.md"
    call_command("import_guide", str(path), stdout=StringIO(), stderr=StringIO())
    assert upkeep.problems() == []
    assert finding.find("elastic block store").places[0].document.slug == "ebs"
