"""The Python half of the fleet: the same answers, and the same metrics, as Worker/ in Swift."""

import threading
import time

from fleet_metrics import LARGEST_ORDER, ORDER_SIZE, REQUEST_DURATION, REQUESTS

_largest = 0
_largest_lock = threading.Lock()


def _route(path):
    first = path.strip("/").split("/")[0]
    return {"orders": "/orders/{id}", "returns": "/returns/{id}"}.get(first, "unmatched")


def app(environ, start_response):
    start = time.perf_counter()
    size = len(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
    outcome = "accepted" if size else "refused"
    route = _route(environ["PATH_INFO"])

    # Before the answer: what a client has seen answered is counted, even where the worker is killed a moment later.
    REQUESTS.inc(runtime="python", route=route, outcome=outcome)
    REQUEST_DURATION.observe(time.perf_counter() - start, runtime="python", route=route)
    ORDER_SIZE.observe(size, runtime="python")
    global _largest
    with _largest_lock:
        if size > _largest:
            _largest = size
            LARGEST_ORDER.set(size, runtime="python")

    body = (outcome + "\n").encode()
    status = "200 OK" if size else "422 Unprocessable Entity"
    start_response(status, [("Content-Length", str(len(body)))])
    return [body]
