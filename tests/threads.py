"""Several threads that do the same work at the same time, and get in each other's way."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

THREADS = 4


def in_threads(work):
    """The results of `work()` in some threads that take turns very often."""
    ready = Barrier(THREADS, timeout=60)

    def begin():
        ready.wait()
        return work()

    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(THREADS) as pool:
            return [done.result() for done in [pool.submit(begin) for _ in range(THREADS)]]
    finally:
        sys.setswitchinterval(usual)
