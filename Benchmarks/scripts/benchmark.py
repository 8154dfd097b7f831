#!/usr/bin/env python3
"""Runs the benchmarks: prints a table and writes JSON and charts.

Every row stands beside a floor or a peer that was measured in the same run, in turns where that is possible, and in
processor time: what other programs do on the machine touches both. A peer that is not installed is said to be absent.

    scripts/benchmark.py [SECTION...]    all sections by default: hot-path scrape endpoint requests generator compile start
                                         growth
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

import charts
import client_golang
import compile_cost
import endpoint
import generator
import machine
import request_cost
import rows
import start_cost

PACKAGE = machine.PACKAGE
SECTIONS = ['hot-path', 'scrape', 'endpoint', 'requests', 'generator', 'compile', 'start', 'growth']


def python_with(module):
    """A Python that has a module, or None."""
    candidates = [os.environ.get('METRICS_PYTHON'), os.path.join(PACKAGE, '.venv/bin/python3'),
                  os.path.join(os.path.dirname(PACKAGE), '.venv/bin/python3'), shutil.which('python3')]
    for candidate in candidates:
        if candidate and os.path.exists(candidate):
            if subprocess.run([candidate, '-c', f'import {module}'], capture_output=True).returncode == 0:
                return candidate
    return None


def swift_samples(target, output, folder, *selection):
    """Runs the benchmarks of a target; the path of the file with all samples."""
    command = ['swift', 'package', '--allow-writing-to-package-directory', 'benchmark', '--target', target, '--format',
               'jmh', '--path', output, '--no-progress', *selection]
    environment = dict(os.environ, METRICS_BENCHMARK_FOLDER=folder)
    before = set(os.listdir(output))
    subprocess.run(command, cwd=PACKAGE, env=environment, check=True, stdout=sys.stderr)
    made = [name for name in os.listdir(output) if name.endswith('.jmh.json')]
    newest = max(made, key=lambda name: (name not in before, os.path.getmtime(os.path.join(output, name))))
    path = os.path.join(output, f'{target}-{"-".join(selection).strip("-.*") or "all"}.json')
    os.replace(os.path.join(output, newest), path)
    return path


def add_python_scrape(result, folder, absent):
    """Rows beside Python's client, for rows that stand beside a floor already."""
    python = python_with('prometheus_client')
    if not python:
        absent.append('prometheus_client')
        return
    script = os.path.join(PACKAGE, 'scripts', 'python_scrape.py')

    def seconds(*arguments):
        run = subprocess.run([python, script, *arguments], capture_output=True, text=True, check=True)
        return statistics.median(json.loads(run.stdout)) * 1000

    collection = seconds('collect', os.path.join(folder, 'scrape-64x10000'), '3')
    text = seconds('text', '100000', '3')
    for item in list(result):
        if item['section'] != 'scrape':
            continue
        peer, value = ("Python's collector", collection) if 'collection' in item['name'] else ('generate_latest', text)
        result.insert(result.index(item) + 1, rows.beside(item, peer, value))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('sections', nargs='*', metavar='SECTION', help=' '.join(SECTIONS))
    parser.add_argument('--output', default=os.path.join(PACKAGE, '.results'), help='folder of what is written')
    parser.add_argument('--generator', help='a release build of metrics-generator; built where none is given')
    parser.add_argument('--charts', default=os.path.join(PACKAGE, '..', 'Documentation', 'Performance'))
    arguments = parser.parse_args()
    sections = arguments.sections or SECTIONS
    for section in sections:
        if section not in SECTIONS:
            parser.error(f'no section {section}; there are {" ".join(SECTIONS)}')
    output = os.path.abspath(arguments.output)
    os.makedirs(output, exist_ok=True)
    result, absent, unmeasured, described = [], [], [], machine.describe()
    tool = arguments.generator and os.path.abspath(arguments.generator)
    if not tool and {'generator', 'compile'} & set(sections):
        tool = build(os.path.dirname(PACKAGE), 'metrics-generator')
    with tempfile.TemporaryDirectory() as folder:
        if 'hot-path' in sections:
            samples = swift_samples('HotPathBenchmarks', output, folder, '--skip', 'growth.*')
            result += rows.from_samples('hot path', samples, unmeasured)
        if 'scrape' in sections:
            samples = swift_samples('ScrapeBenchmarks', output, folder, '--skip', 'growth.*')
            result += rows.from_samples('scrape', samples, unmeasured)
            add_python_scrape(result, folder, absent)
        golang = client_golang.programs(folder, absent) if {'hot-path', 'scrape', 'start'} & set(sections) else None
        if golang and {'hot-path', 'scrape'} & set(sections):
            client_golang.add(result, golang)
        if 'endpoint' in sections:
            exporter = build(os.path.dirname(PACKAGE), 'metrics-exporter')
            result += endpoint.measure(exporter, build(PACKAGE, 'endpoint-load'), folder)
        if 'requests' in sections:
            result += request_cost.measure(*servers(folder), folder, absent)
        if 'growth' in sections:
            for target in ('ScrapeBenchmarks', 'HotPathBenchmarks'):
                samples = swift_samples(target, output, folder, '--filter', 'growth.*')
                result += rows.from_samples('growth', samples, unmeasured)
        if 'generator' in sections:
            made = generator.measure(tool, folder, python_with('glean_parser'), absent)
            result += made
            for item in made:
                words = item['name'].split(' definitions')
                if item['unit'] == 'ms' and not words[1]:
                    size = words[0].removeprefix('generate ').replace(' ', '')
                    result.append(dict(item, section='growth', name=f'growth: generator, {size} definitions',
                                       reference=None, reference_value=None, ratio=None, goal='', verdict=''))
        if 'compile' in sections:
            result += compile_cost.measure(tool, os.path.dirname(build(PACKAGE, 'start-runtime')), folder)
        if 'start' in sections:
            for product in ('start-empty', 'start-dictionaries'):
                build(PACKAGE, product)
            result += start_cost.measure(os.path.dirname(build(PACKAGE, 'start-runtime')), folder, golang)
    order = {section.replace('-', ' '): number for number, section in enumerate(SECTIONS)}
    result.sort(key=lambda item: order[item['section']])
    described['load_at_end'] = [round(value, 1) for value in os.getloadavg()]
    path = os.path.join(output, 'results.json')
    with open(path, 'w') as file:
        json.dump({'machine': described, 'absent': absent, 'unmeasured': unmeasured, 'rows': result}, file, indent=2)
    report(result, described, absent, unmeasured, arguments.charts)
    print(f'\nwritten: {path}')


def servers(folder):
    """The example server in release, and the same without what a request records."""
    bare = os.path.join(folder, 'PreforkServer-without-recording')
    environment = dict(os.environ, PREFORK_WITHOUT_RECORDING='1')
    shutil.copy(build(os.path.dirname(PACKAGE), 'PreforkServer', environment), bare)
    return build(os.path.dirname(PACKAGE), 'PreforkServer'), bare


def build(package, product, environment=None):
    """Builds a product in release; where it is."""
    command = ['swift', 'build', '-c', 'release', '--product', product]
    subprocess.run(command, cwd=package, env=environment, check=True, stdout=sys.stderr)
    shown = subprocess.run(command[:4] + ['--show-bin-path'], cwd=package, check=True, capture_output=True, text=True)
    return os.path.join(shown.stdout.strip(), product)


def report(result, described, absent, unmeasured, folder):
    print(f'{described["processor"]}, {described["processors"]} processors, {described["memory_gib"]} GiB, '
          f'{described["system"]}, Swift {described["swift"]}, commit {described["commit"]}; load {described["load"]} at '
          f'the start, {described["load_at_end"]} at the end')
    for name in absent:
        print(f'absent: {name}')
    for name in unmeasured:
        print(f'not measured, since no turn was undisturbed or something failed: {name}')
    sections = dict.fromkeys(item['section'] for item in result)
    for section in sections:
        if section == 'growth':
            print(f'\n## growth\n\n{charts.write(result, folder)}')
        else:
            print(f'\n## {section}\n\n' + rows.table([item for item in result if item['section'] == section]))


if __name__ == '__main__':
    main()
