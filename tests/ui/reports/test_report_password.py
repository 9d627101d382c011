"""A password in *Rapporter*: typed twice, on what is saved and on a whole caseload, kept nowhere."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from test_reports_page import about, batch, log, page, somebody, through  # noqa: F401 - fixtures

from progression.desk import documents

SECRET = "lang nok til arkivet"


def typed(shown, first, second=None):
    shown.password.wanted.setChecked(True)
    shown.password.first.setText(first)
    shown.password.second.setText(first if second is None else second)


@pytest.mark.parametrize(("first", "second", "told"), [("kort", "kort", "10"), (SECRET, "andet", "not the same")])
def test_one_that_cannot_be_used_is_said_before_a_file_is_asked_for(
    page, settled, monkeypatch, first, second, told  # noqa: F811
):  # fmt: skip
    shown = page()
    about(shown, settled, somebody(shown))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: pytest.fail("no file is asked for"))
    typed(shown, first, second)
    shown.save()
    settled(shown.window())
    assert told in shown.password.fault.text() and log(shown, "export") == []


def test_the_file_opens_with_it_only_and_the_fields_are_empty_again(
    page, settled, monkeypatch, tmp_path  # noqa: F811
):  # fmt: skip
    shown = page()
    about(shown, settled, somebody(shown))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "sag.pdf"), ""))
    assert shown.password.first.isHidden() or not shown.password.first.isVisible()
    typed(shown, SECRET)
    assert shown.password.first.echoMode() == QLineEdit.EchoMode.Password
    shown.save()
    settled(shown.window())
    assert documents.opens((tmp_path / "sag.pdf").read_bytes(), SECRET)
    assert shown.password.first.text() == shown.password.second.text() == ""
    assert shown.password.wanted.isChecked() and len(log(shown, "export")) == 1
    typed(shown, SECRET)
    shown.password.wanted.setChecked(False)
    shown.save()
    settled(shown.window())
    assert (tmp_path / "sag.pdf").read_bytes() == shown.made.data
    shown.choice.choose_kind("note")
    settled(shown.window())
    assert shown.password.isHidden()


def test_a_caseload_opens_with_it_only(batch, qtbot, tmp_path):  # noqa: F811
    shown = batch()
    typed(shown, SECRET, "andet")
    shown.write_into(tmp_path / "ud")
    assert shown.batch.outcome is None and "not the same" in shown.password.fault.text()
    typed(shown, SECRET)
    shown.write_into(tmp_path / "ud")
    through(qtbot, shown)
    written = [one for one in (tmp_path / "ud").iterdir() if one.suffix == ".pdf"]
    assert written and all(documents.opens(one.read_bytes(), SECRET) for one in written)
    assert shown.password.first.text() == "" and shown.batch.outcome.order.password == ""
    assert not any(SECRET.encode() in one.read_bytes() for one in (tmp_path / "ud").iterdir())


def test_leaving_the_page_leaves_nothing_typed(page, settled):  # noqa: F811
    shown = page()
    about(shown, settled, somebody(shown))
    typed(shown, SECRET)
    shown.window().do("page.today")
    settled(shown.window())
    assert shown.password.first.text() == shown.password.second.text() == ""


def test_letters_without_a_sign_are_told_beside_the_document(page, settled, monkeypatch):  # noqa: F811
    from dataclasses import replace

    real = documents.preview
    monkeypatch.setattr(documents, "preview", lambda *args: replace(real(*args), missing=("漢",)))
    shown = page()
    about(shown, settled, somebody(shown))
    assert shown.preview.missing.isVisible() and "漢" in shown.preview.missing.text()
    shown.preview.show_nothing("")
    assert shown.preview.missing.isHidden()
