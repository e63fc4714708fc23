"""A little mail server with moods, spoken to over a real socket."""

import socketserver
import threading


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        server = self.server.owner
        if server.mood == "slam":
            return
        self._say("220 here" if server.mood != "421" else "421 go away")
        for raw in self.rfile:
            word = raw.strip().upper()[:4]
            if word in (b"EHLO", b"HELO"):
                self._say("250 hello")
            elif word == b"DATA":
                if not self._data(server):
                    return
            elif word == b"QUIT":
                self._say("500 no farewell" if server.mood == "rude" else "221 bye")
                return
            elif word == b"RCPT":
                self._say(server.answer_to_recipient(raw.decode()))
            else:
                self._say("250 ok")

    def _data(self, server) -> bool:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        if server.mood == "hang up after data":
            return False
        if server.mood in ("451", "554"):
            self._say(f"{server.mood} no")
            return True
        server.taken.append(b"".join(lines))
        if server.mood == "take and hang up":
            return False
        self._say("250 taken")
        return True

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class SmtpServer:
    """`with SmtpServer() as server:` listens on `server.port`; `mood` may change between letters."""

    def __init__(self, mood: str = "kind"):
        self.mood = mood
        self.taken: list[bytes] = []
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk)
        self._server.daemon_threads = True
        self._server.owner = self
        self.port = self._server.server_address[1]

    def answer_to_recipient(self, line: str) -> str:
        if "nobody@" in line:
            return "550 no such user"
        return "450 later" if "later@" in line else "250 ok"

    def __enter__(self) -> "SmtpServer":
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
