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


def test_none_at_all_is_called_missing_and_not_too_short(page, settled, monkeypatch):  # noqa: F811
    shown = page(language="en")
    about(shown, settled, somebody(shown))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: pytest.fail("no file is asked for"))
    typed(shown, "")
    shown.save()
    settled(shown.window())
    assert shown.password.fault.text().startswith("No password is typed.")
    assert shown.window().focusWidget() is shown.password.first


def test_in_a_narrow_window_a_password_is_judged_before_one_goes_to_the_files(batch, settled):  # noqa: F811
    shown = batch()
    window = shown.window()
    window.resize(1000, 640)
    window.set_percent(150)
    settled(window)
    assert not shown.fold.isHidden()
    assert shown._choosing
    typed(shown, "kort")
    shown.fold.setFocus()
    shown.fold.click()
    settled(window)
    assert shown._left.isVisible() and window.focusWidget() is shown.password.first
    for part in (shown.password.first, shown.password.fault):
        assert not part.visibleRegion().isEmpty() and part.visibleRegion().boundingRect().height() == part.height()
    typed(shown, SECRET)
    shown.fold.click()
    settled(window)
    assert shown.stack.isVisible() and window.focusWidget() is shown.view.choose
    assert shown.view._locks.text() == "The files get the password you have typed."
    shown.password.wanted.setChecked(False)
    assert shown.view._locks.text() == "The files get no password."


def test_documents_of_a_whole_caseload_leave_the_document_of_the_team(page, settled):  # noqa: F811
    shown = page()
    shown.choice.choose_kind("team")
    settled(shown.window())
    shown.window().do("reports.batch")
    settled(shown.window())
    assert shown.choice.many and not shown.choice.of_team
    assert shown.window().focusWidget() is shown.choice.loads and shown.cases
