"""gunicorn as it is, but for the hooks that Python's client asks for."""

# Here and not in the hook, which runs in a handler of a signal: two workers that end at a time would import it twice.
from prometheus_client import multiprocess

bind = "127.0.0.1:0"
workers = 2
worker_class = "gthread"
threads = 4
keepalive = 30
graceful_timeout = 10


def post_worker_init(worker):
    from fleet_metrics import BUILD_INFO, PRICE_LIST_VERSION, TILL, WORKER_START_TIMESTAMP, WORKERS

    WORKERS.set(1, runtime="python")
    WORKER_START_TIMESTAMP.labels(runtime="python").set_to_current_time()
    BUILD_INFO.set(runtime="python", version="1.0")
    PRICE_LIST_VERSION.set(7)
    TILL.set(1, runtime="python", fleet_till="open")
    TILL.set(0, runtime="python", fleet_till="closed")


def child_exit(server, worker):
    multiprocess.mark_process_dead(worker.pid)
