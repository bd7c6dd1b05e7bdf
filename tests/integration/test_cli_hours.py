"""`dragoman hours check` between two pipes."""

import json
import select
import subprocess
import sys
from pathlib import Path


def test_each_instant_is_answered_before_the_next_is_read(tmp_path: Path) -> None:
    file = tmp_path / "hours.json"
    file.write_text('{"timezone": "Asia/Tokyo", "weekly": {"mon": [["09:00", "17:00"]]}}', "utf-8")
    command = [sys.executable, "-m", "appliance", "hours", "check", str(file), "--json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for at, is_open in (("2026-03-02T00:00:00Z", True), ("2026-03-02T08:00:00Z", False)):
            process.stdin.write(f"{at}\n".encode())
            process.stdin.flush()
            ready, _, _ = select.select([process.stdout], [], [], 60)
            assert ready, "no answer while standard input is open"
            answer = json.loads(process.stdout.readline())
            assert (answer["at"], answer["open"]) == (at, is_open)
        process.stdin.close()
        assert process.wait(60) == 0
