"""Whether the server in this container answers: exit code 0 if it does, 1 with the reason if not."""

import http.client
import os
import sys


def main() -> int:
    # As the server reads them: an empty variable is not set, and the `tcp://…` of Kubernetes is not a port.
    listening = os.environ.get("DRAGOMAN_HOST", "")
    host = "localhost" if listening in ("", "0.0.0.0", "::") else listening  # noqa: S104
    number = os.environ.get("DRAGOMAN_PORT", "")
    port = int(number) if number.isdecimal() else 8080
    connection = http.client.HTTPConnection(host, port, timeout=8)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        body = answer.read(1000).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        body, status = f"no answer from {host}:{port}: {error}", None
    else:
        status = answer.status
    sys.stdout.write(body + "\n")
    return 0 if status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
