"""`python -m api`: the service on HOST:PORT, in WORKERS processes.

`--check` only tells whether it could start; `--examples` prints requests to try once it answers.
"""

import argparse
import socket
import sys

from api.http.examples import announce_when_ready
from api.platform import logs
from api.platform.errors import ConfigurationError, SeenEmAllError
from config.settings import Settings


def main() -> int:
    """Serves until it is told to stop; 1 and one sentence on stderr when it cannot start."""
    arguments = _arguments()
    try:
        settings = Settings.load()
        logs.configure(settings.log_level)
        refuse_taken_port(settings.host, settings.port)
        if arguments.check:
            return 0
        # Takes two seconds to import, which a check does not need.
        from api.http.server import serve

        if arguments.examples:
            announce_when_ready(settings.host, settings.port)
        serve(settings)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def refuse_taken_port(host: str, port: int) -> None:
    """Raises ConfigurationError when the address cannot be bound."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ConfigurationError(
                f"Cannot listen on {host}:{port}: {error.strerror}; set HOST or PORT."
            ) from error


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m api", description="The service.")
    parser.add_argument("--check", action="store_true", help="tell whether it could start")
    parser.add_argument("--examples", action="store_true", help="print requests once it answers")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
