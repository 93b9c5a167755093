"""Reading a large guide: time, and memory at the peak."""

import json
import os
import time
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from django.core.management import call_command

from entries.actions.guide import edit_guide
from entries.models import Guide, LegendTag
from guide_site.core import history
from services.loading import load_catalogue
from tests.benchmarks.answers import OF_2022, OF_SHIPPED, Questions
from tests.benchmarks.place import ROOT, manage

CORPUS = ROOT.parent / "shared/corpus/open-guide-aws-2022-08.md"
SHIPPED = ROOT / "fixtures/guide-aws.md"


class Import(NamedTuple):
    """What reading the guide took: seconds of time, of CPU time, megabytes at the peak."""

    file: Path
    seconds: float
    cpu: float
    megabytes: float


def fill_the_database():
    """Import the corpus, or load the guide that ships where the corpus is not there."""
    if not CORPUS.exists():
        return _run(SHIPPED, "load_guide")
    _load_catalogue()
    return _run(CORPUS, "import_guide", str(CORPUS))


def questions() -> Questions:
    """The questions about the guide that the functions of this module import."""
    return OF_2022 if CORPUS.exists() else OF_SHIPPED


def fill_this_database():
    """The same in this process, whatever database it is connected to."""
    if CORPUS.exists():
        _load_catalogue()
    words = ["import_guide", str(CORPUS)] if CORPUS.exists() else ["load_guide"]
    call_command(*words, stdout=StringIO(), stderr=StringIO())


def _load_catalogue():
    """The facts, the legend and the services that ship: the import gives these their sections."""
    facts, legend, catalogue = (
        json.loads((ROOT / "fixtures" / name).read_text(encoding="utf-8"))
        for name in ("guide.json", "legend.json", "services.json")
    )
    with history.revision(by=None, comment="The catalogue that ships"):
        edit_guide(Guide.current(), **facts | {"synonyms": "\n".join(facts["synonyms"])})
        for row in legend:
            LegendTag(**row).save()
        load_catalogue(catalogue)


def _run(file, *words):
    """Import in a process of its own, whose peak of memory the system tells."""
    clock = time.perf_counter()
    process = manage(*words)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{file} cannot be imported")
    seconds = time.perf_counter() - clock
    return Import(file, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
