"""Rows of the table: a figure, what it is compared with in the same run, and the goal."""
import json
import math
import statistics

# The goal of each row: ('ratio', most times the reference), ('over', most nanoseconds over the reference),
# ('most', most of the row's own unit) or ('allocations', most of them), several of which must hold together.
GOALS = {
    'kept counter inc': [('ratio', 1.15)],
    'kept gauge set': [('ratio', 1.5)],
    'kept histogram observe, 10 buckets': [('most', 8.0), ('ratio', 1.7)],
    'static call, no labels': [('over', 1.5)],
    'static call, 1 closed label': [('over', 3.0)],
    'static call, 2 closed labels': [('over', 3.0)],
    'static call, 3 closed labels': [('over', 3.0)],
    'static call, 1 open label of up to 15 bytes': [('most', 12.0)],
    'static call, 1 open label of 26 bytes': [('most', 20.0)],
    'static call, 3 open labels, short': [('most', 25.0)],
    'static call, open + closed + int label': [('most', 25.0)],
    # Time an update of two threads together against one thread alone: 1.8 times as much done is 1 / 1.8 of the time.
    'two threads on one series: counter': [('ratio', 1 / 1.8)],
    'two threads on one series: histogram': [('ratio', 1 / 1.8)],
    # Not moved: within what two quiet turns differ by.
    'p99.9 of an update during scrapes': [('ratio', 1.1)],
    'p99.9 of an update during 100 scrapes a second': [('ratio', 1.1)],
    'memory of a series': [('most', 200.0)],
    'collection of 64 files x 10 000 series, first': [('most', 60.0)],
    'collection of 64 files x 10 000 series, later': [('most', 25.0)],
    # A handful for the whole of it, none for a series.
    'text of 100 000 series, integral': [('most', 3.0), ('allocations', 16)],
    'text of 100 000 series, 17 digits': [('most', 6.0), ('allocations', 16)],
    'openMetrics beside text, 100 000 series, integral': [('ratio', 1.2)],
    'openMetrics beside text, 100 000 series, 17 digits': [('ratio', 1.2)],
    'endpoint: p99 of 64 files x 10 000 series, 8 workers update': [('most', 60.0)],
    'endpoint: p99 of 64 files x 10 000 series, 8 workers update, one session for all': [('most', 60.0)],
    'p99.9 of an update while the directory is scraped': [('ratio', 1.25)],
    'recording a request that is answered': [('most', 2.0)],
    'recording a request that fails': [('most', 2.0)],
    # Flat: within what two turns differ by.
    'a request with recording, last tenth': [('ratio', 1.1)],
    'validate 1 000 definitions, beyond process start': [('most', 30.0)],
    'generate 1 000 definitions': [('most', 60.0)],
    'generate 1 000 definitions, nothing changed': [('most', 30.0)],
    'generate 1 000 definitions, peak memory': [('most', 40.0)],
    'compile a generated metric, debug': [('most', 5.0)],
    'compile a generated metric, release': [('most', 8.0)],
    'start: time added': [('most', 3.0)],
    'start: memory added': [('most', 2.0)],
    'start: size added to a stripped release binary': [('most', 1.5)],
    'register 1 000 metrics': [('most', 5.0)],
}
# These goals hold where values live in files only.
GOALS_IN_FILES = {'a new series': [('most', 1500.0)]}


def goals(name):
    plain, _, place = name.rpartition(' (')
    plain = plain or name
    if name in GOALS:
        return GOALS[name]
    if place == 'files)' and plain in GOALS_IN_FILES:
        return GOALS_IN_FILES[plain]
    return GOALS.get(plain, [])


def row(section, name, value, unit, reference=None, reference_value=None, ratio=None, **more):
    """A finished row; `ratio` is that of single turns where there are any, else that of the two figures."""
    if ratio is None and reference_value:
        ratio = value / reference_value
    result = dict(section=section, name=name, value=value, unit=unit, reference=reference,
                  reference_value=reference_value, ratio=ratio, **more)
    wanted = goals(name)
    if wanted:
        result['goal'] = ' and '.join(_goal_text(kind, limit, unit) for kind, limit in wanted)
        misses = [miss for kind, limit in wanted if (miss := _miss(result, kind, limit))]
        result['verdict'] = 'missed: ' + ', '.join(misses) if misses else 'holds'
    return result


def beside(item, peer, value):
    """One more row with the figure of a row that stands beside a floor already, beside a peer; the goal is the first one's."""
    more = row(item['section'], f'{item["name"]} (beside {peer})', item['value'], item['unit'], peer, value,
               samples=item['samples'])
    return {key: value for key, value in more.items() if key not in ('goal', 'verdict')}


def _goal_text(kind, limit, unit):
    if kind == 'ratio':
        return f'<= {limit:.3g} x'
    if kind == 'allocations':
        return f'<= {limit} allocations'
    return f'<= {limit:g} {unit} over' if kind == 'over' else f'<= {limit:g} {unit}'


def _miss(result, kind, limit):
    if kind == 'ratio':
        actual, unit = result['ratio'], 'x'
    elif kind == 'allocations':
        # -1 where they cannot be counted.
        actual, unit = result.get('allocations', 0), 'allocations'
    elif kind == 'over':
        actual, unit = result['value'] - result['reference_value'], f'{result["unit"]} over'
    else:
        actual, unit = result['value'], result['unit']
    return f'{number(actual, up=True)} {unit}' if actual is None or actual > limit else None


def number(value, up=False):
    """Three digits. Rounded up where asked: a figure of which less is better is never made smaller."""
    if value is None:
        return '-'
    if value == 0:
        return '0'
    places = 0
    size = abs(value)
    while size < 100 and places < 4:
        size *= 10
        places += 1
    scale = 10 ** places
    if up:
        return f'{math.ceil(value * scale - 1e-9) / scale:.{places}f}'
    return f'{value:.{places}f}'


def spaced(count):
    """A count with blanks between thousands."""
    return f'{count:,}'.replace(',', ' ')


def from_samples(section, path, unmeasured):
    """Rows from the samples that the Swift benchmarks export: medians of all turns.

    Names of rows that have no samples are appended to `unmeasured`.
    """
    with open(path) as file:
        elements = json.load(file)
    result = []
    for element in elements:
        # Metrics of other rows stand in an element that has none of its own.
        key = element['benchmark'].split('.', 3)[3]
        figures, name = {}, key.replace('_', ' ')
        for metric, value in element['secondaryMetrics'].items():
            owner, _, figure = metric.rpartition('|')
            if owner.replace(' ', '_') == key:
                name = owner
                figures[figure] = sum(value['rawData'], [])

        def median(figure):
            samples = figures.get(figure)
            return statistics.median(samples) / 1000 if samples else None

        value, reference_value, ratio = (median(m) for m in ('subject ns/1000', 'reference ns/1000', 'ratio/1000'))
        if figures.get('bytes/1000'):
            result.append(row(section, name, median('bytes/1000'), 'B', samples=len(figures['bytes/1000'])))
        elif value is None:
            unmeasured.append(name)
        else:
            unit, divisor = ('ms', 1e6) if not _is_single(section, name) else ('ns', 1.0)
            allocations = figures.get('allocations')
            result.append(row(
                section, name, value / divisor, unit, reference(name), reference_value / divisor, ratio,
                samples=len(figures['subject ns/1000']), allocations=max(allocations) if allocations else None))
    return sorted(result, key=_order)


def _is_single(section, name):
    """Whether a row is about one operation, in nanoseconds."""
    return (section == 'hot path' and not name.startswith('register')) or 'finding' in name or 'updating' in name


def _order(item):
    """The order of the goals; what has none stands last."""
    plain = item['name'].rpartition(' (')[0] or item['name']
    names = list(GOALS) + list(GOALS_IN_FILES)
    known = plain if plain in names else item['name']
    return (names.index(known) if known in names else len(names), item['name'])


def reference(name):
    """What the Swift benchmarks compare a row with."""
    if name.startswith('kept counter'):
        return 'bare atomic add'
    if name.startswith('kept histogram'):
        return 'kept counter'
    if name.startswith('kept'):
        return 'plain store'
    if name.startswith('static call'):
        return 'kept children'
    if name.startswith('two threads') or 'updating' in name:
        return 'one thread'
    if 'beside a bare add' in name:
        return 'bare atomic add, its cell read as often'
    if name.startswith('p99.9'):
        return 'no scrapes'
    if name.startswith('a new series'):
        return 'copying its bytes'
    if 'collection' in name:
        return 'pread of the bytes'
    if name.startswith('openMetrics beside'):
        return 'text 0.0.4'
    if name.startswith('first'):
        return 'all of it'
    if 'text' in name or 'of 100 000 series' in name:
        return 'copying the text'
    return 'Dictionary'


def table(rows):
    """The rows as Markdown."""
    lines = ['| row | figure | beside | that | ratio | allocations | goal | |', '| --- | ---: | --- | ---: | ---: | ---: | --- | --- |']
    for item in rows:
        unit = item['unit']
        allocations = item.get('allocations')
        lines.append('| ' + ' | '.join([
            item['name'],
            f'{number(item["value"], up=True)} {unit}',
            item['reference'] or '',
            f'{number(item["reference_value"])} {unit}' if item['reference_value'] is not None else '',
            number(item['ratio'], up=True) if item['ratio'] is not None else '',
            '' if allocations is None else f'{allocations:.0f}',
            item.get('goal', ''),
            item.get('verdict', ''),
        ]) + ' |')
    return '\n'.join(lines)
