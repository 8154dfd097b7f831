"""Starts the fleet, loads it, kills parts of it, and checks by PromQL that nothing was lost. See README.md."""

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

import dashboard
from load import Load, Tally
from processes import Failure, Program, adopt_orphans, eventually
from prometheus import Prometheus

EXAMPLE = Path(__file__).resolve().parent.parent
# How many workers there are of each runtime; gunicorn.conf.py says the same.
WORKERS = 2


class Fleet:
    def __init__(self, programs, folder):
        self.programs = programs
        self.folder = folder
        self.metrics = folder / "metrics"
        self.tallies = {"swift": Tally(), "python": Tally()}
        self.load = Load(self.tallies)
        self.swift = []
        self.ports = {}
        self.failures = []
        self.checks = 0
        self.environment = {
            "PROMETHEUS_MULTIPROC_DIR": str(self.metrics),
            "PYTHONPATH": f"{folder}:{EXAMPLE / 'Python'}",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    # What runs

    def tool(self, name, *arguments, codes=(0,)):
        result = subprocess.run(
            [str(self.programs / name), *arguments], cwd=EXAMPLE, capture_output=True, text=True, timeout=120
        )
        if result.returncode not in codes:
            raise Failure(f"{name} {' '.join(arguments)} ends with {result.returncode}: {result.stderr}{result.stdout}")
        return result.stdout

    def generate(self):
        for target in ["python", "grafana", "rules"]:
            self.tool(
                "metrics-generator", "generate", "--definitions", "Definitions", "--registry", "FleetMetrics",
                "--target", target, "--output", str(self.folder),
            )  # fmt: skip
        self.dashboard = self.folder / "FleetMetrics.dashboard.json"
        self.rules = self.folder / "FleetMetrics.rules.yaml"

    def start_exporter(self, port=0):
        self.exporter = Program(
            "exporter",
            [
                str(self.programs / "metrics-exporter"), "serve", "--multiproc-dir", str(self.metrics),
                "--bind-address", "127.0.0.1", "--port", str(port),
            ],
            self.folder,
            {},
        )  # fmt: skip
        self.exporter_port = int(self.exporter.reported(r" port=(\d+) .*serving metrics"))

    def start_swift(self):
        name = f"swift-{len(self.ports) + 1}"
        worker = Program(name, [str(self.programs / "FleetWorker")], self.folder, self.environment)
        self.ports[worker] = int(worker.reported(r"listening http://127\.0\.0\.1:(\d+)"))
        self.swift.append(worker)

    def start_gunicorn(self):
        # A log of its own each time: the address in it is that of this master.
        self.gunicorns = getattr(self, "gunicorns", 0) + 1
        self.gunicorn = Program(
            f"gunicorn-{self.gunicorns}",
            [sys.executable, "-m", "gunicorn", "-c", str(EXAMPLE / "Python" / "gunicorn.conf.py"), "app:app"],
            self.folder,
            self.environment,
        )
        self.gunicorn_port = int(self.gunicorn.reported(r"Listening at: http://127\.0\.0\.1:(\d+)"))
        eventually("gunicorn's workers start", lambda: len(self.gunicorn_workers()) == WORKERS)

    def gunicorn_workers(self):
        return self.gunicorn.living(r"Booting worker with pid: (\d+)")

    def addresses(self, runtime):
        """The ports of the workers that live, asked anew for each connection."""
        if runtime == "swift":
            return lambda: [self.ports[worker] for worker in list(self.swift)]
        return lambda: [self.gunicorn_port] if self.gunicorn else []

    # What is checked

    def check(self, what, holds, detail=""):
        self.checks += 1
        print(f"  {'ok   ' if holds else 'LOST '} {what}{': ' + detail if detail else ''}", flush=True)
        if not holds:
            self.failures.append(what)

    def expect_live_workers(self, **counts):
        self.prometheus.wait_for_scrape()
        for runtime, count in counts.items():
            for query in [
                f'sum(fleet_workers{{runtime="{runtime}"}}) or vector(0)',
                f'count(fleet_worker_start_timestamp_seconds{{runtime="{runtime}"}}) or vector(0)',
            ]:
                try:
                    self.prometheus.becomes(query, count)
                    self.check(query, True, f"{count}")
                except Failure as failure:
                    self.check(query, False, str(failure))

    def expect_counts(self):
        """Every answer is counted. Only requests whose answer a kill cut off may be counted too."""
        self.prometheus.wait_for_scrape()
        for runtime, tally in self.tallies.items():
            counted = {
                (labels["route"], labels["outcome"]): value
                for labels, value in self.prometheus.series(
                    f'sum by (route, outcome) (fleet_requests_total{{runtime="{runtime}"}})'
                )
            }
            lost = {key: (seen, counted.get(key, 0)) for key, seen in tally.answered.items() if counted.get(key, 0) < seen}
            total, answered = sum(counted.values()), sum(tally.answered.values())
            self.check(
                f"{runtime}: every answer is counted, by route and outcome",
                not lost and answered <= total <= answered + tally.unanswered,
                f"{answered} answered, {total:.0f} counted, {tally.unanswered} sent without an answer{lost or ''}",
            )
            # What else a worker records of a request comes after it is counted, so a kill may cut it off.
            for query, least in [
                (f'sum(fleet_request_duration_seconds_count{{runtime="{runtime}"}})', answered),
                (f'sum(fleet_request_duration_seconds_bucket{{runtime="{runtime}",le="+Inf"}})', answered),
                (f'sum(fleet_order_size_bytes_count{{runtime="{runtime}"}})', answered),
                (f'sum(fleet_order_size_bytes_sum{{runtime="{runtime}"}})', tally.bytes),
            ]:
                value = self.prometheus.value(query) or 0
                most = total if least == answered else least + 600 * tally.unanswered
                self.check(query, least <= value <= most, f"{value:.0f}, and {least} seen by the clients")
        self.check_nothing_fell()

    def check_nothing_fell(self):
        for name in ["fleet_requests_total", "fleet_request_duration_seconds_count", "fleet_order_size_bytes_sum"]:
            value = self.prometheus.value(f"sum(resets({name}[1h]))")
            self.check(f"sum(resets({name}[1h]))", value == 0, f"{value}")

    def quiet_load(self, requests):
        for runtime, tally in self.tallies.items():
            before = tally.unanswered
            self.load.send(runtime, self.addresses(runtime), requests)
            self.check(f"{runtime}: {requests} requests are answered", tally.unanswered == before)
        self.expect_counts()

    @contextlib.contextmanager
    def under_load(self):
        """Load before, while and after the body runs."""
        marks = {}

        def go_on(runtime, count):
            marks[runtime] = self.load.total(runtime) + count
            eventually(f"{runtime} answers", lambda: self.load.total(runtime) >= marks[runtime])

        for runtime in self.tallies:
            self.load.start(runtime, self.addresses(runtime), clients=3)
        try:
            for runtime in self.tallies:
                go_on(runtime, 100)
            yield
            for runtime in self.tallies:
                go_on(runtime, 100)
        finally:
            self.load.stop()

    # What happens

    def start(self):
        self.generate()
        self.start_exporter()
        self.prometheus = Prometheus(self.folder, f"127.0.0.1:{self.exporter_port}", self.rules)
        for _ in range(WORKERS):
            self.start_swift()
        self.start_gunicorn()
        self.expect_live_workers(swift=WORKERS, python=WORKERS)

    def kill_workers(self):
        with self.under_load():
            victim = random.choice(self.swift)
            self.swift.remove(victim)
            victim.kill()
            self.expect_live_workers(swift=WORKERS - 1)
            workers = self.gunicorn_workers()
            os.kill(min(workers), signal.SIGKILL)
            eventually("gunicorn replaces its worker", lambda: len(self.gunicorn_workers() - workers) == 1)
            self.start_swift()
        self.expect_live_workers(swift=WORKERS, python=WORKERS)
        self.expect_counts()

    def kill_gunicorn(self):
        with self.under_load():
            victim, self.gunicorn = self.gunicorn, None
            victim.kill_group()
            self.start_gunicorn()
        # Python's files say nothing about who lives, and whoever could have told is dead too.
        self.expect_live_workers(python=2 * WORKERS)
        self.tool("metrics-exporter", "reap", "--multiproc-dir", str(self.metrics), "--same-pid-namespace")
        self.expect_live_workers(swift=WORKERS, python=WORKERS)
        self.expect_counts()

    def kill_exporter(self):
        with self.under_load():
            self.exporter.kill()
            self.start_exporter(self.exporter_port)
        self.expect_counts()

    def restart_all(self):
        for worker in list(self.swift):
            self.swift.remove(worker)
            worker.end()
        self.gunicorn.end()
        self.expect_live_workers(swift=0, python=0)
        for _ in range(WORKERS):
            self.start_swift()
        self.start_gunicorn()
        self.expect_live_workers(swift=WORKERS, python=WORKERS)

    # What is true in the end

    def check_directory(self):
        slots = {path.name.rsplit("_", 1)[1] for path in self.metrics.glob("*_swift-*.db")}
        self.check(
            "Swift workers left no files of their own behind",
            len(slots) <= WORKERS + 1,
            f"{len(self.ports)} workers ran, {len(slots)} slots",
        )
        for query in ["metrics_entries_skipped_total", "metrics_scrape_failures_total"]:
            value = self.prometheus.value(f"sum({query}) or vector(0)")
            self.check(f"sum({query})", value == 0, f"{value}")
        types = {
            name: [entry["type"] for entry in self.prometheus.get("targets/metadata", metric=name)]
            for name in ["fleet_requests", "fleet_request_duration_seconds", "fleet_order_size_bytes", "fleet_workers"]
        }
        self.check(
            "Prometheus knows the types",
            types == {
                "fleet_requests": ["counter"], "fleet_request_duration_seconds": ["histogram"],
                "fleet_order_size_bytes": ["summary"], "fleet_workers": ["gauge"],
            },
            json.dumps(types),
        )  # fmt: skip
        for query, expected in [
            ('max(fleet_largest_order_bytes{runtime="swift"})', 600),
            ('max(fleet_largest_order_bytes{runtime="python"})', 600),
            ("fleet_price_list_version", 7),
            ('sum(fleet_build_info{version="1.0"})', 2),
            ('fleet_till{fleet_till="open",runtime="swift"}', 1),
            ('fleet_till{fleet_till="closed",runtime="python"}', 0),
        ]:
            value = self.prometheus.value(query)
            self.check(query, value == expected, f"{value}")

    def check_python_collector(self):
        """Python's own collector, over the same directory, as the second judge."""
        script = (
            "import sys\n"
            "from prometheus_client import CollectorRegistry, multiprocess\n"
            "registry = CollectorRegistry()\n"
            "multiprocess.MultiProcessCollector(registry, path=sys.argv[1])\n"
            "print(sum(s.value for m in registry.collect() if m.name == 'fleet_requests' for s in m.samples))\n"
        )
        result = subprocess.run(
            [sys.executable, "-c", script, str(self.metrics)], capture_output=True, text=True, timeout=60
        )
        total = self.prometheus.value("sum(fleet_requests_total)")
        self.check(
            "Python's collector counts the same",
            result.returncode == 0 and float(result.stdout) == total,
            result.stdout.strip() or result.stderr[-500:],
        )

    def check_scrape_against_definitions(self):
        address = f"http://127.0.0.1:{self.exporter_port}/metrics"
        scrape = self.folder / "scrape.txt"
        with urllib.request.urlopen(address, timeout=30) as answer:
            scrape.write_bytes(answer.read())
        # The endpoint's metrics about itself are nobody's definitions.
        own = [line for line in scrape.read_text().splitlines(True) if "metrics_" not in line.split("{")[0]]
        scrape.write_text("".join(own))
        result = subprocess.run(
            [str(self.programs / "metrics-generator"), "verify", "--definitions", "Definitions", str(scrape)],
            cwd=EXAMPLE, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        self.check("the scrape is what the definitions say", result.returncode == 0, (result.stdout + result.stderr)[-300:].strip())

    def check_rules(self):
        promtool = shutil.which("promtool")
        if promtool:
            result = subprocess.run([promtool, "check", "rules", str(self.rules)], capture_output=True, text=True)
            self.check("promtool takes the rules", result.returncode == 0, "" if result.returncode == 0 else result.stderr)
        rules = [rule for group in self.prometheus.get("rules")["groups"] for rule in group["rules"]]
        ill = [f"{rule['name']}: {rule['health']} {rule.get('lastError', '')}" for rule in rules if rule["health"] != "ok"]
        self.check("Prometheus evaluates every rule", bool(rules) and not ill, f"{len(rules)} rules {ill or ''}")
        firing = [rule["name"] for rule in rules if rule["type"] == "alerting" and rule["state"] == "firing"]
        self.check("no alert fires", not firing, ", ".join(firing))
        for rule in rules:
            if rule["type"] == "recording":
                recorded = self.prometheus.series(f'{{__name__="{rule["name"]}"}}')
                if not recorded:
                    self.check(f"{rule['name']} is recorded", False)

    def check_dashboard(self):
        lost = dashboard.lost_fields(self.dashboard)
        if lost is None:
            print("  left out: Grafana's types do not judge the dashboard; grafana-foundation-sdk is not installed")
        else:
            self.check("Grafana's types take the dashboard whole", not lost, ", ".join(lost[:5]))
        wrong = list(dashboard.misplaced(self.dashboard))
        self.check("every panel has a place of its own", not wrong, ", ".join(wrong[:5]))
        empty, count = [], 0
        for title, query in dashboard.queries(self.dashboard):
            count += 1
            if not self.prometheus.series(query):
                empty.append(f"{title}: {query}")
        self.check("every query of the dashboard has an answer", count > 0 and not empty, f"{count} queries {empty or ''}")
        for name, metric, label in dashboard.variables(self.dashboard):
            values = self.prometheus.get(f"label/{label}/values", **{"match[]": metric})
            self.check(f"the variable {name} has values", bool(values), ", ".join(values))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=Path, required=True, help="the folder with the built programs")
    parser.add_argument("--rounds", type=int, default=4, help="how often workers of both kinds are killed")
    parser.add_argument("--requests", type=int, default=2000, help="requests to each kind while nothing is killed")
    parser.add_argument("--keep", action="store_true", help="keep the folder with logs and metric files")
    arguments = parser.parse_args()

    # A signal ends it through the same clean-up as everything else.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    adopt_orphans()
    folder = Path(tempfile.mkdtemp(prefix="fleet-"))
    fleet = Fleet(arguments.programs.resolve(), folder)
    code = 1
    try:
        for step, work in [
            ("start", fleet.start),
            ("load", lambda: fleet.quiet_load(arguments.requests)),
            *[(f"kill workers, {round + 1} of {arguments.rounds}", fleet.kill_workers) for round in range(arguments.rounds)],
            ("kill gunicorn and all its workers", fleet.kill_gunicorn),
            ("kill the exporter", fleet.kill_exporter),
            ("restart all", fleet.restart_all),
            ("load again", lambda: fleet.quiet_load(arguments.requests)),
            ("what is true in the end", fleet.check_directory),
            ("Python's collector", fleet.check_python_collector),
            ("definitions", fleet.check_scrape_against_definitions),
            ("rules", fleet.check_rules),
            ("dashboard", fleet.check_dashboard),
        ]:
            print(step, flush=True)
            work()
        code = 1 if fleet.failures else 0
    except Failure as failure:
        fleet.failures.append(str(failure))
    finally:
        Program.clean_up()
        if arguments.keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)

    total = sum(sum(tally.answered.values()) for tally in fleet.tallies.values())
    if fleet.failures:
        print(f"\nLOST: {len(fleet.failures)} of {fleet.checks} checks failed")
        for failure in fleet.failures:
            print(f"  {failure}")
    else:
        print(f"\nNothing was lost: {total} answered requests, {fleet.checks} checks.")
    return code


if __name__ == "__main__":
    sys.exit(main())
