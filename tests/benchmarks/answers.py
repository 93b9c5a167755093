"""How often search answers a real question about a guide.

A question is answered if one of its bullets (known by section and a few words) is among the
first three. There are questions about the guide of 2022, which is in the corpus only, and about
the guide that ships.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from guide_site.public.search import finding
from guide_site.public.search.candidates import Document

FIRST = 3


@dataclass(frozen=True)
class Questions:
    """Questions about one guide.

    rows   [{"question": text, "answers": [{"section": slug, "words": [lower-case parts]}]}]
    aim    how many of them search must answer
    """

    rows: list[dict]
    aim: int

    def place(self, row: dict) -> int | None:
        """Where the first right bullet stands among the hits (1: first), or None."""
        for number, hit in enumerate(finding.find(row["question"]).hits, start=1):
            if any(_is_answer(hit.document, answer) for answer in row["answers"]):
                return number
        return None

    def unanswered(self) -> list[tuple[str, int | None]]:
        """[(question, place)] of those without a right bullet among the first three."""
        places = [(row["question"], self.place(row)) for row in self.rows]
        return [(text, number) for text, number in places if not number or number > FIRST]


def _is_answer(document: Document, answer: dict) -> bool:
    body = document.body.lower()
    return document.slug == answer["section"] and all(word in body for word in answer["words"])


def _read(name: str, *, aim: int) -> Questions:
    rows = json.loads(Path(__file__).with_name(name).read_text("utf-8"))
    return Questions(rows, aim)


OF_2022 = _read("questions_2022.json", aim=38)
OF_SHIPPED = _read("questions_shipped.json", aim=39)
MORE_OF_2022 = _read("questions_2022_more.json", aim=37)
