"""Tables as files: CSV for spreadsheets, JSON for programs."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse, JsonResponse
from django.utils.http import content_disposition_header

# A spreadsheet takes a cell that begins with one of these for a formula and runs it.
_FORMULA = "=+-@＝＋－＠"


def as_csv(name: str, header: Sequence[object], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A CSV file to save as `name`.csv.

    Cells that a spreadsheet would run as formulas get an apostrophe in front.
    """
    headers = {"Content-Disposition": content_disposition_header(True, f"{name}.csv")}
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
    writer = csv.writer(response)
    writer.writerows([_harmless(cell) for cell in row] for row in (header, *rows))
    return response


def as_json(data: dict[str, Any], status: int = 200) -> JsonResponse:
    """A JSON response that people can read as well: indented, with all letters as they are.

    status  status code of the response
    """
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False, "indent": 1})


def refused(form: BaseForm) -> JsonResponse:
    """The response (400) to a filter with invalid values: the errors of `form`, by field."""
    return as_json({"errors": form.errors.get_json_data()}, status=400)


def _harmless(cell: object) -> str:
    text = str(cell)
    starts_a_formula = text.lstrip().startswith(tuple(_FORMULA)) or text[:1] in ("\t", "\r", "\n")
    return f"'{text}" if text and starts_a_formula else text
