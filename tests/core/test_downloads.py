"""Tables as files."""

import csv
import json

import pytest
from django import forms

from guide_site.core import downloads


def rows(answer):
    return list(csv.reader(answer.text.splitlines()))


def test_a_csv_file_has_its_name_its_type_and_its_rows():
    answer = downloads.as_csv("matrix", ["A", "B"], [["one, two", "“three”"]])
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="matrix.csv"'
    assert rows(answer) == [["A", "B"], ["one, two", "“three”"]]


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1", '=HYPERLINK("https://a.example")'],
)
def test_no_spreadsheet_takes_a_cell_for_a_formula(cell):
    assert rows(downloads.as_csv("t", ["A"], [[cell]]))[1] == [f"'{cell}"]


@pytest.mark.parametrize("cell", ["EC2", "", "a=b", "2006-03", "0MQ", "“=”"])
def test_a_harmless_cell_stays_as_it_is(cell):
    assert rows(downloads.as_csv("t", ["A", "B"], [["x", cell]]))[1] == ["x", cell]


def test_json_says_what_it_is_and_keeps_letters():
    answer = downloads.as_json({"name": "Ä “b”"})
    assert answer["Content-Type"] == "application/json"
    assert "Ä “b”" in answer.text


def test_a_refusal_names_the_field_and_what_is_wrong():
    class Form(forms.Form):
        year = forms.IntegerField()

    answer = downloads.refused(Form({"year": "soon"}))
    assert answer.status_code == 400
    assert json.loads(answer.text)["errors"]["year"][0]["message"] == "Enter a whole number."
