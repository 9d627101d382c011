"""Every code that can be raised has its sentence, and every sentence gets the fields it needs."""

from __future__ import annotations

import ast
import datetime as dt
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import progression
from progression.errors import Fault, KnownError
from progression.words import Words, errors, faults
from progression.words.known import SENTENCES

PACKAGE = Path(progression.__file__).parent
TREES = {
    path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.relative_to(PACKAGE).parts[0] != "words"
}
VALUES = {"fault", "notice", "damage"}  # codes of values: one sentence each; all other codes are errors


def placeholders(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


def constants(node: ast.AST | None) -> list[str]:
    """The texts an argument can be: itself, or either branch of a choice."""
    if isinstance(node, ast.IfExp):
        return constants(node.body) + constants(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def calls(*names: str) -> Iterator[tuple[str, ast.Call, ast.AST]]:
    """Every call of a function or method with one of these names: place, call, enclosing function."""
    for place, tree in TREES.items():
        for scope in ast.walk(tree):
            if not isinstance(scope, (ast.FunctionDef, ast.Module)):
                continue
            for node in own_nodes(scope):
                if isinstance(node, ast.Call):
                    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                    if called in names:
                        yield f"{place}:{node.lineno}", node, scope


def own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(scope):
        if not isinstance(child, ast.FunctionDef):
            yield child
            yield from own_nodes(child)


def dict_keys(node: ast.AST, scope: ast.AST) -> set[str] | None:
    """The keys of a dict that is written out, there or where its name is bound; None when it cannot be told."""
    if isinstance(node, ast.Name):
        bound = [n.value for n in own_nodes(scope) if isinstance(n, ast.Assign) and node.id in names_of(n.targets)]
        return dict_keys(bound[-1], scope) if bound else None
    if isinstance(node, ast.Dict):
        return {key.value for key in node.keys if isinstance(key, ast.Constant)}
    return None


def names_of(targets: list[ast.expr]) -> set[str]:
    return {target.id for target in targets if isinstance(target, ast.Name)}


ERRORS = [
    pytest.param(code, {k.arg for k in call.keywords}, id=f"{place} {code}")
    for place, call, _ in calls("KnownError")
    for code in constants(call.args[0])
]
NOTICES = [
    pytest.param(code, dict_keys(call.args[1], scope) if len(call.args) > 1 else set(), id=f"{place} {code}")
    for place, call, scope in calls("Notice")
    for code in constants(call.args[0])
]
FAULTS = [
    pytest.param(code, call, scope, id=f"{place} {code}")
    for place, call, scope in calls("Fault", "fault")
    for code in [text for argument in call.args for text in constants(argument) if text.startswith("fault.")]
]


def test_the_search_finds_what_it_is_for():
    assert len(ERRORS) > 40
    assert len(NOTICES) > 5
    assert len(FAULTS) > 20


def test_no_error_is_raised_with_a_code_that_is_made_up_on_the_way():
    """A code that is computed is one no test can look for."""
    unknown = [
        place
        for place, call, _ in calls("KnownError")
        if not constants(call.args[0]) and not place.startswith("store/engine.py")
    ]
    assert unknown == []


@pytest.mark.parametrize(("code", "fields"), ERRORS)
def test_every_error_has_a_sentence_with_its_fields(code, fields):
    assert code in SENTENCES
    needed = placeholders(SENTENCES[code])
    if None not in fields:  # None: **fields, told apart by the tests that provoke them
        assert needed <= fields


@pytest.mark.parametrize(("code", "fields"), NOTICES)
def test_every_notice_has_a_sentence_with_its_fields(code, fields):
    if code.startswith("import."):
        assert code in faults.NOTICES or code in ("import.citizens_created", "import.warning")
        needed = placeholders(faults.NOTICES.get(code, ""))
    else:
        needed = placeholders(SENTENCES[code])
    assert fields is None or needed <= fields


@pytest.mark.parametrize(("code", "call", "scope"), FAULTS)
def test_every_fault_has_a_sentence_with_its_fields(code, call, scope):
    given = {"key", "value"} | {keyword.arg for keyword in call.keywords if keyword.arg}
    open_ended = any(keyword.arg is None for keyword in call.keywords)
    for argument in [*call.args[1:], *(k.value for k in call.keywords if k.arg == "expected")]:
        if isinstance(argument, (ast.Dict, ast.Name)):
            keys = dict_keys(argument, scope)
            given |= keys or set()
    if not open_ended:
        assert placeholders(SENTENCES[code]) <= given


def test_every_code_of_damage_has_a_sentence():
    text = (PACKAGE / "store" / "check.py").read_text("utf-8")
    codes = set(re.findall(r'Damage\("(damage\.[a-z_]+)"', text)) | {"damage.body", "damage.hash"}
    assert len(codes) >= 7
    assert codes <= set(SENTENCES)
    assert all(placeholders(SENTENCES[code]) <= {"where", "newest_backup"} for code in codes)


def test_no_sentence_is_left_over():
    """A sentence nobody raises is one that was renamed in one place only."""
    said = {
        node.value
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    computed = {"damage.body", "damage.hash"}
    assert sorted(set(SENTENCES) - said - computed) == []


@pytest.mark.parametrize("code", [c for c in SENTENCES if c.split(".")[0] not in VALUES])
@pytest.mark.parametrize("language", ["da", "en"])
def test_an_error_says_what_happened_what_is_safe_and_what_to_do(code, language):
    text = Words(language).t(SENTENCES[code])
    assert len([s for s in re.split(r"[.:](?:\s|$)", text) if s.strip()]) >= 3
    assert not re.search(r"\b(error|fejlkode|invalid|exception)\b", text, re.IGNORECASE)


@pytest.mark.parametrize("language", ["da", "en"])
def test_fields_are_written_as_a_person_writes_them(language):
    w = Words(language)
    day = dt.date(2026, 3, 7)
    assert errors.written(w, None) == "–"
    assert errors.written(w, day) == w.date(day)
    assert errors.written(w, 0.5) == ("0,5" if language == "da" else "0.5")
    assert errors.written(w, 37.0) == "37"
    assert errors.written(w, ("a", "b")) == "a, b"
    assert errors.written(w, "whole", "type") == ("et helt tal" if language == "da" else "a whole number")
    at = dt.datetime(2026, 3, 7, 14, 2)
    assert errors.written(w, at).startswith(w.date(day))


def test_faults_follow_on_lines_of_their_own():
    w = Words("en")
    faults_ = (Fault("end", "fault.before", dt.date(2026, 1, 1), {"field": "start", "date": dt.date(2026, 2, 1)}),)
    lines = errors.sentence(w, KnownError("intervention.invalid", faults=faults_)).split("\n")
    assert len(lines) == 2
    assert lines[1] == "The end is 1 January 2026, which is before the start, 1 February 2026."


def test_a_code_without_a_sentence_still_says_something_true():
    text = errors.sentence(Words("en"), KnownError("nobody.wrote_this"))
    assert "nobody.wrote_this" in text
    assert "safe" in text


def test_braces_in_what_a_person_wrote_do_no_harm():
    fault = Fault("type", "fault.intervention_type", "{key} {nothing}", {"choices": ("mentor",)})
    assert "{key} {nothing}" in errors.fault(Words("en"), fault)


def test_what_stood_there_is_not_in_the_repr_of_a_fault():
    assert "1234" not in repr(Fault("cpr", "fault.cpr", "140680-1234"))


# imported files


FILE_CALLS = ("FileFault", "CellError", "fault", "_header_fault", "_mapping_fault")


def test_every_fault_of_a_file_has_its_words():
    said = set()
    for place, call, _ in calls(*FILE_CALLS):
        if place.startswith("exchange/"):
            said |= {text for argument in call.args for text in constants(argument)}
    known = said & (set(faults.WHAT) | set(faults.EXPECTED))
    assert {"not_a_date", "unknown_citizen", "key_twice", "a_date", "a_citizen"} <= known
    codes = {text for text in said if re.fullmatch(r"[a-z]+(_[a-z]+)+", text)}
    columns = {"citizen_id", "intervention_id", "conversation_id"}
    assert codes - set(faults.WHAT) - set(faults.EXPECTED) - columns == set()


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("what", sorted(faults.WHAT))
def test_a_fault_of_a_file_points_at_its_cell(language, what):
    from progression.exchange.faults import FileFault

    fields = {name: "x" for text in (*faults.WHAT.values(), *faults.EXPECTED.values()) for name in placeholders(text)}
    fault = FileFault("scores.csv", 7, "score", what, "2,5", "a_date", fields)
    line = errors.fault(Words(language), fault)
    assert line.startswith("scores.csv:7:score: ")
    assert "2,5" in line
    assert "{" not in line


def test_a_long_value_is_cut_in_a_fault():
    from progression.exchange.faults import FileFault

    fault = FileFault("notes.csv", 2, "date", "not_a_date", "word " * 100, "a_date")
    assert len(errors.fault(Words("en"), fault)) < 200


def test_a_fault_of_a_mapping_points_at_its_key():
    from progression.exchange.faults import FileFault

    fault = FileFault("map.toml", None, "rename.x", "unknown_column", "x", "a_column", {"columns": ("date", "score")})
    assert errors.fault(Words("en"), fault).startswith("map.toml:rename.x: ")
