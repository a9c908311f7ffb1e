"""A server's socket behind another that loses connections: at a packet that a test chooses."""

import socket
import threading
from contextlib import suppress
from pathlib import Path


class Cutter:
    """Passes packets on between clients and a server, and counts them.

    `cut(n, answers=False)` breaks every connection when the n-th packet from now on is to be
    passed on: one from a client, which the server then never sees, or with `answers` one from the
    server, whose client then never learns the answer.
    """

    def __init__(self, folder, server_folder):
        self.folder = Path(folder)
        self._server = str(Path(server_folder) / ".s.PGSQL.5432")
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.folder / ".s.PGSQL.5432"))
        self._listener.listen()
        self._lock = threading.Lock()
        self._open = []
        self.sent = []
        self.cut(None)
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self, number, *, answers=False):
        """Begin to count anew; break the connections at this packet, None for never."""
        self.counted = {False: 0, True: 0}
        self._number, self._answers, self.has_cut = number, answers, False
        self.sent.clear()

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._server)
            with self._lock:
                self._open += [client, server]
            for source, target, answers in ((client, server, False), (server, client, True)):
                threading.Thread(
                    target=self._pass, args=(source, target, answers), daemon=True
                ).start()

    def _pass(self, source, target, answers):
        while True:
            try:
                packet = source.recv(1 << 16)
                if not packet or self._is_cut(answers):
                    break
                if not answers:
                    self.sent.append(packet)
                target.sendall(packet)
            except OSError:
                break
        self._break(source, target)

    def _is_cut(self, answers):
        with self._lock:
            self.counted[answers] += 1
            is_it = self._answers == answers and self.counted[answers] == self._number
            self.has_cut = self.has_cut or is_it
            return is_it

    def _break(self, *ends):
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def close(self):
        """Break everything and listen no more."""
        self._listener.close()
        with self._lock:
            self._break(*self._open)
