"""How often search answers a real question about the guide of 2022: `questions.json`.

A question is answered if one of its bullets (known by section and a few words) is among the
first five.
"""

import json
from pathlib import Path

from guide_site.public.search import finding

QUESTIONS = json.loads(Path(__file__).with_name("questions.json").read_text("utf-8"))
FIRST, AIM = 5, 36


def place(question):
    """Where the first right bullet stands among the hits (1: first), or None."""
    for number, hit in enumerate(finding.find(question["question"]).hits, start=1):
        if any(_is_answer(hit.document, answer) for answer in question["answers"]):
            return number
    return None


def unanswered():
    """[(question, place)] of those without a right bullet among the first five."""
    places = [(question["question"], place(question)) for question in QUESTIONS]
    return [(text, number) for text, number in places if not number or number > FIRST]


def _is_answer(document, answer):
    body = document.body.lower()
    return document.slug == answer["section"] and all(word in body for word in answer["words"])
