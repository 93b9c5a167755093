"""What stands in the cells of the releases table, read and written. Pure."""

import datetime
import re
from collections.abc import Sequence

from services.tables.cells import NOTE, QUOTINGS, Cells, footnote_marks, remark, shortened

_STATES = {
    "general": "general",
    "ga": "general",
    "preview": "preview",
    "beta": "preview",
    "alpha": "preview",
    "obsolete": "obsolete",
    "deprecated": "obsolete",
    "retired": "retired",
}
_STATE = re.compile(rf"\b({'|'.join(_STATES)})(?:ly available)?\b", re.I)
_ISO = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.][0-9]{1,2})?)?")
_IN_WORDS = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

SERVICE = 80  # as many characters as the catalogue keeps of a service's name


def is_date(words: str) -> bool:
    """True if the words of a cell are the date of a release."""
    return _read_date(words)[0] is not None


def is_state(words: str) -> bool:
    """True if the words of a cell say whether people can use a service."""
    return bool(_STATE.search(words))


def _read_date(words: str) -> tuple[datetime.date | None, str]:
    """(first day, precision); (None, "") for what is no date."""
    try:
        if match := _ISO.fullmatch(words):
            year, month = int(match[1]), match[2]
            return datetime.date(year, int(month or 1), 1), "month" if month else "year"
        if match := _IN_WORDS.fullmatch(words):
            number = _MONTHS.index(match[1][:3].lower()) + 1
            return datetime.date(int(match[2]), number, 1), "month"
    except ValueError:
        pass
    return None, ""


class ReleaseCells(Cells):
    """Reads and writes the cells of a releases table."""

    def service(self, source: str, odd: list[str] | None = None) -> tuple[str, str, list[str]]:
        """(name, link, signs) of the service that a row is about."""
        signs, rest = self.leading_signs(source)
        return self.name(rest, SERVICE, odd), self.link(rest, odd), signs

    def write_service(self, name: str, link: str, signs: Sequence[str], source: str = "") -> str:
        """The text of the first cell of a row. What `source` says already stays as it is."""
        old_name, old_link, _ = self.service(source)
        _, rest = self.leading_signs(source)
        if (name, link) != (old_name, old_link):
            label = self.write_words(name)
            tail = "".join(rest[start:end] for start, end in footnote_marks(rest))
            rest = (f"[{label}]({link})" if link else label) + tail
        gap = " " if source.removesuffix(rest).endswith((" ", "\t")) else ""
        return "".join(signs) + (gap if signs else "") + rest

    def date(self, source: str, odd: list[str] | None = None) -> tuple[datetime.date | None, str]:
        """(first day, precision) of a date such as “2016-03” or “2016”; (None, "") for none."""
        words = self.words(source)
        date, precision = _read_date(words)
        if words and date is None:
            remark(odd, f"“{words[:40]}” is no date such as 2016-03: left out")
        return date, precision

    def availability(self, source: str, odd: list[str] | None = None) -> tuple[str, bool, str]:
        """(availability, uncertain, note) of a cell such as “Obsolete? (closed in 2020)”."""
        head, notes, uncertain = self.without_tail(source)
        notes += self.footnote_texts(head)
        words = self.words(head)
        signs, bare = self.leading_signs(words)
        if match := _STATE.match(bare):
            rest = bare[match.end() :]
            uncertain = uncertain or rest.startswith("?")
            rest = "".join(signs) + rest.lstrip("?:;,.–—- ")
        else:
            match, rest = _STATE.search(bare), words
            if words == "?":
                rest, uncertain = "", True
        state = _STATES[match[1].lower()] if match else "general"
        note = "; ".join(filter(None, [rest, *notes]))
        return state, uncertain, shortened(note, NOTE, odd)

    def write_availability(self, state: str, uncertain: bool, note: str) -> str:
        """The text of the cell of an availability."""
        text = state.capitalize() + ("?" if uncertain else "")
        if not note:
            return text
        texts = [f"{text} ({quote(note)})" for quote in QUOTINGS]
        read = (state, uncertain, note)
        return next((t for t in texts if self.availability(t) == read), texts[-1])
