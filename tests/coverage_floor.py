"""`python -m tests.coverage_floor`: fails if the suite reaches too few lines or branches.

coverage.py has one figure for both together, so this reads its JSON report (`make coverage`
writes coverage.json) and looks at each by itself.
"""

import json
import sys
from pathlib import Path

FLOORS = {"lines": 97.0, "branches": 93.0}  # per cent
_KEYS = {
    "lines": ("covered_lines", "num_statements"),
    "branches": ("covered_branches", "num_branches"),
}


def shares(report: dict) -> dict[str, float]:
    """Per cent of lines and of branches that were reached, by a JSON report of coverage.py."""
    totals = report["totals"]
    return {name: 100 * totals[part] / totals[whole] for name, (part, whole) in _KEYS.items()}


def main(path: str = "coverage.json") -> int:
    """Print both figures beside their floors; 1 if one of them is too low, else 0."""
    reached = shares(json.loads(Path(path).read_text("utf-8")))
    for name, share in reached.items():
        print(f"{name:9}{share:6.2f} %  (at least {FLOORS[name]:.0f} %)")
    return int(any(share < FLOORS[name] for name, share in reached.items()))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
