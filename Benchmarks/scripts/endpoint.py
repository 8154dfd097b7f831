"""What a scraper sees of `metrics-exporter serve`, and what updates feel of it: a directory of 64 files with 10 000
series each, at rest and while 8 workers update their files as fast as they can.

    endpoint.py EXPORTER LOAD    the two programs, built in release; prints the rows as JSON
"""
import glob
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import endpoint_faults
from rows import row

FILES, SERIES, WORKERS, SCRAPES, TURNS = 64, 10_000, 8, 100, 5
DIRECTORY = f'{FILES} files x {SERIES // 1000} 000 series'


class Exporter:
    """A running exporter on a port of the system's choice.

    Like a service, it has a session of its own, and with it a share of the processors that does not depend on how many
    processes others have; unless it is started beside us, as by the shell that starts the workers.
    """

    def __init__(self, program, directory, is_beside_us=False):
        self.process = subprocess.Popen(
            [program, 'serve', '--multiproc-dir', directory, '--bind-address', '127.0.0.1', '--port', '0'],
            stderr=subprocess.PIPE, text=True, start_new_session=not is_beside_us)
        for line in self.process.stderr:
            found = re.search(r'port=(\d+)', line)
            if found:
                self.port = int(found.group(1))
                break
        else:
            raise RuntimeError('the exporter does not serve')

    def scrape(self, headers=None):
        """Milliseconds to the first byte of the body and to the last, and how long the body is."""
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
        connection.connect()
        start = time.perf_counter()
        connection.request('GET', '/metrics', headers=headers or {})
        response = connection.getresponse()
        length = len(response.read(1))
        first = time.perf_counter()
        while part := response.read(1 << 20):
            length += len(part)
        last = time.perf_counter()
        connection.close()
        if response.status != 200:
            raise RuntimeError(f'status {response.status}')
        return (first - start) * 1000, (last - start) * 1000, length

    def processor(self):
        """Milliseconds of processor time of all threads, none of which ends while it serves."""
        total = 0
        for path in glob.glob(f'/proc/{self.process.pid}/task/*/schedstat'):
            with open(path) as file:
                total += int(file.read().split()[0])
        return total / 1e6

    def memory(self, field):
        """MiB of memory: VmRSS now, VmHWM at most."""
        with open(f'/proc/{self.process.pid}/status') as file:
            return next(int(line.split()[1]) for line in file if line.startswith(field + ':')) / 1024

    def end(self):
        self.process.terminate()
        self.process.wait(timeout=30)


class Workers:
    """Processes that update as fast as they can."""

    def __init__(self, program, directory, count):
        self.processes = [
            subprocess.Popen([program, 'update', directory, str(SERIES)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            for _ in range(count)]
        for process in self.processes:
            process.stdout.readline()

    def end(self):
        """What each one counted."""
        for process in self.processes:
            process.stdin.close()
        return [json.loads(process.stdout.read()) for process in self.processes]


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def compute(rounds):
    """Milliseconds that plain arithmetic takes: no file, no socket, nothing of ours."""
    start = time.perf_counter()
    for _ in range(rounds):
        pass
    return (time.perf_counter() - start) * 1000


def rounds_of(milliseconds):
    """How many rounds of that arithmetic take as long on a processor of their own."""
    rounds = 1_000_000
    return int(rounds * milliseconds / min(compute(rounds) for _ in range(20)))


def slowest_update(load, directory, server=None):
    """Nanoseconds of the slowest update of a thousand, of one worker, while somebody scrapes or nobody does."""
    worker, end = Workers(load, directory, 1), time.monotonic() + 1
    while (left := end - time.monotonic()) > 0:
        if server:
            server.scrape()
        else:
            time.sleep(left)
    return worker.end()[0]['p999_ns']


def under_load(server, load, directory, rounds):
    """Scrapes, and milliseconds of arithmetic, by turns, while workers update; milliseconds of processor time a scrape.

    By turns: what a scrape waits for here is a processor, and so does arithmetic that takes as long alone.
    """
    workers = Workers(load, directory, WORKERS)
    scrapes, arithmetic, start = [], [], server.processor()
    for _ in range(SCRAPES):
        scrapes.append(server.scrape())
        arithmetic.append(compute(rounds))
    used = (server.processor() - start) / SCRAPES
    workers.end()
    return scrapes, arithmetic, used


def update_row(name, turns, index):
    return row('endpoint', name, statistics.median(turn[index] for turn in turns), 'ns', 'while nobody scrapes',
               statistics.median(turn[0] for turn in turns), statistics.median(turn[index] / turn[0] for turn in turns),
               samples=TURNS)


def measure(exporter, load, folder):
    directory = os.path.join(folder, 'endpoint')
    subprocess.run([load, 'prepare', directory, str(FILES), str(SERIES)], check=True)
    server = Exporter(exporter, directory)
    try:
        server.scrape()
        start = server.processor()
        rest = [server.scrape() for _ in range(SCRAPES)]
        rest_used = (server.processor() - start) / SCRAPES
        before, length = server.memory('VmHWM'), rest[-1][2] / 1024 / 1024
        rounds = rounds_of(statistics.median(scrape[1] for scrape in rest))
        busy, _, busy_used = under_load(server, load, directory, rounds)
        peak = server.memory('VmHWM')
        # One worker and the exporter have a processor each where there are two. Scrapes of a directory that the worker
        # has nothing to do with tell what comes of reading its values from what comes of work beside it.
        elsewhere = os.path.join(folder, 'elsewhere')
        subprocess.run([load, 'prepare', elsewhere, str(FILES), str(SERIES)], check=True)
        other = Exporter(exporter, elsewhere)
        try:
            exporters = None, server, other
            turns = [[slowest_update(load, directory, beside) for beside in exporters] for _ in range(TURNS)]
        finally:
            other.end()
        faults = endpoint_faults.measure(server)
    finally:
        server.end()
    server = Exporter(exporter, directory, is_beside_us=True)
    try:
        server.scrape()
        crowded, arithmetic, _ = under_load(server, load, directory, rounds)
    finally:
        server.end()

    def middle(scrapes, index):
        return statistics.median(scrape[index] for scrape in scrapes)

    def slowest(scrapes):
        return percentile([scrape[1] for scrape in scrapes], 0.99)

    load_name = f'{DIRECTORY}, {WORKERS} workers update'
    idle = slowest(rest)
    return [
        row('endpoint', f'endpoint: p99 of {DIRECTORY}, at rest', idle, 'ms', 'its median', middle(rest, 1),
            samples=SCRAPES),
        row('endpoint', f'endpoint: p99 of {load_name}', slowest(busy), 'ms', 'at rest', idle, samples=SCRAPES),
        row('endpoint', f'endpoint: median of {load_name}', middle(busy, 1), 'ms', 'at rest', middle(rest, 1),
            samples=SCRAPES),
        row('endpoint', f'endpoint: p99 of {load_name}, one session for all', slowest(crowded), 'ms',
            'arithmetic as long as a scrape at rest', percentile(arithmetic, 0.99), samples=SCRAPES),
        row('endpoint', f'endpoint: median of {load_name}, one session for all', middle(crowded, 1), 'ms',
            'arithmetic as long as a scrape at rest', statistics.median(arithmetic), samples=SCRAPES),
        row('endpoint', f'endpoint: processor time of {load_name}', busy_used, 'ms', 'at rest',
            rest_used, samples=SCRAPES),
        row('endpoint', 'endpoint: first byte of it, at rest', middle(rest, 0), 'ms', 'the last byte', middle(rest, 1),
            samples=SCRAPES),
        row('endpoint', 'endpoint: peak memory', max(before, peak), 'MiB', 'the body', length, samples=1),
        update_row('p99.9 of an update while the directory is scraped', turns, 1),
        update_row('p99.9 of an update while another directory is scraped', turns, 2),
        *faults,
    ]


if __name__ == '__main__':
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(sys.argv[1], sys.argv[2], folder), indent=2))
