"""An AWS that always gives the recorded answer: a loopback server in a process and on a core of its own.

It costs the subject nothing but the wire, so that two subjects can be compared by their own CPU.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.process import ROOT, STUB_CORE, pin
from benchmarks.wire import Recording, questions


@contextmanager
def serving(recording: Path) -> Iterator[dict[str, str]]:
    """Run the stub; gives what turns a process's clients to it."""
    command = [sys.executable, "-m", "benchmarks.stub", str(recording)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{int(process.stdout.readline())}"}
        finally:
            process.terminate()


def _serve(recording: Recording) -> None:
    answers = {question: (status, body.encode()) for question, (status, body) in recording.answers.items()}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 1 << 16
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            known = (question for question in questions(self.headers.get("X-Amz-Target", ""), asked))
            status, body = next((answers[question] for question in known if question in answers), (200, b"{}"))
            self.send_response_only(status)
            self.send_header("Content-Type", "application/x-amz-json-1.0")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: a line per answer would be measured."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()


if __name__ == "__main__":
    pin(STUB_CORE)
    _serve(Recording.load(Path(sys.argv[1])))
