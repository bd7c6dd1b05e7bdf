"""The database file: made, kept, and refused untouched when it can't be ours."""

import json
import multiprocessing
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from tortoise import Model
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext
from tortoise.fields import (
    BigIntField,
    BooleanField,
    CharField,
    DateField,
    DatetimeField,
    Field,
    IntField,
    JSONField,
    TextField,
)
from tortoise.indexes import Index

from appliance.domain.codec import person_to_json
from appliance.storage import models
from appliance.storage.database import open_database
from appliance.storage.rows import conversation_of
from appliance.storage.schema import APPLICATION_ID, FILE, DataRefused, hold, migrations, prepare

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MODELS: list[type[Model]] = [
    value
    for value in vars(models).values()
    if isinstance(value, type) and issubclass(value, Model) and value is not Model
]


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def column_type(field: Field[Any]) -> str:
    match field:
        case CharField():
            return f"VARCHAR({field.max_length})"
        case TextField():
            return "TEXT"
        case BigIntField():
            return "INTEGER" if field.pk else "BIGINT"
        case IntField() | BooleanField():
            return "INT"
        case DatetimeField():
            return "TIMESTAMP"
        case DateField():
            return "DATE"
        case JSONField():
            return "JSON"
    raise AssertionError(f"a kind of field this test does not know: {field!r}")


def indexes(path: Path, table: str) -> set[tuple[bool, tuple[str, ...]]]:
    """Whether it is unique, and its columns. The primary key's own is left out."""
    return {
        (bool(unique), tuple(row[2] for row in query(path, f"PRAGMA index_info('{name}')")))
        for _, name, unique, origin, _ in query(path, f"PRAGMA index_list('{table}')")
        if origin != "pk"
    }


def test_the_schema_is_what_the_models_say(tmp_path: Path) -> None:
    path = tmp_path / FILE
    prepare(path)
    tables = {row[0] for row in query(path, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables - {"sqlite_sequence"} == {model._meta.db_table for model in MODELS}
    for model in MODELS:
        table, fields = model._meta.db_table, model._meta.fields_map
        columns = {
            name: (kind, not required, bool(key))
            for _, name, kind, required, _, key in query(path, f"PRAGMA table_info('{table}')")
        }
        assert columns == {
            name: (column_type(field), field.null, field.pk) for name, field in fields.items()
        }, table
        wanted = {(True, tuple(columns)) for columns in model._meta.unique_together}
        wanted |= {
            (field.unique, (name,))
            for name, field in fields.items()
            if (field.unique or field.index) and not field.pk
        }
        for index in model._meta.indexes:
            wanted.add((False, tuple(index.fields if isinstance(index, Index) else index)))
        assert indexes(path, table) == wanted, table


async def test_the_database_is_opened_to_be_durable(tmp_path: Path) -> None:
    with hold(tmp_path):
        async with open_database(tmp_path):
            connection = get_connection("default")
            values = {
                name: next(iter((await connection.execute_query_dict(f"PRAGMA {name}"))[0].values()))
                for name in ("journal_mode", "synchronous", "foreign_keys")
            }
    assert values == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_new_file_says_whose_it_is_and_how_old(tmp_path: Path) -> None:
    path = tmp_path / FILE
    prepare(path)
    assert query(path, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert query(path, "PRAGMA user_version") == [(migrations()[-1].version,)]
    assert [step.version for step in migrations()] == list(range(1, len(migrations()) + 1))


def filled(directory: Path) -> Path:
    """A database with enough in it to span many pages."""
    path = directory / FILE
    prepare(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            "INSERT INTO event (conversation_id, seq, kind, at, body) VALUES (?, ?, 'language', ?, ?)",
            [("c", seq, NOON.isoformat(" "), '{"language": "' + "x" * 300 + '"}') for seq in range(1, 501)],
        )
    query(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def test_a_filled_database_is_left_as_it_is_by_the_next_start(tmp_path: Path) -> None:
    path = filled(tmp_path)
    before = path.read_bytes()
    prepare(path)
    assert path.read_bytes() == before
    assert len(query(path, "SELECT seq FROM event")) == 500
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [FILE]


def first_schema(path: Path) -> dict[str, tuple[str, list[tuple[Any, ...]]]]:
    """A database as the first version left it, with rows in every table; of each its columns and what is in
    them."""
    tables: dict[str, tuple[str, list[tuple[Any, ...]]]] = {}
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(
            f"BEGIN;{migrations()[0].sql};PRAGMA application_id = {APPLICATION_ID};"
            "PRAGMA user_version = 1;COMMIT;"
        )
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for table in sorted({name for (name,) in found} - {"sqlite_sequence"}):
            columns = connection.execute(f"PRAGMA table_info('{table}')").fetchall()
            for row in range(1, 4):
                values = [sample(kind, f"{name} {row} “š”", row) for _, name, kind, *_ in columns]
                marks = ", ".join("?" * len(values))
                connection.execute(f"INSERT INTO {table} VALUES ({marks})", values)
            rows = connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
            tables[table] = (", ".join(name for _, name, *_ in columns), rows)
    return tables


def sample(kind: str, text: str, row: int) -> Any:
    if kind in ("INT", "INTEGER"):
        return row
    if kind == "TIMESTAMP":
        return NOON.replace(second=row).isoformat(" ")
    return json.dumps({"text": text}) if kind == "JSON" else text


def test_a_filled_database_of_the_first_schema_is_brought_up_and_loses_nothing(tmp_path: Path) -> None:
    before = first_schema(tmp_path / FILE)
    prepare(tmp_path / FILE)
    prepare(tmp_path / "new.db")
    newest = migrations()[-1].version
    assert query(tmp_path / FILE, "PRAGMA user_version") == [(newest,)]
    assert query(tmp_path / FILE, "PRAGMA integrity_check") == [("ok",)]
    kept = tmp_path / f"{FILE}.before-{newest}"
    assert query(kept, "PRAGMA user_version") == [(1,)]
    for table, (columns, rows) in before.items():
        for path in (tmp_path / FILE, kept):
            assert query(path, f"SELECT {columns} FROM {table} ORDER BY 1") == rows
    # Upgraded and new are the same to the program.
    shape = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"
    assert query(tmp_path / FILE, shape) == query(tmp_path / "new.db", shape)


VISITOR, EMMA, JONAS = (
    {"kind": kind, "id": name.lower(), "name": name}
    for kind, name in (("visitor", "Ana"), ("agent", "Emma"), ("agent", "Jonás “J”"))
)


def said(author: dict[str, str]) -> tuple[str, dict[str, Any]]:
    return "message", {"author": author, "client_id": "m", "text": "…", "language": "en", "targets": []}


def state(state: str, by: dict[str, str]) -> tuple[str, dict[str, Any]]:
    return "state", {"state": state, "by": by}


TALKS: dict[str, tuple[list[tuple[str, dict[str, Any]]], dict[str, str] | None]] = {
    "answered by one after the other": ([said(VISITOR), said(EMMA), said(JONAS), said(VISITOR)], JONAS),
    "handed back to the queue": ([said(VISITOR), said(EMMA), state("queued", EMMA)], EMMA),
    "begun again": ([said(EMMA), state("closed", EMMA), state("queued", VISITOR), said(VISITOR)], None),
    "begun again and answered": ([said(EMMA), state("queued", VISITOR), said(JONAS)], JONAS),
    "never answered": ([said(VISITOR), state("closed", EMMA)], None),
}


@pytest.mark.parametrize("talk", TALKS)
@pytest.mark.parametrize("routing", [None, {"region": "tokyo", "former": "emma"}])
def test_whoever_was_answered_before_it_was_noted_can_rate_it(
    tmp_path: Path, talk: str, routing: dict[str, str] | None
) -> None:
    path = tmp_path / FILE
    events, answered_by = TALKS[talk]
    at = NOON.isoformat(" ")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        script = "".join(step.sql for step in migrations() if step.version < 5)
        connection.executescript(
            f"BEGIN;{script};PRAGMA application_id = {APPLICATION_ID};PRAGMA user_version = 4;COMMIT;"
        )
        connection.execute(
            "INSERT INTO conversation (id, visitor_id, state, card, opened_at, updated_at, last_seq, unread, "
            "visitor_delivered, visitor_seen, agent_delivered, agent_seen, routing) "
            'VALUES (\'c\', \'v\', \'closed\', \'{"id": "v", "number": 1, "language": "en"}\', '
            "?, ?, ?, 0, 0, 0, 0, 0, ?)",
            (at, at, len(events), None if routing is None else json.dumps(routing)),
        )
        connection.executemany(
            "INSERT INTO event (conversation_id, seq, kind, at, body) VALUES (?, ?, ?, ?, ?)",
            [
                row
                for seq, (kind, body) in enumerate(events, 1)
                # Somebody else's, in between, is none of its business.
                for row in (
                    ("c", seq, kind, at, json.dumps(body)),
                    ("other", seq, *("message", at, json.dumps(said(JONAS)[1]))),
                )
            ],
        )
    prepare(path)
    with closing(sqlite3.connect(path)) as connection:
        columns = (
            "id, visitor_id, state, agent_id, agent, card, opened_at, updated_at, waiting_since, last_seq"
        )
        counts = "last_message, unread, visitor_delivered, visitor_seen, agent_delivered, agent_seen, routing"
        row = connection.execute(f"SELECT {columns}, {counts} FROM conversation").fetchone()
    conversation = conversation_of(row)
    assert person_to_json(conversation.answered_by) == answered_by
    was = routing or {}
    assert (conversation.region, conversation.former) == (was.get("region"), was.get("former"))


def test_what_a_crash_left_in_the_log_is_kept(tmp_path: Path) -> None:
    path = filled(tmp_path)
    writer = sqlite3.connect(path)
    writer.execute("INSERT INTO setting (name, value) VALUES ('a', '1')")
    writer.commit()
    copy = tmp_path / "after"
    copy.mkdir()
    for suffix in ("", "-wal"):
        (copy / f"{FILE}{suffix}").write_bytes((tmp_path / f"{FILE}{suffix}").read_bytes())
    writer.close()
    prepare(copy / FILE)
    assert query(copy / FILE, "SELECT value FROM setting") == [(1,)]


def truncate(size: int) -> Callable[[Path], None]:
    return lambda path: os.truncate(path, size)


def write(offset: int, content: bytes) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(offset)
            file.write(content)

    return change


def pragma(sql: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute(sql)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    return change


def replace_by(content: bytes) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        path.write_bytes(content)

    return change


REFUSED: list[tuple[str, Callable[[Path], None], str]] = [
    ("cut short in the middle", truncate(4096 * 7), "damaged"),
    ("cut in the middle of a page", truncate(4096 * 7 + 100), "damaged"),
    ("cut within its header", truncate(60), "damaged"),
    ("cut within its first bytes", truncate(10), "damaged"),
    ("a header of garbage", write(0, b"\xde\xad\xbe\xef" * 25), "damaged"),
    ("a first page of garbage", write(100, b"\xde\xad\xbe\xef" * 900), "damaged"),
    ("a page of garbage in the middle", write(4096 * 20, b"\xde\xad\xbe\xef" * 1024), "damaged"),
    ("zeros in the middle", write(4096 * 20, bytes(4096 * 3)), "damaged"),
    ("a text file", replace_by(b"name,text\n" * 1000), "damaged"),
    ("a newer schema", pragma(f"PRAGMA user_version = {migrations()[-1].version + 1}"), "newer"),
    ("another program's", pragma("PRAGMA application_id = 7"), "not_ours"),
    ("nobody's", pragma("PRAGMA application_id = 0"), "not_ours"),
]


@pytest.mark.parametrize(
    ("change", "code"), [row[1:] for row in REFUSED], ids=[row[0].replace(" ", "-") for row in REFUSED]
)
def test_what_is_not_sound_and_ours_is_refused_untouched(
    tmp_path: Path, change: Callable[[Path], None], code: str
) -> None:
    path = filled(tmp_path)
    change(path)
    before = path.read_bytes()
    with pytest.raises(DataRefused) as refused, hold(tmp_path):
        pass
    assert refused.value.code == code
    assert str(path) in str(refused.value)
    assert path.read_bytes() == before
    assert not path.with_name(f"{FILE}-wal").exists() or not path.with_name(f"{FILE}-wal").stat().st_size


def test_a_directory_is_made_and_its_own(tmp_path: Path) -> None:
    directory = tmp_path / "a" / "b"
    with hold(directory):
        assert (directory / FILE).is_file()
        assert directory.stat().st_mode & 0o077 == 0


def test_what_a_crash_left_of_the_very_first_start_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    with hold(tmp_path):
        assert query(tmp_path / FILE, "PRAGMA user_version") == [(migrations()[-1].version,)]


@pytest.mark.parametrize("place", ["file", "file/under"])
def test_a_directory_that_cannot_be_written_is_refused_with_the_reason(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_bytes(b"something else")
    with pytest.raises(DataRefused) as refused, hold(tmp_path / place):
        pass
    assert refused.value.code == "unwritable"
    assert str(tmp_path / place) in str(refused.value)
    assert (tmp_path / "file").read_bytes() == b"something else"


def holder(directory: str, say: Connection) -> None:
    with hold(Path(directory)):
        say.send(os.getpid())
        say.recv()


def test_a_second_server_is_refused_and_told_who_the_first_is(tmp_path: Path) -> None:
    ours, theirs = multiprocessing.Pipe()
    context = multiprocessing.get_context("spawn")
    first = context.Process(target=holder, args=(str(tmp_path), theirs))
    first.start()
    try:
        pid = ours.recv()
        with pytest.raises(DataRefused) as refused, hold(tmp_path):
            pass
        assert refused.value.code == "in_use"
        assert f"process {pid}" in str(refused.value)
    finally:
        first.kill()
        first.join()
    with hold(tmp_path):
        assert (tmp_path / "dragoman.lock").read_text() == f"{os.getpid()}\n"


async def test_one_context_after_the_other_sees_the_same_file(tmp_path: Path) -> None:
    for number in range(2):
        with hold(tmp_path):
            async with open_database(tmp_path) as context:
                assert isinstance(context, TortoiseContext)
                await models.Setting.create(name=str(number), value=number)
    assert query(tmp_path / FILE, "SELECT count(*) FROM setting") == [(2,)]
