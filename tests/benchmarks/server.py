"""The site under gunicorn: one worker, one thread, on a free port of this machine."""

import http.client
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

from tests.benchmarks.place import ROOT

_SECONDS_TO_START = 20


class Server:
    """A running server and one connection to it that stays open."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def get(self, address, headers=None, status=200):
        """The answer's headers and bytes; anything but `status` is an error."""
        self.connection.request("GET", address, headers=headers or {})
        response = self.connection.getresponse()
        body = response.read()
        if response.status != status:
            raise RuntimeError(f"{address}: {response.status} instead of {status}")
        return response.headers, body

    def cpu(self):
        """Seconds of CPU time that the worker has used."""
        return float(self.get("/bare-cpu/")[1])

    def cpu_per_request(self, address, headers, status, times):
        """Seconds of CPU time for one of `times` requests in a row."""
        before = self.cpu()
        for _ in range(times):
            self.get(address, headers, status)
        return (self.cpu() - before) / times

    def visit(self, address):
        """One request: seconds that passed, and seconds of CPU time."""
        cpu, clock = self.cpu(), time.perf_counter()
        self.get(address)
        passed = time.perf_counter() - clock
        return passed, self.cpu() - cpu


@contextmanager
def running():
    """Start gunicorn with the environment of this process; stop it at the end."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "guide_site.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers=1", "--worker-class=gthread", "--threads=1", "--no-control-socket"]
    process = subprocess.Popen([*command, "--log-level=warning"], cwd=ROOT)
    try:
        _wait_for(port, process)
        yield Server(port)
    finally:
        process.terminate()
        process.wait()


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def _wait_for(port, process):
    end = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        try:
            Server(port).get("/health/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("gunicorn does not answer")
