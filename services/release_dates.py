"""Release dates, each as precisely as it is known: by month or by year."""

import datetime
import re

from django.db import models
from django.utils import dateformat


class Precision(models.TextChoices):
    """How precisely a release date is known."""

    MONTH = "month", "Month"
    YEAR = "year", "Year"


def release_text(day: datetime.date | None, precision: str) -> str:
    """A release date in digits: “2006-03”, “2006” or “”.

    day        the first day of the month or year
    precision  a value of Precision; anything if there is no day
    """
    if day is None:
        return ""
    return day.isoformat()[: len("2006" if precision == Precision.YEAR else "2006-03")]


def release_words(day: datetime.date | None, precision: str) -> str:
    """A release date in words: “March 2006”, “2006” or “”; arguments as for `release_text`."""
    if day is None:
        return ""
    return dateformat.format(day, "Y" if precision == Precision.YEAR else "F Y")


def parse_release(text: str) -> tuple[datetime.date | None, str]:
    """The day and the precision that `release_text` turns into this text.

    Raises ValueError, with a sentence, for any other text.
    """
    if not text:
        return None, ""
    if not re.fullmatch(r"[12]\d{3}(-(0[1-9]|1[0-2]))?", text, re.ASCII):
        raise ValueError("Write the year, or year and month: 2006 or 2006-03.")
    day = datetime.date.fromisoformat(f"{text}-01-01"[:10])
    return day, (Precision.YEAR if len(text) == len("2006") else Precision.MONTH).value
