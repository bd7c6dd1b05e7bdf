"""What is wrong with a row or a file of a table (glossary, memory, texts), for whoever reads it."""

from collections.abc import Mapping

from appliance.i18n import Catalogue, mark
from appliance.services.csv_tables import LONGEST_CELL, MOST_BYTES, MOST_ROWS, TableRefused

PROBLEMS = {
    "bar": mark("“|” stands between wordings, so it can't be in one: {wording}."),
    "cells": mark(
        "This line has more than {limit} cells. A comma that belongs to the text needs quotation marks "
        "around the cell."
    ),
    "duplicate": mark(
        "“{wording}” is in line {line} already. A word can belong to one term only, or nobody could tell "
        "what it means. Put all wordings of a term into one line, with | between them."
    ),
    "duplicate_text": mark("Line {line} has the same text in the same languages already."),
    "forms": mark("At most {limit} wordings fit for one language."),
    "instant": mark("“{given}” is not a time. It looks like 2026-11-21T09:30:00+00:00."),
    "keep_and_wordings": mark(
        "A term is either kept as it is or translated. Leave “keep” empty, or all languages."
    ),
    "kept_above": mark(
        "“{wording}” can't be kept as it is and translated as well. Line {line} says the other."
    ),
    "kept_stored": mark(
        "The glossary says the opposite about “{wording}”: a term is either kept as it is or translated. "
        "Remove that entry first."
    ),
    "language": mark("“{given}” is no language known here. Languages are written like en, pt-BR or zh-Hant."),
    "language_twice": mark("“{given}” is there twice. Keep one of them."),
    "languages": mark("At most {limit} languages fit."),
    "limit": mark("The glossary is full: it holds {limit} terms."),
    "long_note": mark("A note has at most {limit} characters."),
    "long_text": mark("This is longer than {limit} characters."),
    "long_wording": mark("A wording has at most {limit} characters."),
    "memory_full": mark("The memory is full. Remove what you don't need, then try the rest again."),
    "no_header": mark(
        "The first line has to name the columns: keep, note and languages, such as keep,note,en,pt."
    ),
    "no_letters": mark("“{wording}” has neither letters nor digits, so it can't be found in a text."),
    "no_memory_header": mark(
        "The first line has to name the columns: verdict,source,target,text,translation,at. The first and "
        "the last may be missing."
    ),
    "no_text": mark("There is no text here."),
    "nothing": mark("Write what is to be kept as it is, or how the term is said in two languages or more."),
    "one_language": mark(
        "A term needs wordings in two languages or more. To keep one as it is everywhere, use “keep”."
    ),
    "same_language": mark("The two languages have to differ."),
    "slots": mark(
        "Text and translation need the same addresses, links and numbers, each as often in the one as in the "
        "other."
    ),
    "taken": mark(
        "Another entry has “{wording}” already. A word can belong to one term only: look for that entry and "
        "add to it."
    ),
    "two_entries": mark(
        "This line joins two terms of the glossary, the one with “{wording}” and the one with “{other}”. "
        "Remove one of them first."
    ),
    "unknown_column": mark("The column “{given}” is not known here, or is there twice."),
    "unnamed": mark("There is text in a column without a name in the first line."),
    "verdict": mark("“{given}” should be approved or rejected."),
}

FILES = {
    "cell": mark(
        "A cell in line {line} has more than {limit} characters. Perhaps a quotation mark is missing before."
    ),
    "empty": mark("The file is empty."),
    "encoding": mark("Line {line} is not in UTF-8. Save the file as “CSV UTF-8”, then try again."),
    "rows": mark("The file has more than {limit} rows. Take it in in parts."),
    "too_large": mark("The file has more than {limit} MB. Take it in in parts."),
    "unclosed": mark("A quotation mark in line {line} is not closed, or there is text behind it."),
    "utf16": mark("The file is in UTF-16 (“Unicode text”). Save it as “CSV UTF-8”, then try again."),
}


def problem(words: Catalogue, code: str, params: Mapping[str, str | int]) -> str:
    return words.t(PROBLEMS[code], **params)


def file_problem(words: Catalogue, refused: TableRefused) -> str:
    limit = {"too_large": MOST_BYTES // 2**20, "rows": MOST_ROWS}.get(refused.code, LONGEST_CELL)
    return words.t(FILES[refused.code], line=refused.line or 0, limit=limit)
