"""Clients of the fleet, which remember every answer that they got."""

import http.client
import random
import threading
import time
from collections import Counter

from processes import Failure, thread

ORDERS = [
    ("/orders/17", "/orders/{id}", b"two pounds of pears", "accepted"),
    ("/orders/18", "/orders/{id}", b"", "refused"),
    ("/returns/3", "/returns/{id}", b"one pear", "accepted"),
    ("/elsewhere", "unmatched", b"x" * 600, "accepted"),
]


class Tally:
    """What the clients of one runtime saw."""

    def __init__(self):
        # By route and outcome: requests that were answered.
        self.answered = Counter()
        # Requests that were sent, but whose answer never came: the worker may have counted them or not.
        self.unanswered = 0
        # Bytes of the bodies of answered requests.
        self.bytes = 0


class Load:
    """Clients that send one request after the other, each over a connection of its own."""

    def __init__(self, tallies):
        self.tallies = tallies
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._threads = []
        self._errors = []

    def send(self, runtime, addresses, requests):
        """Sends that many requests and returns when they are answered."""
        clients = [
            thread(lambda share=share: self._client(runtime, addresses, share))
            for share in _shares(requests, 4)
        ]
        self._join(clients)

    def start(self, runtime, addresses, clients):
        """Sends requests until `stop`; `addresses` may change meanwhile."""
        for _ in range(clients):
            self._threads.append(thread(lambda: self._client(runtime, addresses, None)))

    def stop(self):
        self._stop.set()
        clients, self._threads = self._threads, []
        self._join(clients)
        self._stop.clear()

    def total(self, runtime):
        with self._lock:
            return sum(self.tallies[runtime].answered.values())

    def _join(self, clients):
        for client in clients:
            client.join()
        if self._errors:
            raise self._errors[0]

    def _client(self, runtime, addresses, requests):
        try:
            self._send(runtime, addresses, requests)
        except Exception as error:
            self._errors.append(error)

    def _send(self, runtime, addresses, requests):
        connection = None
        sent = 0
        while not self._stop.is_set() and (requests is None or sent < requests):
            if connection is None:
                connection = self._connect(addresses)
                if connection is None:
                    time.sleep(0.02)
                    continue
            path, route, body, outcome = random.choice(ORDERS)
            sent += 1
            # The clients are to count, not to fill the machine.
            time.sleep(0.001)
            try:
                connection.request("POST", path, body=body)
                answer = connection.getresponse()
                text = answer.read().decode().strip()
            except (OSError, http.client.HTTPException):
                connection.close()
                connection = None
                with self._lock:
                    self.tallies[runtime].unanswered += 1
                continue
            if text != outcome:
                raise Failure(f"{runtime} answered {answer.status} {text!r} to {path}, not {outcome!r}")
            with self._lock:
                self.tallies[runtime].answered[route, outcome] += 1
                self.tallies[runtime].bytes += len(body)
            if answer.will_close:
                connection.close()
                connection = None
        if connection is not None:
            connection.close()

    @staticmethod
    def _connect(addresses):
        choices = addresses()
        if not choices:
            return None
        connection = http.client.HTTPConnection("127.0.0.1", random.choice(choices), timeout=30)
        try:
            connection.connect()
        except OSError:
            return None
        return connection


def _shares(total, parts):
    return [total // parts + (1 if part < total % parts else 0) for part in range(parts)]
