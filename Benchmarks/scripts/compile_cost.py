"""What compiling generated code costs, by number of metrics: processor time a metric, and the compiler's memory."""
import glob
import os
import subprocess

from generator import run_measured, write_definitions
from rows import row, spaced


def flags(build):
    """How to compile against the runtime as it was built for the benchmarks."""
    result = ['-I', os.path.join(build, 'Modules'), '-swift-version', '6', '-parse-as-library', '-package-name', 'x']
    package = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(build))), 'Sources', 'CMetricsSupport')
    result += ['-Xcc', f'-I{package}/include']
    for modulemap in glob.glob(os.path.join(build, 'CMetricsSupport.build', 'module.modulemap')):
        result += ['-Xcc', f'-fmodule-map-file={modulemap}']
    return result


def compile_sources(sources, build, folder, mode):
    command = ['swiftc', '-module-name', 'Generated', *flags(build), '-emit-module',
               '-emit-module-path', os.path.join(folder, 'Generated.swiftmodule')]
    if mode == 'release':
        command += ['-O', '-wmo', '-c', '-o', os.path.join(folder, 'generated.o')]
    else:
        command += ['-Onone', '-enable-batch-mode', '-j2', '-c']
    # In the folder, because objects of several files have no -o.
    here = os.getcwd()
    os.chdir(folder)
    try:
        return run_measured(command + sources)
    finally:
        os.chdir(here)


def measure(generator, build, folder, sizes=(100, 500, 1000, 2000)):
    rows = []
    for mode in ('debug', 'release'):
        nothing = os.path.join(folder, f'nothing-{mode}')
        os.makedirs(nothing, exist_ok=True)
        with open(os.path.join(nothing, 'nothing.swift'), 'w') as file:
            file.write('public import MetricsRuntime\npublic struct Nothing {}\n')
        base, base_memory = compile_sources([os.path.join(nothing, 'nothing.swift')], build, nothing, mode)
        for size in sizes:
            source, output = (os.path.join(folder, f'{kind}-{mode}-{size}') for kind in ('definitions', 'generated'))
            write_definitions(source, size)
            subprocess.run([generator, 'generate', '--definitions', source, '--output', output], check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            seconds, memory = compile_sources(sorted(glob.glob(os.path.join(output, '*.swift'))), build, output, mode)
            name = f'compile a generated metric, {mode}'
            if size != 1000:
                name += f', one of {spaced(size)}'
            rows.append(row('compile', name, (seconds - base) * 1000 / size, 'ms',
                            'a file without metrics, whole', base * 1000, ratio=seconds / base, samples=1, size=size,
                            mode=mode))
            # What wait4 says is at least the memory of this script: only figures well over it mean the compiler.
            rows.append(row('compile', f'compiler memory, {mode}, {spaced(size)} metrics', memory, 'MiB',
                            'a file without metrics', base_memory, samples=1))
    return rows
