#!/usr/bin/env python3
"""What recording costs a request: the example server with all its metrics, and built without what requests record.

Both run with one worker, and wrk loads them in turns. The figure is the processor time of the worker for a request.

    request_cost.py WITH WITHOUT [REQUESTS]    the two programs; prints the rows as JSON
"""
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

from rows import row, spaced

# Requests of each server and route; 10^7 of the first with LONG=1.
REQUESTS, LONG_REQUESTS, FAILURES = 1_000_000, 10_000_000, 200_000
CONNECTIONS = 16
# Enough turns that a tenth of them is more than one, however few requests there are.
LEAST_TURNS = 20


class Server:
    """A running example with one worker."""

    def __init__(self, program, directory):
        environment = dict(os.environ, PROMETHEUS_MULTIPROC_DIR=directory, PROMETHEUS_METRICS_PORT='0',
                           PROMETHEUS_BIND_ADDRESS='127.0.0.1')
        self.process = subprocess.Popen(
            [program, 'serve', '--workers', '1', '--port', '0', '--worker-log-level', 'critical', '--until-input-ends'],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        said = {}
        for line in self.process.stdout:
            words = line.split()
            said[words[0]] = words[-1]
            if words[0] == 'settled':
                break
        else:
            raise RuntimeError('the server does not serve')
        self.url, self.worker = said['application'], int(said['ready'])

    def processor_time(self):
        """Nanoseconds of all threads of the worker: its accepting thread and its samplers are part of it."""
        folder, total = f'/proc/{self.worker}/task', 0
        for thread in os.listdir(folder):
            with open(os.path.join(folder, thread, 'schedstat')) as file:
                total += int(file.read().split()[0])
        return total

    def load(self, target, seconds):
        """Requests that wrk had answered in so many seconds, and the worker's nanoseconds for each of them."""
        before = self.processor_time()
        run = subprocess.run(['wrk', '-t', '1', '-c', str(CONNECTIONS), '-d', str(seconds), self.url + target],
                             capture_output=True, text=True, check=True)
        found = re.search(r'(\d+) requests in', run.stdout)
        if not found or 'Socket errors' in run.stdout:
            raise RuntimeError(f'wrk failed: {run.stdout}{run.stderr}')
        count = int(found.group(1))
        return count, (self.processor_time() - before) / count

    def end(self):
        self.process.terminate()
        self.process.wait(timeout=30)


def compare(servers, target, requests):
    """Nanoseconds a request with and without recording, turn by turn, until both have answered so many."""
    for server in servers:
        server.load(target, 1)
    turns, answered = [], [0, 0]
    while min(answered) < requests or len(turns) < LEAST_TURNS:
        figures = [0, 0]
        for index in (0, 1) if len(turns) % 2 else (1, 0):
            count, figures[index] = servers[index].load(target, 1)
            answered[index] += count
        turns.append(figures)
    return turns, min(answered)


def cost(turns):
    """What recording adds, in microseconds: the median of single turns."""
    return statistics.median(recorded - bare for recorded, bare in turns) / 1000


def without(turns):
    return statistics.median(bare for _, bare in turns) / 1000


def measure(recording, bare, folder, absent, requests=None):
    if not shutil.which('wrk'):
        absent.append('wrk')
        return []
    requests = requests or (LONG_REQUESTS if os.environ.get('LONG') else REQUESTS)
    servers = [Server(program, os.path.join(folder, f'requests-{number}'))
               for number, program in enumerate((recording, bare))]
    try:
        answered, count = compare(servers, '/fast', requests)
        failed, _ = compare(servers, '/fail/request', min(FAILURES, requests))
    finally:
        for server in servers:
            server.end()
    tenth = max(2, len(answered) // 10)
    first, last = answered[:tenth], answered[-tenth:]
    reference = 'the server without recording'

    def line(name, turns, beside, beside_value):
        return row('requests', name, cost(turns), 'us', beside, beside_value, samples=len(turns))

    def whole(turns):
        return statistics.median(recorded for recorded, _ in turns) / 1000

    return [
        line('recording a request that is answered', answered, reference, without(answered)),
        line('recording a request that fails', failed, reference, without(failed)),
        # The whole of a request: what recording adds is too small beside the noise to see it grow.
        row('requests', 'a request with recording, last tenth', whole(last), 'us',
            f'first tenth of {spaced(count)}', whole(first), samples=tenth),
    ]


if __name__ == '__main__':
    missing = []
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(sys.argv[1], sys.argv[2], folder, missing,
                                 int(sys.argv[3]) if len(sys.argv) > 3 else None), indent=2))
    for name in missing:
        print(f'absent: {name}', file=sys.stderr)
