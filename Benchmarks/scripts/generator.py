"""The generator as a process: time and peak memory, beside glean_parser where it is installed."""
import json
import os
import statistics
import subprocess
import sys

from rows import row, spaced


# A process counts the memory of the one that it was forked from as its own, and that of a benchmark grows.
LAUNCHER = """import json, os, sys
out = os.open(os.devnull, os.O_WRONLY)
actions = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0), (os.POSIX_SPAWN_DUP2, out, 1)]
_, status, usage = os.wait4(os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=actions), 0)
print(json.dumps([os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024]))
"""


def run_measured(command, environment=None):
    """Seconds of processor time and MiB of peak memory of one process; in these variables, or those of this one."""
    launcher = subprocess.run(
        [sys.executable, '-I', '-S', '-c', LAUNCHER, *command], capture_output=True, text=True, errors='replace',
        env=environment, check=True)
    code, seconds, memory = json.loads(launcher.stdout)
    if code != 0:
        raise RuntimeError(f'{command[0]} ended with {code}: {launcher.stderr[:2000]}')
    return seconds, memory


def definitions(count):
    """Definitions of all common shapes, as an application has them: two labels, one of them closed."""
    lines = ['label_sets:', '  outcome:', '    documentation: How it ended',
             '    values: [success, failure, timeout]', 'metrics:']
    kinds = ['counter', 'gauge', 'histogram', 'summary']
    for index in range(count):
        kind = kinds[index % len(kinds)]
        suffix = '_total' if kind == 'counter' else '_seconds' if kind != 'gauge' else '_entries'
        lines += [f'  - name: service_part{index // 50}_event{index}{suffix}', f'    type: {kind}',
                  f'    documentation: What happened in place {index}']
        if kind in ('histogram', 'summary'):
            lines.append('    unit: seconds')
        if kind == 'histogram':
            lines.append('    buckets: [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5]')
        lines += ['    labels:', '      - outcome', '      - name: tenant', '        documentation: Whose it was',
                  '        max_values: 200']
    return '\n'.join(lines) + '\n'


def write_definitions(folder, count):
    """The definitions as one file of a folder."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'service.yaml'), 'w') as file:
        file.write(definitions(count))


def glean_definitions(count):
    """As many counters in the format of glean_parser, with one closed label each."""
    lines = ['$schema: moz://mozilla.org/schemas/glean/metrics/2-0-0', '']
    for part in range((count + 49) // 50):
        lines.append(f'service.part{part}:')
        for index in range(part * 50, min(count, part * 50 + 50)):
            lines += [f'  event{index}:', '    type: labeled_counter', f'    description: What happened in place {index}',
                      '    labels: [success, failure, timeout]', '    bugs: [https://example.com/1]',
                      '    data_reviews: [https://example.com/1]', '    notification_emails: [a@example.com]',
                      '    expires: never']
    return '\n'.join(lines) + '\n'


def validations(generator, source, turns):
    """Milliseconds of a validation over those of a process that does nothing, and those: medians of pairs."""
    over, starts = [], []
    for _ in range(turns):
        start, _ = run_measured([generator, '--help'])
        seconds, _ = run_measured([generator, 'validate', '--definitions', source])
        over.append(seconds - start)
        starts.append(start)
    return statistics.median(over) * 1000, statistics.median(starts) * 1000


def measure(generator, folder, python, absent, turns=5, sizes=(10, 100, 1000, 10000)):
    rows = []
    # What runs are remembered is of this measurement alone.
    environment = os.environ | {'METRICS_GENERATOR_CACHE': os.path.join(folder, 'finished-runs')}
    has_glean = python and subprocess.run([python, '-c', 'import glean_parser'], capture_output=True).returncode == 0
    if not has_glean:
        absent.append('glean_parser')
    for size in sizes:
        source, output = os.path.join(folder, f'definitions-{size}'), os.path.join(folder, f'output-{size}')
        write_definitions(source, size)
        first, again, anew, peer, memory, peer_memory = [], [], [], [], [], []
        glean = os.path.join(folder, f'glean-{size}.yaml')
        with open(glean, 'w') as file:
            file.write(glean_definitions(size))
        for turn in range(turns if size <= 1000 else 2):
            target = f'{output}-{turn}'
            command = [generator, 'generate', '--definitions', source, '--output', target]
            seconds, peak = run_measured(command, environment)
            first.append(seconds)
            memory.append(peak)
            seconds, _ = run_measured(command, environment)
            again.append(seconds)
            seconds, _ = run_measured([*command, '--no-cache'])
            anew.append(seconds)
            if has_glean and size == 1000 and turn < 2:
                seconds, peak = run_measured(
                    [python, '-m', 'glean_parser', 'translate', '-f', 'swift', '-o', f'{target}-glean', '--allow-reserved',
                     glean])
                peer.append(seconds)
                peer_memory.append(peak)

        def median(values, scale=1000):
            return statistics.median(values) * scale if values else None

        name = f'generate {spaced(size)} definitions'
        reference = 'glean_parser' if peer else None
        rows += [
            row('generator', name, median(first), 'ms', reference, median(peer), samples=len(first)),
            row('generator', name + ', nothing changed', median(again), 'ms', reference, median(peer), samples=len(again)),
            row('generator', name + ', nothing changed, nothing remembered', median(anew), 'ms', reference, median(peer),
                samples=len(anew)),
        ]
        checks = validations(generator, source, turns)
        rows.append(row('generator', f'validate {spaced(size)} definitions, beyond process start', checks[0], 'ms',
                        'a process that prints its help, whole', checks[1], samples=turns))
        # What wait4 says is at least the memory of this script: smaller runs would show that.
        if size >= 1000:
            rows.append(row('generator', name + ', peak memory', max(memory), 'MiB', reference,
                            max(peer_memory) if peer_memory else None, samples=len(memory)))
    return rows
