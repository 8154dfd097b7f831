"""The generated dashboard: read by Grafana's own types, and every query in it asked of a real Prometheus."""

import json
import re

# What Grafana puts in place of its own variables, and of a variable for which everything is chosen.
BUILT_IN = {"__rate_interval": "30s", "__interval": "15s", "__range": "1h"}


def lost_fields(path):
    """What Grafana would not understand: fields that its types (grafana-foundation-sdk) do not give back.

    `None` where the package is not installed.
    """
    try:
        from grafana_foundation_sdk.cog import encoder, plugins
        from grafana_foundation_sdk.models import dashboard as grafana
    except ImportError:
        return None
    plugins.register_default_plugins()
    document = json.loads(path.read_text())
    # Asked for on import, and no part of a dashboard that is stored.
    document.pop("__inputs", None)
    again = json.loads(encoder.JSONEncoder().encode(grafana.Dashboard.from_json(document)))
    return list(_differences(document, again, ""))


def _differences(given, read, place):
    if isinstance(given, dict):
        for key, value in given.items():
            if not isinstance(read, dict) or key not in read:
                yield f"{place}/{key}"
            else:
                yield from _differences(value, read[key], f"{place}/{key}")
    elif isinstance(given, list):
        if not isinstance(read, list) or len(given) != len(read):
            yield place
        else:
            for index, (one, other) in enumerate(zip(given, read)):
                yield from _differences(one, other, f"{place}/{index}")
    elif given != read:
        yield place


def misplaced(path):
    """Rules of a dashboard that types cannot say: ids and places on the grid of 24 columns, each once."""
    document = json.loads(path.read_text())
    taken, ids = {}, set()
    for panel in _panels(document):
        title, grid = panel["title"], panel["gridPos"]
        if panel["id"] in ids:
            yield f"{title}: its id {panel['id']} is there twice"
        ids.add(panel["id"])
        if grid["x"] + grid["w"] > 24:
            yield f"{title}: it is wider than the page"
        for x in range(grid["x"], grid["x"] + grid["w"]):
            for y in range(grid["y"], grid["y"] + grid["h"]):
                if taken.setdefault((x, y), title) != title:
                    yield f"{title}: it covers {taken[x, y]}"
        references = [target["refId"] for target in panel.get("targets", [])]
        if len(set(references)) != len(references):
            yield f"{title}: a refId is there twice"


def queries(path):
    """Every query of the panels, with the panel's title, as Grafana sends it where everything is chosen."""
    document = json.loads(path.read_text())
    everything = {
        variable["name"]: variable.get("allValue", ".*") for variable in document["templating"]["list"]
    }
    for panel in _panels(document):
        for target in panel.get("targets", []):
            query = target["expr"]
            for name, value in {**everything, **BUILT_IN}.items():
                query = re.sub(r"\$\{%s(:[a-z]+)?\}|\$%s\b" % (name, name), lambda _: value, query)
            yield panel["title"], query


def variables(path):
    """The label and the metric that each variable takes its values from."""
    for variable in json.loads(path.read_text())["templating"]["list"]:
        if variable["type"] == "query":
            metric, label = re.fullmatch(r"label_values\((.*), *(\w+)\)", variable["query"]["query"]).groups()
            yield variable["name"], metric, label


def _panels(document):
    for panel in document["panels"]:
        yield panel
        yield from panel.get("panels", [])
