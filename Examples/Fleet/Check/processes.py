"""The processes of the fleet: started in groups of their own, found by what they print, ended whatever happens."""

import contextlib
import ctypes
import os
import re
import signal
import subprocess
import threading
import time
from pathlib import Path


class Failure(Exception):
    """Something did not come about in time, or ended by itself."""


def eventually(what, condition, within=30.0):
    """The first answer of `condition` that is not false; a failure after `within` seconds."""
    deadline = time.monotonic() + within
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise Failure(f"{what}: not within {within:.0f} s")
        time.sleep(0.05)


class Program:
    """A program that runs until it is killed or told to end; its output goes to a file."""

    running = []

    def __init__(self, name, arguments, folder, environment):
        self.name = name
        self.log = Path(folder) / f"{name}.log"
        with open(self.log, "ab") as log:
            self._process = subprocess.Popen(
                arguments,
                cwd=folder,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        Program.running.append(self)

    @property
    def pid(self):
        return self._process.pid

    def reported(self, pattern, within=60.0):
        """What the group of a pattern matched last in the log."""

        def find():
            found = re.findall(pattern, self.log.read_text(errors="replace"))
            if not found and self._process.poll() is not None:
                raise Failure(f"{self.name} ended with {self._process.returncode}:\n{self.log.read_text()[-2000:]}")
            return found[-1] if found else None

        return eventually(f"{self.name} reports {pattern}", find, within)

    def living(self, pattern):
        """The pids that a pattern matches in the log, as far as they live."""
        pids = {int(pid) for pid in re.findall(pattern, self.log.read_text(errors="replace"))}
        return {pid for pid in pids if _lives(pid)}

    def kill(self):
        """SIGKILL to this one process."""
        self._process.kill()
        self._process.wait()
        Program.running.remove(self)

    def kill_group(self):
        """SIGKILL to it and everything that it started; returns when all of that is gone."""
        os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-self.pid, 0)
        Program.running.remove(self)

    def end(self, within=30.0):
        """SIGTERM; it must end by itself."""
        self._process.terminate()
        try:
            code = self._process.wait(within)
        except subprocess.TimeoutExpired:
            raise Failure(f"{self.name} did not end within {within:.0f} s of SIGTERM")
        Program.running.remove(self)
        if code not in (0, -signal.SIGTERM):
            raise Failure(f"{self.name} ended with {code} after SIGTERM:\n{self.log.read_text()[-2000:]}")

    @classmethod
    def clean_up(cls):
        for program in list(cls.running):
            with contextlib.suppress(ProcessLookupError):
                program.kill_group()


def adopt_orphans():
    """Makes this process the parent of what programs leave behind, so that it can wait for their end.

    Where no init collects them, as in many a container, orphans would look alive for ever.
    """
    set_child_subreaper = 36
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0)


def thread(work):
    """Runs `work` in a thread that ends with the program."""
    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    return worker


def _lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
