"""Measures what one request costs with metrics in Redis; see compare-redis-cost."""

import http.client
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time

requests = int(sys.argv[1])
probe = os.path.abspath(sys.argv[2])


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(port, process):
    for _ in range(3000):
        if process.poll() is not None:
            sys.exit(f"{process.args} ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.01)
    sys.exit(f"nothing listens on port {port}")


def commands(port):
    """How many commands Redis has processed; this question is one of them."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"INFO stats\r\n")
        answer = b""
        while b"total_commands_processed:" not in answer or not answer.endswith(b"\r\n"):
            answer += connection.recv(65536)
    line = next(line for line in answer.split(b"\r\n") if line.startswith(b"total_commands_processed:"))
    return int(line.split(b":")[1])


def gunicorn(folder, redis_port, with_metrics):
    """The median of a request's microseconds, and commands a request."""
    port, metrics_port = free_port(), free_port()
    with open(os.path.join(folder, "app.py"), "w") as file:
        file.write(
            "def app(environ, start_response):\n"
            "    start_response('200 OK', [('Content-Length', '2')])\n"
            "    return [b'ok']\n"
        )
    with open(os.path.join(folder, "conf.py"), "w") as file:
        file.write(f"bind = '127.0.0.1:{port}'\nworkers = 1\nloglevel = 'critical'\n")
        if with_metrics:
            file.write(
                "from gunicorn_prometheus_exporter.hooks import *\n"
                "worker_class = 'gunicorn_prometheus_exporter.PrometheusWorker'\n"
                "when_ready = redis_when_ready\n"
                "post_fork = default_post_fork\n"
            )
    environment = dict(
        os.environ,
        PROMETHEUS_MULTIPROC_DIR=os.path.join(folder, "multiproc"),
        PROMETHEUS_METRICS_PORT=str(metrics_port),
        PROMETHEUS_BIND_ADDRESS="127.0.0.1",
        GUNICORN_WORKERS="1",
        REDIS_ENABLED="true" if with_metrics else "false",
        REDIS_HOST="127.0.0.1",
        REDIS_PORT=str(redis_port),
    )
    os.makedirs(environment["PROMETHEUS_MULTIPROC_DIR"], exist_ok=True)
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "conf.py", "app:app"],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, server)

        def request():
            start = time.perf_counter()
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/")
            connection.getresponse().read()
            connection.close()
            return time.perf_counter() - start

        for _ in range(20):
            request()
        before = commands(redis_port)
        times = [request() for _ in range(requests)]
        return statistics.median(times) * 1e6, (commands(redis_port) - before - 1) / requests
    finally:
        server.terminate()
        server.wait()


with tempfile.TemporaryDirectory() as folder:
    redis_port = free_port()
    redis = subprocess.Popen(
        ["redis-server", "--port", str(redis_port), "--bind", "127.0.0.1", "--save", "", "--dir", folder],
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(redis_port, redis)
        print(f"machine: {os.cpu_count()} cores, {platform.platform()}, {requests} requests")
        if requests:
            plain, _ = gunicorn(folder, redis_port, False)
            measured, round_trips = gunicorn(folder, redis_port, True)
            print(f"gunicorn-prometheus-exporter 0.2.4: {round_trips:.1f} round trips a request, "
                  f"{measured - plain:.0f} microseconds a request (median {measured:.0f}, without it {plain:.0f})")
        # Accepts connections, as the system does by itself, and never answers.
        silent = socket.create_server(("127.0.0.1", 0))
        many = 3_000_000
        before = commands(redis_port)
        output = subprocess.run(
            [probe, "cost", str(many), "Redis answers", f"redis://127.0.0.1:{redis_port}",
             "Redis hangs", f"redis://127.0.0.1:{silent.getsockname()[1]}",
             "Redis is down", f"redis://127.0.0.1:{free_port()}"],
            check=True, capture_output=True, text=True,
        ).stdout
        used = commands(redis_port) - before - 1
        print(f"this package: no round trip in a request; a publisher sends one batch an interval, here every 20 ms: "
              f"{used} commands in all for {9 * many} requests, {used / many / 9:.6f} a request")
        for line in output.splitlines():
            print(f"this package: {line}")
        sys.stdout.flush()
        subprocess.run([probe, "scrape", f"redis://127.0.0.1:{redis_port}/1", "100", "1000"], check=True)
    finally:
        redis.terminate()
        redis.wait()
