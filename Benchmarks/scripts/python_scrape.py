"""Python's client at the work of a scrape. Prints JSON: seconds of processor time.

    python_scrape.py collect DIRECTORY TURNS    its collector over a directory
    python_scrape.py text SERIES TURNS          generate_latest over a counter with so many series
"""
import json
import sys
import time

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

work, subject, turns = sys.argv[1], sys.argv[2], int(sys.argv[3])
times = []
if work == 'collect':
    collector = MultiProcessCollector(CollectorRegistry(), path=subject)
    action = collector.collect
else:
    registry = CollectorRegistry()
    counter = Counter('bench_http_requests', 'Number of HTTP requests handled by app.', ['method', 'path', 'code'],
                      registry=registry)
    for index in range(int(subject)):
        counter.labels('GET' if index % 2 == 0 else 'POST', f'/api/v1/item/{index // 2}', '200').inc(index * 7919 % 1000003)

    def action():
        return generate_latest(registry)
for _ in range(turns):
    start = time.process_time()
    list(action())
    times.append(time.process_time() - start)
print(json.dumps(times))
