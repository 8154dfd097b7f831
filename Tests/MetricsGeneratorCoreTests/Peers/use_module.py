"""Uses the modules that the tests generate, with the real prometheus_client, as Python workers would."""

import os

os.makedirs(os.environ["PROMETHEUS_MULTIPROC_DIR"])

from prometheus_client import CollectorRegistry, generate_latest, multiprocess

import bound_metrics
import generated_metrics as metrics
import named_metrics as named
import odd_metrics
import seed_metrics
from seed_metrics import MASTER_WORKER_RESTARTS, WORKER_CPU, WORKER_MEMORY, WORKER_REQUESTS, WorkerErrorHandling


def sample(name, **labels):
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    return registry.get_sample_value(name, labels)


def refused(function, error, text):
    try:
        function()
    except error as failure:
        assert text in str(failure), failure
    else:
        raise AssertionError("not refused: " + text)


# Importing makes nothing.
assert not os.listdir(os.environ["PROMETHEUS_MULTIPROC_DIR"])
pid = str(os.getpid())

# The page of the original, line by line.
WORKER_REQUESTS.labels(worker_id="w1").inc()
WORKER_MEMORY.labels(worker_id="w1").set(1024 * 1024 * 100)
MASTER_WORKER_RESTARTS.labels(reason="timeout").inc()
WorkerErrorHandling.inc(worker_id=7, method="BREW", endpoint="/", error_type="TimeoutError")
seed_metrics.WorkerRequestDuration.observe(0.3, worker_id="w1")
WORKER_CPU.set(12.5, worker_id="w1")
assert sample("gunicorn_worker_requests_total", worker_id="w1") == 1
assert sample("gunicorn_worker_memory_bytes", worker_id="w1", pid=pid) == 104857600
assert sample("gunicorn_master_worker_restart_total", reason="timeout") == 1
assert (
    sample("gunicorn_worker_error_handling_total", worker_id="7", method="OTHER", endpoint="/", error_type="TimeoutError")
    == 1
)
assert sample("gunicorn_worker_request_duration_seconds_bucket", worker_id="w1", le="0.5") == 1
assert seed_metrics.WorkerRequests.labelnames == ["worker_id"]
assert len([name for name in vars(seed_metrics) if name.startswith(("WORKER_", "MASTER_"))]) == 14

# Every type.
metrics.DepotRequests.inc(2, method="GET", path="/a", cached=True, status=200)
metrics.DepotRequests.inc(method="GET", path="/b", cached=False, status=200)
metrics.DepotRequests.inc(method="GET", path="/c", cached=False, status=200)
assert sample("depot_requests_total", method="GET", path="/a", cached="true", status="200") == 2
assert sample("depot_requests_total", method="GET", path="__overflow__", cached="false", status="200") == 1
metrics.Temperature.set(20, zone="N-1")
assert sample("depot_temperature_celsius", zone="N-1", building="7", pid=pid) == 20
refused(lambda: metrics.Temperature.set(20, zone="east"), ValueError, "zone cannot be 'east'; it is one of N-1, S 1")
refused(lambda: metrics.Temperature.set(20, zoen="N-1"), ValueError, "the labels are zone, not zoen")
refused(lambda: metrics.Visits.set(2), AttributeError, "set")
metrics.Visits.inc()
assert sample("depot_visits_total") == 1
metrics.Workers.inc()
metrics.Workers.dec(3)
assert sample("depot_workers") == -2
metrics.LastAuditTimestamp.set(5, zone="N-1")
assert sample("depot_last_audit_timestamp_seconds", zone="N-1") == 5
with metrics.Pick.time(worker_id="1"):
    pass
assert sample("depot_pick_seconds_count", worker_id="1") == 1
metrics.Wait.observe(2, gate=3)
assert sample("depot_wait_seconds_sum", gate="3") == 2
metrics.BuildInfoOfDepot.set(version="1")
assert sample("depot_build_info", version="1") == 1
metrics.DepotDoor.set(1, zone="N-1", room="7", depot_door="open")
assert sample("depot_door", zone="N-1", room="7", depot_door="open") == 1
metrics.Meter.set(-4, serial="x")
assert sample("depot_meter", serial="x", pid=pid) == -4

# Labels that are called as parameters of functions, in another order than the definition's.
odd = {name: name.upper() for name in reversed(odd_metrics.Jobs.labelnames)}
assert {"cls", "self"} <= set(odd)
odd_metrics.Jobs.inc(2, **odd)
odd_metrics.Jobs.labels(**odd).inc()
odd_metrics.Depth.set(5, **odd)
odd_metrics.Depth.dec(**odd)
odd_metrics.Wait.observe(0.5, **odd)
with odd_metrics.Wait.time(**odd):
    pass

# The bounds: a label folds alone, past max_series all open labels do, closed ones stay; series that are there go on.
for a in range(5):
    for b in range(5):
        bound_metrics.Jobs.inc(a=f"a{a}", b=b, way="y")
for b in range(5):
    bound_metrics.Jobs.inc(a="a0", b=b, way="y")
bound_metrics.Jobs.inc(a="__overflow__", b="__overflow__", way="x")
assert sample("bound_jobs_total", a="a0", b="4", way="y") == 2
assert sample("bound_jobs_total", a="a1", b="0", way="y") == 1
assert sample("bound_jobs_total", a="a1", b="1", way="y") is None
assert sample("bound_jobs_total", a="__overflow__", b="__overflow__", way="y") == 19
assert sample("bound_jobs_total", a="__overflow__", b="__overflow__", way="x") == 1
assert sample("metrics_series_folded_total", metric="bound_jobs_total") == 19
for path in range(5):
    bound_metrics.Hits.inc(path=path, code="x" if path else "y")
assert sample("bound_hits_total", path="1", code="x") == 1
assert sample("bound_hits_total", path="__overflow__", code="x") == 3
assert sample("metrics_series_folded_total", metric="bound_hits_total") == 3
for way in "xyx":
    bound_metrics.Ways.inc(way=way)
assert sample("bound_ways_total", way="x") == 2 and sample("bound_ways_total", way="y") == 1

# A value of a series that is refused takes no place.
for path in ("a", "b", "c"):
    refused(lambda: bound_metrics.Visits.inc(path=path, way="east"), ValueError, "way cannot be")
bound_metrics.Visits.inc(path="d", way="x")
assert sample("bound_visits_total", path="d", way="x") == 1

# Classes that are called as something of Python's, and those whose constants would be one.
refused(lambda: named.VALUE_ERROR.inc(kind="b"), ValueError, "kind cannot be 'b'; it is one of a")
assert named.COLLECTOR_REGISTRY is named.CollectorRegistry_ and named.NONE is named.None_
assert named.URLHits.name != named.UrlHits.name and not hasattr(named, "URL_HITS")
assert named.AB.name == "named_a_b_total" and named.Ab.name == "named_ab_total"

registry = CollectorRegistry()
multiprocess.MultiProcessCollector(registry)
assert registry.get_sample_value("odd_jobs_total", odd | {"team": "x"}) == 3
assert registry.get_sample_value("odd_depth", odd) == 4
assert registry.get_sample_value("odd_wait_seconds_count", odd) == 2
assert b"depot_visits_total" in generate_latest(metrics.get_shared_registry())
