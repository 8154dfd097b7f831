"""What clients that behave badly cost the others: the faults that the tests judge by order and count, with their times."""
import os
import socket
import statistics
import threading
import time

from rows import row

STALLED, AT_ONCE, HOSTILE, GONE = 200, 100, 100, 1000
SCRAPE = b'GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'
ACCEPT = ', '.join(f'text/x{number};q=0.{number % 10}' for number in range(800))


def connect(server):
    return socket.create_connection(('127.0.0.1', server.port), timeout=60)


def answer_time(server, request):
    """Milliseconds until the first bytes of the answer to a request, and its status."""
    with connect(server) as client:
        start = time.perf_counter()
        client.sendall(request)
        answer = client.recv(4096)
        return (time.perf_counter() - start) * 1000, int(answer.split()[1]) if answer else 0


def descriptors(server):
    return len(os.listdir(f'/proc/{server.process.pid}/fd'))


def measure(server):
    def median_scrape(count=20):
        return statistics.median(server.scrape()[1] for _ in range(count))

    quiet = median_scrape()
    result = []

    def add(name, value, unit, reference, reference_value, samples):
        result.append(row('endpoint', name, value, unit, reference, reference_value, samples=samples))

    # Heads that never end, and bodies that nobody reads.
    stalled = [connect(server) for _ in range(STALLED)]
    for number, client in enumerate(stalled):
        client.sendall(b'GET /metrics HTTP/1.1\r\nHost: a\r\n' + (b'\r\n' if number < 4 else b''))
    add(f'endpoint: a scrape beside {STALLED} stalled clients', median_scrape(), 'ms', 'without them', quiet, 20)
    for client in stalled:
        client.close()

    times, statuses = [], []

    def scrape():
        took, status = answer_time(server, SCRAPE)
        times.append(took)
        statuses.append(status)

    threads = [threading.Thread(target=scrape) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [took for took, status in zip(times, statuses) if status == 503]
    add(f'endpoint: {AT_ONCE} scrapes at once, the last answer begins', max(times), 'ms', 'one scrape', quiet, AT_ONCE)
    if refused:
        add(f'endpoint: {AT_ONCE} scrapes at once, 503', statistics.median(refused), 'ms', 'one scrape', quiet,
            len(refused))

    healthy = b'GET /-/healthy HTTP/1.1\r\nHost: a\r\n\r\n'
    plain = statistics.median(answer_time(server, healthy)[0] for _ in range(HOSTILE))
    hostile = {
        'head of 128 KiB': b'GET / HTTP/1.1\r\nHost: a\r\nX: ' + b'x' * 131_072 + b'\r\n\r\n',
        'target of 70 000 bytes': b'GET /' + b'x' * 70_000 + b' HTTP/1.1\r\nHost: a\r\n\r\n',
        'length and chunks at once':
            b'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    }
    for name, request in hostile.items():
        measured = [answer_time(server, request) for _ in range(HOSTILE)]
        if not all(400 <= status < 500 for _, status in measured):
            raise RuntimeError(f'{name}: {sorted({status for _, status in measured})}')
        add(f'endpoint: refusing a {name}', statistics.median(took for took, _ in measured), 'ms', '/-/healthy', plain,
            HOSTILE)

    accept = statistics.median(server.scrape({'Accept': ACCEPT})[1] for _ in range(20))
    add(f'endpoint: a scrape with an Accept of {len(ACCEPT) // 1024} KiB', accept, 'ms', 'a scrape', median_scrape(), 20)

    before, start = descriptors(server), time.perf_counter()
    for _ in range(GONE):
        with connect(server) as client:
            client.sendall(b'GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n')
    took = (time.perf_counter() - start) * 1000 / GONE
    deadline = time.monotonic() + 10
    while descriptors(server) > before and time.monotonic() < deadline:
        time.sleep(0.05)
    left = descriptors(server) - before
    # A collection whose client left goes on to its end, and has one of the few places until then.
    while answer_time(server, SCRAPE)[1] == 503 and time.monotonic() < deadline:
        time.sleep(0.05)
    add(f'endpoint: {GONE} clients that leave, each', took, 'ms', 'a scrape', quiet, GONE)
    add(f'endpoint: descriptors left by {GONE} clients that left', max(0, left), '', None, None, GONE)
    add('endpoint: a scrape after all that', median_scrape(), 'ms', 'before', quiet, 20)
    return result
