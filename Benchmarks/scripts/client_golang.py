"""Go's client at the same work, where Debian's packages of Go and of it are installed."""
import json
import os
import shutil
import statistics
import subprocess

from machine import PACKAGE
from rows import beside

# Where Debian's packages put the sources of Go libraries.
SOURCES = '/usr/share/gocode'
CLIENT = 'github.com/prometheus/client_golang'
OPERATIONS, TURNS, SERIES, TEXTS = 1_000_000, 20, 100_000, 5
# Rows of text here, and what the peer calls them.
TEXTS_BESIDE = {f'text of 100 000 series, {values}': f'text, {values}' for values in ('integral', '17 digits')}


def programs(folder, absent):
    """Builds the peer's programs; the folder with them, or None where there is no Go or no client."""
    if not shutil.which('go') or not os.path.isdir(os.path.join(SOURCES, 'src', CLIENT)):
        absent.append('client_golang')
        return None
    output = os.path.join(folder, 'client_golang')
    environment = dict(os.environ, GO111MODULE='off', GOPATH=SOURCES, GOFLAGS='', GOCACHE=os.path.join(folder, 'go-cache'))
    for name in ('work', 'start', 'empty'):
        subprocess.run(['go', 'build', '-o', os.path.join(output, name), '.'], check=True, env=environment,
                       cwd=os.path.join(PACKAGE, 'Peers', 'client_golang', name))
    return output


def add(result, folder):
    """Rows beside the peer, for those rows of the hot path and of the scrape that it can do."""
    run = subprocess.run([os.path.join(folder, 'work'), *map(str, (OPERATIONS, TURNS, SERIES, TEXTS))],
                         capture_output=True, text=True, check=True)
    figures = {name: statistics.median(values) for name, values in json.loads(run.stdout).items()}
    for item in list(result):
        # Its values live in memory.
        name = item['name'].removesuffix(' (memory)') if item['section'] == 'hot path' else TEXTS_BESIDE.get(item['name'])
        if name in figures and item['section'] in ('hot path', 'scrape'):
            divisor = 1 if item['unit'] == 'ns' else 1e6
            result.insert(result.index(item) + 1, beside(item, 'client_golang', figures[name] / divisor))
