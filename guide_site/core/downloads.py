"""Tables as files: CSV for spreadsheets, JSON for programs."""

import csv

from django.http import HttpResponse, JsonResponse
from django.utils.http import content_disposition_header

# A spreadsheet takes a cell that begins with one of these for a formula and runs it.
_FORMULA = "=+-@＝＋－＠"


def as_csv(name, header, rows):
    """A CSV file to save. Cells that a spreadsheet would run get an apostrophe in front."""
    headers = {"Content-Disposition": content_disposition_header(True, f"{name}.csv")}
    answer = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
    writer = csv.writer(answer)
    writer.writerows([_harmless(cell) for cell in row] for row in (header, *rows))
    return answer


def as_json(data, status=200):
    """JSON that people can read as well."""
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False, "indent": 1})


def refused(form):
    """The answer to a filter that makes no sense: what is wrong, by field."""
    return as_json({"errors": form.errors.get_json_data()}, status=400)


def _harmless(cell):
    text = str(cell)
    starts_a_formula = text.lstrip().startswith(tuple(_FORMULA)) or text[:1] in ("\t", "\r", "\n")
    return f"'{text}" if text and starts_a_formula else text
