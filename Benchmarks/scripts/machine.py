"""What the figures were measured on."""
import os
import platform
import re
import subprocess

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def _first(path, pattern):
    try:
        with open(path) as file:
            found = re.search(pattern, file.read(), re.MULTILINE)
            return found.group(1).strip() if found else None
    except OSError:
        return None


def _output(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, cwd=PACKAGE).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def describe():
    swift = _output('swift', '--version') or ''
    found = re.search(r'Swift version ([0-9.]+)', swift)
    return {
        'processor': _first('/proc/cpuinfo', r'^model name\s*:\s*(.*)$') or platform.processor() or platform.machine(),
        'processors': os.cpu_count(),
        'memory_gib': round(int(_first('/proc/meminfo', r'^MemTotal:\s*(\d+)') or 0) / 1024 / 1024, 1),
        'system': f'{platform.system()} {platform.machine()}',
        'swift': found.group(1) if found else None,
        'commit': _output('git', 'rev-parse', '--short', 'HEAD'),
        'load': [round(value, 1) for value in os.getloadavg()],
    }
