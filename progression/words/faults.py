"""Faults and notices of imported files as lines: `file:row:column: what, value, what was expected`.

The values are `exchange.faults.FileFault` and `store.notices.Notice`; only their attributes are read here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from progression.words.catalogue import N_, Words
from progression.words.hiding import without_cpr

_LONGEST = 60  # characters of a value; a whole note would drown the line

_NOT_A_STEP = N_("not a whole step")
_NOT_A_CHOICE = N_("not one of the words that can stand here")
_EMPTY = N_("the cell is empty")

WHAT: dict[str, str] = {
    "empty_file": N_("the file is empty"),
    "not_text": N_("not a text file"),
    "broken_quotes": N_("the quotation marks are out of place"),
    "beyond_header": N_("the row has more cells than the header"),
    "unknown_column": N_("the column is not known"),
    "column_twice": N_("the column is there twice"),
    "column_missing": N_("the column is missing"),
    "empty": _EMPTY,
    "not_a_date": N_("not a date"),
    "no_such_date": N_("there is no such date"),
    "not_a_time": N_("not a time of day"),
    "not_a_moment": N_("not a date with a time"),
    "not_a_number": N_("not a number"),
    "negative": N_("the number is negative"),
    "not_a_whole_step": _NOT_A_STEP,
    "not_a_count": N_("not a whole number from 1"),
    "not_a_choice": _NOT_A_CHOICE,
    "unknown_citizen": N_("the citizen is not known"),
    "unknown_scale": N_("the scale is not known"),
    "score_and_state": N_("both a score and a state"),
    "key_twice": N_("the same key is there twice"),
    "differs": N_("differs from what is saved"),
    "not_agreed": N_("differs within one assessment"),
    "id_of_another": N_("the id belongs to another citizen"),
    "fault.indicator": N_("the indicator is not known"),
    "fault.not_rated_by": N_("this rater is not asked about the indicator"),
    "fault.not_whole": _NOT_A_STEP,
    "fault.score": N_("not a step of the scale"),
    "fault.intervention_type": N_("the type of intervention is not known"),
    "fault.range": N_("outside what is possible"),
    "fault.before": N_("lies before {field}"),
    "fault.future": N_("lies in the future"),
    "fault.too_early": N_("lies too far back"),
    "fault.too_late": N_("lies too far ahead"),
    "fault.time": N_("not a time of day"),
    "fault.same_person": N_("the same person as the one who hands over"),
    "fault.cpr": N_("not a CPR number"),
    "fault.cpr_future": N_("the date of birth in the CPR number lies in the future"),
    "fault.about": N_("not something a decision can be about"),
    "fault.choice": _NOT_A_CHOICE,
    "fault.empty": _EMPTY,
    # of a mapping
    "mapping_version": N_("the version of the mapping is not given"),
    "mapping_newer": N_("the mapping was made for a newer version of the program"),
    "unknown_table": N_("the table is not known"),
    "no_section": N_("the mapping describes no table"),
    "not_a_section": N_("not a group of keys"),
    "not_truth": N_("neither true nor false"),
    "unknown_key": N_("the key is not known"),
    "not_a_name": N_("not a name"),
    "not_a_value": N_("not a single value"),
    "not_a_list": N_("not a list of names"),
    "not_a_date_column": N_("not a column with dates"),
    "not_in_file": N_("the column is not in the file"),
    "source_twice": N_("two tables read the same file"),
}

_A_DATE = N_("a date like 2025-12-31 or 31-12-2025")
_A_CHOICE = N_("one of: {choices}")
_A_STEP = N_("a whole step from {minimum} to {maximum}, or empty for not rated")

EXPECTED: dict[str, str] = {
    "a_header": N_("a row with the names of the columns"),
    "a_csv_file": N_("CSV in UTF-8 or Windows-1252, or a workbook"),
    "closed_quotes": N_("a text in quotation marks, with a quotation mark inside it written twice"),
    "as_header": N_("{n} cells, and quotation marks around a text or number with a separator in it"),
    "a_column": N_("one of: {columns}"),
    "column_once": N_("each column once"),
    "a_required_column": N_("at least: {columns}"),
    "not_empty": N_("a value"),
    "a_date": _A_DATE,
    "a_moment": N_("a date and time like 2025-12-31T14:05"),
    "a_time": N_("a time of day like 09:30"),
    "a_number": N_("a number like 2,5"),
    "a_whole_step": N_("a whole step, or empty for not rated"),
    "a_count": N_("1, 2, 3 and so on"),
    "a_choice": _A_CHOICE,
    "a_citizen": N_("a citizen who is known or stands in citizens.csv"),
    "a_scale": _A_CHOICE,
    "score_or_state": N_("either a score or a state"),
    "a_key_once": N_("each key once; the first is in row {row}"),
    "a_key_once_or_nr": N_("each key once, or the column nr to tell them apart; the first is in row {row}"),
    "as_held_or_update": N_("“{held}”, or that the import records corrections (--update)"),
    "as_first_row": N_("“{held}” as in row {row}"),
    "an_id_of_its_own": N_("an id of its own for each intervention"),
    "fault.indicator": _A_CHOICE,
    "fault.not_rated_by": _A_CHOICE,
    "fault.not_whole": _A_STEP,
    "fault.score": _A_STEP,
    "fault.intervention_type": _A_CHOICE,
    "fault.range": N_("from {minimum} to {maximum}"),
    "fault.before": N_("{date} or later"),
    "fault.future": N_("{today} at the latest"),
    "fault.too_early": N_("{date} or later"),
    "fault.too_late": N_("{date} at the latest"),
    "fault.time": N_("a time of day like 09:30"),
    "fault.same_person": N_("another person"),
    "fault.cpr": N_("ten digits that begin with a date"),
    "fault.cpr_future": N_("ten digits that begin with a date"),
    "fault.about": N_("flag:ID, intervention:ID or citizen"),
    "fault.choice": _A_CHOICE,
    "fault.empty": N_("a value"),
    "version_one": N_("version = 1"),
    "a_table": N_("one of: {tables}"),
    "a_section": N_("a group of keys"),
    "true_or_false": N_("true or false"),
    "a_key": N_("one of: {keys}"),
    "a_file_name": N_("the name of a file or a sheet"),
    "a_column_name": N_("the name of a column in the file"),
    "a_value": N_("a text, a number or a date"),
    "a_list": N_("a list of names of columns"),
    "a_column_of_file": N_("a column of {file}"),
    "source_once": N_("each file in one table"),
}

NOTICES: dict[str, str] = {
    "import.windows_1252": N_("{file} is not UTF-8 and was read as Windows-1252. Check that æ, ø and å are right."),
    "import.after_closing": N_(
        "{file}: rows are dated after the case closed, for {numbers}. They are taken in as they stand; open the case "
        "again, or correct the day."
    ),
    "import.overlaps_itself": N_(
        "{file}: the same intervention is registered twice on the same days, for {numbers}. It counts once; look at it."
    ),
    "import.two_responsible": N_(
        "{file}: two caseworkers are responsible on the same day, for {numbers}. The one who began last counts; give "
        "the other a last day."
    ),
    "import.no_rows": N_("{file} has a header but no rows."),
    "import.not_read": N_("{file} was left out: it is not one of the files of an import, and no mapping names it."),
    "import.source_missing": N_("{file}: {key} is about {source}, which is not among the files."),
}


def sentence(w: Words, fault: Any) -> str:
    """One fault as a line that points at its cell, or at its key in a mapping."""
    place = [fault.file, fault.column] if fault.row is None else [fault.file, str(fault.row), fault.column]
    fields = {name: _text(w, field) for name, field in fault.fields.items()}
    return w.t(
        "{place}: {what}, “{value}”, expected: {expected}",
        place=":".join(place),
        what=_filled(w, WHAT[fault.what], fields),
        value=_short(fault.value),
        expected=_filled(w, EXPECTED[fault.expected], fields),
    )


def notice(w: Words, one: Any) -> str:
    """What is worth telling after an import that went well."""
    fields: Mapping[str, Any] = one.fields
    if one.code == "import.citizens_created":
        return w.tn(
            "{n} new citizen has only a number.",
            "{n} new citizens have only a number.",
            fields["n"],
        )
    if one.code == "import.warning":
        return _warning(w, fields["what"], fields["n"], fields["file"])
    return w.t(NOTICES[one.code], **fields)


def _warning(w: Words, what: str, n: int, file: str) -> str:
    if what == "fault.cpr_modulus":
        return w.tn(
            "{file}: {n} CPR number does not meet the check digit. That can be right.",
            "{file}: {n} CPR numbers do not meet the check digit. That can be right.",
            n,
            file=file,
        )
    if what == "fault.cpr_born":
        return w.tn(
            "{file}: {n} CPR number has another date of birth than the one given.",
            "{file}: {n} CPR numbers have another date of birth than the one given.",
            n,
            file=file,
        )
    if what == "fault.no_review":
        return w.tn(
            "{file}: {n} exemption has no review date.",
            "{file}: {n} exemptions have no review date.",
            n,
            file=file,
        )
    if what == "fault.no_until":
        return w.tn("{file}: {n} consent has no last day.", "{file}: {n} consents have no last day.", n, file=file)
    if what == "fault.outcome_open":
        return w.tn(
            "{file}: {n} citizen has an outcome but no closing date.",
            "{file}: {n} citizens have an outcome but no closing date.",
            n,
            file=file,
        )
    return w.tn("{file}: {n} row should be looked at.", "{file}: {n} rows should be looked at.", n, file=file)


def _filled(w: Words, message: str, fields: Mapping[str, str]) -> str:
    text = w.t(message)
    return text.format(**fields) if fields else text


def _text(w: Words, field: Any) -> str:
    if isinstance(field, (tuple, list)):
        return ", ".join(str(part) for part in field)
    if isinstance(field, date):
        return field.isoformat()
    return _short(str(field))


def _short(value: str) -> str:
    """A value on one line, cut where it is long. A CPR number may stand in any column of a file that slipped."""
    line = without_cpr(" ".join(value.split()))
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
