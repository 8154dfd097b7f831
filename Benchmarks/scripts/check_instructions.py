#!/usr/bin/env python3
"""Counts the instructions of the hot path and compares them with a committed baseline.

Instructions do not depend on what else the machine does, so this finds a regression that a clock on a busy machine
would not. What is counted is one operation of each row of the hot path's table, its loop included.

    scripts/check_instructions.py            builds, counts, compares; exits 2 where a row takes more than it may
    scripts/check_instructions.py --update   writes the baseline anew: commit it with the change that explains it

The baseline holds for one compiler and one kind of processor; with others nothing is compared, and that is said.
Needs valgrind.
"""
import argparse
import glob
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BASELINE = os.path.join(PACKAGE, 'instructions.json')
PRODUCT = 'hot-path-instructions'
# What a row may take more than the baseline: both bounds must be passed, since one instruction of five is 20 %.
RELATIVE_TOLERANCE = 0.05
ABSOLUTE_TOLERANCE = 2.0
SECONDS = 300


def fail(text, code=1):
    print(f'check-instructions: error: {text}', file=sys.stderr)
    sys.exit(code)


def compiler():
    text = subprocess.run(['swift', '--version'], capture_output=True, text=True, check=True).stdout
    found = re.search(r'Swift version ([0-9.]+)', text)
    return found.group(1) if found else text.splitlines()[0]


def build():
    subprocess.run(['swift', 'build', '-c', 'release', '--product', PRODUCT], cwd=PACKAGE, check=True)
    shown = subprocess.run(
        ['swift', 'build', '-c', 'release', '--show-bin-path'], cwd=PACKAGE, check=True, capture_output=True, text=True
    )
    return os.path.join(shown.stdout.strip(), PRODUCT)


def count(program):
    """Instructions of one operation by row."""
    with tempfile.TemporaryDirectory() as folder:
        stripped = os.path.join(folder, PRODUCT)
        # Older valgrinds give up at the debug information of newer compilers; nothing here needs it.
        if shutil.which('strip'):
            subprocess.run(['strip', '-g', program, '-o', stripped], check=True)
        else:
            shutil.copy(program, stripped)
        environment = dict(os.environ, SWIFT_BACKTRACE='enable=no')
        try:
            run = subprocess.run(
                ['valgrind', '--tool=callgrind', f'--callgrind-out-file={folder}/out', stripped],
                capture_output=True, text=True, timeout=SECONDS, env=environment, stdin=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired:
            fail(f'{PRODUCT} under valgrind did not end within {SECONDS} s')
        if run.returncode != 0:
            fail(f'{PRODUCT} under valgrind failed with {run.returncode}:\n{run.stdout}{run.stderr}')
        operations = int(re.search(r'^operations (\d+)$', run.stdout, re.MULTILINE).group(1))
        counts = {}
        for path in glob.glob(f'{folder}/out.*'):
            text = open(path).read()
            name = re.search(r'^desc: Trigger: Client Request: (.*)$', text, re.MULTILINE)
            total = re.search(r'^(?:totals|summary): (\d+)', text, re.MULTILINE)
            if name and total:
                counts[name.group(1)] = round(int(total.group(1)) / operations, 2)
        return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--update', action='store_true', help='write the baseline anew')
    arguments = parser.parse_args()
    if not shutil.which('valgrind'):
        fail('valgrind is needed to count instructions; on Debian: apt-get install valgrind', 69)
    counts = count(build())
    if not counts:
        fail('nothing was counted: valgrind/callgrind.h was not there when the program was built, or its output is new')
    here = {'compiler': compiler(), 'architecture': platform.machine()}
    if arguments.update:
        with open(BASELINE, 'w') as file:
            json.dump({**here, 'instructions': dict(sorted(counts.items()))}, file, indent=2)
            file.write('\n')
        print(f'wrote {os.path.relpath(BASELINE)}: {len(counts)} rows')
        return
    baseline = json.load(open(BASELINE))
    known = {key: baseline[key] for key in here}
    if known != here:
        print(f'nothing compared: the baseline is of {known}, this is {here}')
        return
    worse = []
    print(f'{"instructions of one operation":58} {"baseline":>9} {"now":>9}')
    for name in sorted(set(counts) | set(baseline['instructions'])):
        before, now = baseline['instructions'].get(name), counts.get(name)
        mark = ''
        if before is None:
            mark = 'new: run with --update'
        elif now is None:
            mark = 'gone: run with --update'
        elif now - before > max(before * RELATIVE_TOLERANCE, ABSOLUTE_TOLERANCE):
            mark = f'worse by {now - before:.2f}'
        elif before - now > max(before * RELATIVE_TOLERANCE, ABSOLUTE_TOLERANCE):
            print(f'{name:58} {before:9.2f} {now:9.2f}  better: keep it with --update')
            continue
        if mark:
            worse.append(name)
        print(f'{name:58} {before if before is not None else "-":>9} {now if now is not None else "-":>9}  {mark}'.rstrip())
    if worse:
        print(f'check-instructions: {len(worse)} rows are not what {os.path.relpath(BASELINE)} says', file=sys.stderr)
        sys.exit(2)


if __name__ == '__main__':
    main()
