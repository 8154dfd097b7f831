"""What linking the runtime and touching one metric adds to a process: time, memory, size."""
import os
import shutil
import statistics
import subprocess

from generator import run_measured
from rows import beside, row


def stripped_size(path, folder):
    copy = os.path.join(folder, os.path.basename(path))
    shutil.copy(path, copy)
    subprocess.run(['strip', copy], check=True)
    return os.path.getsize(copy) / 1024 / 1024


def memory(program, environment):
    """MiB of peak resident memory, and of what of it is the process's alone, read while the program waits at its end.

    What wait4 says holds the memory of this script too, which the program's process had before it became the program.
    """
    with subprocess.Popen([program, 'wait'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        process.stdout.readline()
        with open(f'/proc/{process.pid}/status') as file:
            lines = dict(line.split(':', 1) for line in file)
        process.stdin.close()
        process.stdout.read()
    return [int(lines[field].split()[0]) / 1024 for field in ('VmHWM', 'RssAnon')]


def medians(programs, environment, turns):
    """Milliseconds of processor time of two programs, and MiB of peak memory and of memory of their own of both."""
    figures = [([], []) for _ in range(3)]
    for turn in range(turns):
        # The two in turns, so that what slows the machine slows both.
        for index in (0, 1) if turn % 2 else (1, 0):
            seconds, _ = run_measured([programs[index]], environment)
            for both, figure in zip(figures, [seconds * 1000] + memory(programs[index], environment)):
                both[index].append(figure)
    return [tuple(statistics.median(values) for values in pair) for pair in figures]


def measure(build, folder, golang=None, turns=20):
    programs = [os.path.join(build, name) for name in ('start-empty', 'start-runtime')]
    environment = dict(os.environ, PROMETHEUS_MULTIPROC_DIR=os.path.join(folder, 'start'))
    (empty, runtime), (empty_memory, runtime_memory), (empty_own, runtime_own) = medians(programs, environment, turns)
    sizes = [stripped_size(path, folder) for path in programs]
    result = [
        row('start', 'start: time added', runtime - empty, 'ms', 'an empty program', empty, runtime / empty,
            samples=turns),
        row('start', 'start: memory added', runtime_memory - empty_memory, 'MiB', 'an empty program', empty_memory,
            runtime_memory / empty_memory, samples=turns),
        row('start', 'start: memory added that is the process\'s alone', runtime_own - empty_own, 'MiB',
            'an empty program', empty_own, runtime_own / empty_own, samples=turns),
        row('start', 'start: size added to a stripped release binary', sizes[1] - sizes[0], 'MiB', 'an empty program',
            sizes[0], sizes[1] / sizes[0], samples=1),
    ]
    measured = list(result)
    # The least of memory that a registry of dictionaries can take, whatever else it does.
    floor = [programs[0], os.path.join(build, 'start-dictionaries')]
    _, (empty_memory, filled_memory), _ = medians(floor, environment, turns)
    result.insert(2, beside(result[1], 'four dictionaries', filled_memory - empty_memory))
    if golang:
        peers = [os.path.join(golang, name) for name in ('empty', 'start')]
        figures = [after - before for before, after in medians(peers, environment, turns)]
        os.makedirs(os.path.join(folder, 'stripped'), exist_ok=True)
        figures.append(stripped_size(peers[1], os.path.join(folder, 'stripped'))
                       - stripped_size(peers[0], os.path.join(folder, 'stripped')))
        for item, figure in zip(measured, figures):
            result.insert(result.index(item) + 1, beside(item, 'client_golang', figure))
    return result
