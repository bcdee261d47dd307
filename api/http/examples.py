"""What `make demo` prints when the service answers: where it is, and requests that work."""

import http.client
import sys
from contextlib import closing
from threading import Event, Thread

_LONGEST_START_SECONDS = 120
_TEXT = """
Seen'emAll is ready:  {url}  (open it in a browser)
Documentation:        {url}/docs

Try it in another terminal:

  curl -X POST {url}/user/history -H 'Content-Type: application/json' \\
       -d '{{"user_id": "me", "event_type": "liked", "items": ["movie:949", "movie:238"]}}'
  curl '{url}/recommend?user_id=me&limit=5'
  curl '{url}/search?q=godf'

Ctrl-C stops it. The data stays in {kept_in}.
"""


def announce_when_ready(host: str, port: int, *, kept_in: str) -> Thread:
    """Prints the examples when /readyz answers 200, if it ever does; returns at once.

    `kept_in` says where the data is. The thread ends when that is printed.
    """
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    thread = Thread(target=_announce, args=(shown, port, kept_in), name="announce", daemon=True)
    thread.start()
    return thread


def _announce(host: str, port: int, kept_in: str) -> None:
    pause = Event()
    for _ in range(_LONGEST_START_SECONDS * 5):
        if _is_ready(host, port):
            name = f"[{host}]" if ":" in host else host
            sys.stdout.write(_TEXT.format(url=f"http://{name}:{port}", kept_in=kept_in))
            sys.stdout.flush()
            return
        pause.wait(0.2)


def _is_ready(host: str, port: int) -> bool:
    with closing(http.client.HTTPConnection(host, port, timeout=5)) as connection:
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
