"""`python -m tests.benchmarks` (make bench): what pages, merges, previews, imports and searches
cost.

Ratios are to a bare Django view that sends the same bytes, on the same server, in the same run.
"""

import tempfile
from pathlib import Path

from tests.benchmarks import place


def main():
    """Measure everything in a folder that goes away, and print it."""
    with tempfile.TemporaryDirectory(prefix="guide-bench-") as folder:
        place.prepare(Path(folder))
        from tests.benchmarks import report  # needs Django set up

        report.print_all()


if __name__ == "__main__":
    main()
