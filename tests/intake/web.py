"""A web server on the loopback address that answers as a test tells it to, byte for byte."""

import socket
import threading
from contextlib import contextmanager
from ipaddress import ip_address

from evenhand.intake.fetching import Network


class Server:
    """`answer(request: bytes, send)` is called once a connection."""

    def __init__(self, answer):
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.requests = []
        self._answer = answer
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/"

    def network(self, **names):
        """A network that reaches only this server, and looks names up in `names`."""

        def look_up(host, port):
            found = names.get(host.replace(".", "_").replace("-", "_"), [])
            return found() if callable(found) else found

        here = (ip_address("127.0.0.1"), self.port)
        return Network(look_up=look_up, allows=lambda address, port: (address, port) == here)

    def _serve(self):
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            with connection:
                try:
                    request = b""
                    while b"\r\n\r\n" not in request and (part := connection.recv(65536)):
                        request += part
                    self.requests.append(request)
                    self._answer(request, connection.sendall)
                except OSError:
                    pass

    def close(self):
        self._listening.close()


@contextmanager
def serving(answer):
    """A server that answers with bytes, or as a function of the request does."""
    server = Server(answer if callable(answer) else lambda request, send: send(answer))
    try:
        yield server
    finally:
        server.close()


def page(body, *headers, status="200 OK"):
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
