"""Real questions about a real guide: the list was written before the ranking was tuned."""

from io import StringIO

import pytest
from django.core.management import call_command

from guide_site.public.search import finding, upkeep
from tests.benchmarks import imports
from tests.benchmarks.answers import AIM, QUESTIONS, unanswered
from tests.entries.guides import CORPUS, needs_corpus


def test_the_list_has_forty_questions_and_copies_no_sentence():
    assert len(QUESTIONS) == 40
    pieces = [word for q in QUESTIONS for answer in q["answers"] for word in answer["words"]]
    assert max(len(piece.split()) for piece in pieces) < 8


@needs_corpus
@pytest.mark.django_db
def test_most_questions_are_answered_among_the_first_five():
    imports.fill_this_database()
    assert len(unanswered()) <= len(QUESTIONS) - AIM
    assert upkeep.problems() == []
    path = CORPUS / "open-guide-aws-2016-07.md"
    call_command("import_guide", str(path), stdout=StringIO(), stderr=StringIO())
    assert upkeep.problems() == []
    assert finding.find("elastic block store").places[0].document.slug == "ebs"


@pytest.mark.django_db
def test_the_guide_that_ships_answers_too():
    call_command("load_guide", stdout=StringIO())
    asked = {
        "s3 consistency": "atomic",
        "what bites me with s3 and glacier costs": "glacier",
        "ec2 reserved instances": "reserved",
        "how do I name buckets": "global",
    }
    for question, word in asked.items():
        first = [hit.document.body.lower() for hit in finding.find(question).hits[:5]]
        assert any(word in body for body in first), question
