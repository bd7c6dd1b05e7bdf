"""Opening a data directory: one server at a time, a sound database, brought up to this program's schema.

Everything here is synchronous `sqlite3` and runs before the ORM is started, so that a database which is
damaged, newer or somebody else's is refused before anything writes to it.
"""

import errno
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

APPLICATION_ID = 0x44524147
"""'DRAG' in the header of our SQLite files: https://www.sqlite.org/fileformat2.html#application_id"""

FILE = "dragoman.db"

_MAGIC = b"SQLite format 3\x00"
_FULL_CHECK_BYTES = 64 * 2**20
"""Below this size the whole file is checked at every start (about 0.1 s); above it only its schema is
read."""


class DataRefused(Exception):
    """The data directory can't be used. `code` says why; the text is for the operator."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True, slots=True)
class Migration:
    version: int
    name: str
    sql: str


def migrations() -> tuple[Migration, ...]:
    """All migrations in order; the last one's version is this program's."""
    found = []
    for entry in files("appliance.storage").joinpath("migrations").iterdir():
        if entry.name.endswith(".sql"):
            number, _, name = entry.name.removesuffix(".sql").partition("_")
            found.append(Migration(int(number), name, entry.read_text("utf-8")))
    return tuple(sorted(found, key=lambda migration: migration.version))


@contextmanager
def hold(directory: Path) -> Iterator[None]:
    """Holds the data directory for this process and prepares its database.

    The lock belongs to the open file, so it is gone with the process, however that ends. Raises `DataRefused`
    (`unwritable`, `in_use`, and as `prepare`).
    """
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(directory / "dragoman.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise DataRefused(
            "unwritable", f"The data directory {directory} can't be written: {error.strerror}."
        ) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip() or "unknown"
            raise DataRefused(
                "in_use",
                f"Another Dragoman (process {holder}) is running on {directory}. "
                "Stop it, or give this one a data directory of its own.",
            ) from error
        try:
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
            prepare(directory / FILE)
        except OSError as error:
            raise DataRefused(
                "unwritable", f"The files in {directory} can't be read or written: {error.strerror}."
            ) from error
        yield
    finally:
        os.close(handle)


def prepare(path: Path) -> None:
    """Brings the database at `path` to this program's schema, creating it if need be.

    A copy is kept beside it before each change of schema. Raises `DataRefused` (`not_ours`, `newer`,
    `damaged`) and leaves the file as it was.
    """
    steps = migrations()
    current = steps[-1].version
    version = _inspect(path, current)
    if version == current:
        return
    try:
        _migrate(path, steps, version)
    except sqlite3.OperationalError as error:
        raise DataRefused(
            "unwritable", f"{path} can't be brought up to this version ({error}). It is as it was."
        ) from error


def _migrate(path: Path, steps: tuple[Migration, ...], version: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        if version:
            _backup(connection, path.with_name(f"{path.name}.before-{steps[-1].version}"))
        # VACUUM-free and atomic: a crash half-way leaves the old schema.
        script = "".join(
            f"{step.sql}\nPRAGMA user_version = {step.version};\n" for step in steps if step.version > version
        )
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(f"BEGIN;\nPRAGMA application_id = {APPLICATION_ID};\n{script}COMMIT;")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _inspect(path: Path, current: int) -> int:
    """The schema version found (0: nothing there yet), without changing a byte of the file."""
    if not path.exists() or path.stat().st_size == 0:
        return 0
    if not os.access(path, os.R_OK | os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    with path.open("rb") as file:
        if file.read(16) != _MAGIC:
            raise DataRefused(
                "damaged", f"{path} is not a database, or its beginning is damaged. Restore a backup."
            )
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if application != APPLICATION_ID and tables:
                raise DataRefused("not_ours", f"{path} is a database of another program.")
            if version > current:
                raise DataRefused(
                    "newer",
                    f"{path} was written by a newer Dragoman (schema {version}; this one knows {current}). "
                    "Start that version, or restore a backup made before the upgrade.",
                )
            if path.stat().st_size < _FULL_CHECK_BYTES:
                verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
                if verdict != "ok":
                    raise DataRefused("damaged", f"{path} is damaged ({verdict}). Restore a backup.")
            return version
    except sqlite3.DatabaseError as error:
        raise DataRefused("damaged", f"{path} can't be read ({error}). Restore a backup.") from error


def _backup(connection: sqlite3.Connection, target: Path) -> None:
    partial = target.with_name(f"{target.name}.partial")
    with closing(sqlite3.connect(partial)) as copy:
        connection.backup(copy)
    partial.replace(target)
