"""The site's settings as in production, with the bare views beside its addresses."""

from pathlib import Path

from guide_site.core import env
from guide_site.settings import *  # noqa: F403

BENCH_FOLDER = Path(env.text("GUIDE_BENCH_FOLDER"))
ROOT_URLCONF = "tests.benchmarks.urls"
STATIC_ROOT = BENCH_FOLDER / "static"
