"""The floor under the coverage of the suite: lines and branches each have their own."""

import json

import pytest

from tests import coverage_floor


@pytest.fixture
def report(tmp_path):
    """Writes a report of coverage.py about 100 lines and 100 branches; returns its path."""

    def written(lines, branches):
        totals = {"covered_lines": lines, "num_statements": 100}
        totals |= {"covered_branches": branches, "num_branches": 100}
        path = tmp_path / "coverage.json"
        path.write_text(json.dumps({"totals": totals}))
        return str(path)

    return written


@pytest.mark.parametrize(
    ("lines", "branches", "status"), [(100, 100, 0), (100, 50, 1), (50, 100, 1), (50, 50, 1)]
)
def test_too_few_lines_or_branches_fail(report, capsys, lines, branches, status):
    assert coverage_floor.main(report(lines, branches)) == status
    printed = capsys.readouterr().out.split()
    assert f"{lines:.2f}" in printed
    assert f"{branches:.2f}" in printed
