"""Growth: exponents, and charts as SVG, of the rows named `growth: WHAT, SIZE UNIT`."""
import math
import os
import re
import sys
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 560, 340, 70, 50, 40, 20


def series(rows):
    """Points (size, value in the row's unit, value of the reference) by what grows."""
    grown = {}
    for item in rows:
        found = re.fullmatch(r'growth: (.*), (\d+) (\w+)', item['name'])
        if found:
            key = (found.group(1), found.group(3), item['unit'], item['reference'])
            grown.setdefault(key, []).append((int(found.group(2)), item['value'], item['reference_value']))
    return {key: sorted(points) for key, points in grown.items()}


def exponent(points, which=1):
    """The slope over the larger half of the sizes: what is fixed weighs on the smaller ones."""
    tail = [(math.log(point[0]), math.log(point[which])) for point in points[len(points) // 2:] if point[which]]
    if len(tail) < 2:
        return None
    mean_x = sum(x for x, _ in tail) / len(tail)
    mean_y = sum(y for _, y in tail) / len(tail)
    return sum((x - mean_x) * (y - mean_y) for x, y in tail) / sum((x - mean_x) ** 2 for x, _ in tail)


def chart(title, unit, value_unit, reference, points):
    """One chart with logarithmic axes: what grows, and what it is compared with."""
    values = [value for _, value, other in points for value in (value, other) if value and value > 0]
    low_x, high_x = 0, max(1, math.ceil(math.log10(points[-1][0])))
    low_y, high_y = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    high_y = max(high_y, low_y + 1)

    def x(size):
        return LEFT + (math.log10(size) - low_x) / (high_x - low_x) * (WIDTH - LEFT - RIGHT)

    def y(value):
        return HEIGHT - BOTTOM - (math.log10(value) - low_y) / (high_y - low_y) * (HEIGHT - BOTTOM - TOP)

    def line(which, colour):
        kept = [(x(point[0]), y(point[which])) for point in points if point[which] and point[which] > 0]
        path = ' '.join(f'{a:.1f},{b:.1f}' for a, b in kept)
        dots = ''.join(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>' for a, b in kept)
        return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>{dots}'

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" '
             'font-size="12">', f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
             f'<text x="{LEFT}" y="20" font-size="14">{escape(title)}</text>']
    for power in range(low_x, high_x + 1):
        at = x(10 ** power)
        parts.append(f'<line x1="{at:.1f}" y1="{TOP}" x2="{at:.1f}" y2="{HEIGHT - BOTTOM}" stroke="#ddd"/>')
        parts.append(f'<text x="{at:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{10 ** power:,}</text>')
    for power in range(low_y, high_y + 1):
        at = y(10.0 ** power)
        parts.append(f'<line x1="{LEFT}" y1="{at:.1f}" x2="{WIDTH - RIGHT}" y2="{at:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{10.0 ** power:g} {value_unit}</text>')
    parts.append(line(1, '#1f5fbf'))
    if reference:
        parts.append(line(2, '#999999'))
    slope = exponent(points)
    grows = f' (grows as n^{slope:.2f})' if slope is not None else ''
    beside = f'; grey: {reference}' if reference else ''
    parts.append(f'<text x="{LEFT}" y="{HEIGHT - 12}">{escape(unit)}; blue: this package{grows}{escape(beside)}</text>')
    parts.append('</svg>')
    return '\n'.join(parts) + '\n'


def write(rows, folder):
    """Writes all charts, and gives the lines of a table of exponents."""
    os.makedirs(folder, exist_ok=True)
    lines = ['| what grows | sizes | exponent | beside | its exponent |', '| --- | --- | ---: | --- | ---: |']
    for (what, unit, value_unit, reference), points in sorted(series(rows).items()):
        name = re.sub(r'[^a-z0-9]+', '-', what.lower()).strip('-') + '.svg'
        with open(os.path.join(folder, name), 'w') as file:
            file.write(chart(what, unit, value_unit, reference, points))
        slopes = ['' if slope is None else f'{slope:.2f}' for slope in (exponent(points), exponent(points, 2))]
        lines.append(f'| [{what}]({os.path.basename(folder)}/{name}) | {points[0][0]:,} to {points[-1][0]:,} {unit} '
                     f'| {slopes[0]} | {reference or ""} | {slopes[1]} |')
    return '\n'.join(lines)


if __name__ == '__main__':
    import json

    with open(sys.argv[1]) as source:
        print(write(json.load(source)['rows'], sys.argv[2]))
