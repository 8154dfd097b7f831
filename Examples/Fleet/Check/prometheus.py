"""A real Prometheus, asked in PromQL."""

import json
import math
import time
import urllib.error
import urllib.parse
import urllib.request

from processes import Failure, Program, eventually


class Prometheus:
    def __init__(self, folder, target, rules):
        configuration = {
            "global": {"scrape_interval": "1s", "scrape_timeout": "900ms", "evaluation_interval": "1s"},
            "rule_files": [str(rules)],
            "scrape_configs": [{"job_name": "fleet", "static_configs": [{"targets": [target]}]}],
        }
        # JSON is YAML.
        (folder / "prometheus.yml").write_text(json.dumps(configuration))
        self.program = Program(
            "prometheus",
            [
                "prometheus",
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--web.listen-address=127.0.0.1:0",
            ],
            folder,
            {},
        )
        port = self.program.reported(r'Listening on"? address=127\.0\.0\.1:(\d+)')
        self.url = f"http://127.0.0.1:{port}"
        eventually("Prometheus scrapes the exporter", lambda: self.value('up{job="fleet"}') == 1, within=60)

    def get(self, path, **parameters):
        """The `data` of an answer of the API."""
        query = urllib.parse.urlencode(parameters)
        try:
            with urllib.request.urlopen(f"{self.url}/api/v1/{path}?{query}", timeout=30) as answer:
                body = json.load(answer)
        except urllib.error.HTTPError as error:
            raise Failure(f"Prometheus refuses {path} {parameters}: {error.read().decode()}")
        except OSError as error:
            raise Failure(f"Prometheus does not answer: {error}")
        if body["status"] != "success":
            raise Failure(f"Prometheus refuses {path} {parameters}: {body}")
        return body["data"]

    def series(self, query):
        """The labels of each series that a query gives, as text, with its value."""
        data = self.get("query", query=query)
        if data["resultType"] == "scalar":
            return [({}, float(data["result"][1]))]
        return [(entry["metric"], float(entry["value"][1])) for entry in data["result"]]

    def value(self, query):
        """The value of a query that gives one series; `None` where it gives none."""
        found = self.series(query)
        if len(found) > 1:
            raise Failure(f"{query} gives {len(found)} series")
        return found[0][1] if found and not math.isnan(found[0][1]) else None

    def wait_for_scrape(self):
        """Returns when something was scraped that was exposed after this call."""
        start = time.time()
        eventually(
            "a scrape after the load",
            lambda: (self.value('timestamp(up{job="fleet"})') or 0) > start and self.value('up{job="fleet"}') == 1,
        )

    def becomes(self, query, value, within=30.0):
        """Waits until a query gives a value; a failure says what it gave instead."""
        seen = []

        def reached():
            seen[:] = [self.value(query)]
            return seen[0] == value

        try:
            eventually(query, reached, within)
        except Failure:
            raise Failure(f"{query} is {seen[0]}, not {value}")
