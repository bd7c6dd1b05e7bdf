"""`python -m translation` as a person or a script runs it."""

import json
import signal
import subprocess
import sys

import pytest


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "translation", *arguments], input=given, capture_output=True, timeout=60
    )


def test_a_text() -> None:
    done = run("--from", "en", "--to", "pt", "Where is my order?")
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, "Onde está a minha encomenda?\n", b"")


def test_a_text_as_json() -> None:
    done = run("--from", "pt-BR", "--to", "en", "--json", "Olá 😀")
    assert json.loads(done.stdout) == {
        "text": "Olá 😀",
        "translation": "Hello 😀",
        "from": "pt-BR",
        "to": "en",
        "engine": "firefox",
        "path": ["pt", "en"],
        "flags": [],
    }
    assert "Olá 😀".encode() in done.stdout


def test_lines_come_back_in_order_one_for_one() -> None:
    lines = [f"Order number {number} is broken." for number in range(60)]
    lines[7:9] = ["", "  42 "]
    done = run("--from", "en", "--to", "pt", "--json", given="\n".join(lines).encode())
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert [result["text"] for result in results] == lines
    assert results[8]["engine"] == "none"
    assert all(str(number) in results[number]["translation"] for number in (1, 30, 59))


def test_a_line_is_answered_before_the_next_is_there() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "translation", "--from", "en", "--to", "pt"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for text, expected in [("Hello\n", "Olá\n"), ("Thank you\n", "Obrigado\n")]:
            process.stdin.write(text)
            process.stdin.flush()
            assert process.stdout.readline() == expected
        process.stdin.close()
        assert process.wait(10) == 0


def test_bad_utf8_and_windows_lines() -> None:
    done = run("--from", "pt", "--to", "en", given=b"\xff\xfe\r\nObrigado\r\n")
    assert done.returncode == 0
    assert done.stdout.decode().splitlines() == ["\ufffd\ufffd", "Thank you"]


def test_a_reader_that_has_enough_ends_it() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "translation", "--from", "en", "--to", "pt"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        # Its input stays open: it must not wait for more.
        process.stdin.write(b"Hello\n")
        process.stdin.flush()
        assert process.wait(20) == 1
        assert process.stderr.read() == b""


def test_ctrl_c_ends_it_at_once() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "translation", "--from", "en", "--to", "pt"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"Hello\n")
        process.stdin.flush()
        assert process.stdout.readline() == "Olá\n".encode()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert process.stderr.read() == b""


def test_the_last_line_needs_no_end() -> None:
    assert run("--from", "en", "--to", "pt", given=b"Hello\n\nYes").stdout.decode() == "Olá\n\nSim\n"


def test_a_line_too_long_fails_alone() -> None:
    done = run("--from", "en", "--to", "pt", given=b"Hello\n" + b"a" * 6000 + b"\nYes\n")
    assert (done.returncode, done.stdout.decode()) == (1, "Olá\nSim\n")
    assert done.stderr.decode() == "line 2: 6000 characters are more than 5000\n"


def test_an_unknown_pair_says_which_there_are() -> None:
    done = run("--from", "en", "--to", "lt", "Hello")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == (
        "nothing installed translates from en to lt; installed pairs: en → pt, pt → en\n"
    )


def test_languages() -> None:
    assert run("languages").stdout.decode() == "en → pt\npt → en\n"
    assert json.loads(run("languages", "--json").stdout.splitlines()[0]) == {
        "from": "en",
        "to": "pt",
        "path": ["en", "pt"],
    }


@pytest.mark.parametrize("arguments", [(), ("--from", "en"), ("Hello",)])
def test_missing_languages_are_a_usage_error(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert b"--from and --to are needed" in done.stderr
