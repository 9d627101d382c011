"""The letterhead in a real vault: installed by an event, on every kind of document, taken away, nothing by halves."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from desk_cases import again
from PIL import Image

from progression.desk import documents, letterhead, reports, settings
from progression.errors import KnownError
from progression.reports.letterhead import PLAIN
from progression.store import queries

TOML = 'format = 1\nname = "Sundvig Kommune"\ncontact = ["Torvet 1"]\nlogo = "vaaben.png"\n'


@pytest.fixture
def file(tmp_path):
    folder = tmp_path / "papir"
    folder.mkdir()
    Image.new("RGBA", (400, 100), (0, 60, 120, 128)).save(folder / "vaaben.png")
    (folder / "sundvig.toml").write_text("\ufeff" + TOML, "utf-8")
    return folder / "sundvig.toml"


def citizen(session):
    return queries.citizens(session.vault)[0].citizen


def text(data):
    from subprocess import run

    return run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode("utf-8")


def test_it_is_installed_by_an_event_and_is_there_tomorrow(session, file):
    changes = letterhead.install(session, file)
    assert "setting" in changes.kinds
    kept = letterhead.in_force(session)
    assert kept.name == "Sundvig Kommune" and kept.logo
    folder = session.vault.folder
    session.vault.close(backup=False)
    later = again(folder)
    assert letterhead.in_force(later) == kept
    assert letterhead.sender(later) == "Sundvig Kommune"
    letterhead.remove(later)
    assert letterhead.in_force(later) == PLAIN
    later.vault.close(backup=False)


def test_without_one_documents_come_from_the_municipality_of_the_settings(session):
    assert letterhead.sender(session) == ""
    settings.put(session, "municipality", "Nordby Kommune")
    assert letterhead.sender(session) == "Nordby Kommune"


@pytest.mark.parametrize("kind", [one for one in documents.KINDS if one.about == "citizen" and one.suffix == "pdf"])
def test_every_kind_of_document_of_a_citizen_has_it(session, file, kind):
    letterhead.install(session, file)
    made = documents.read(session, kind.key, citizen(session)).made()
    said = text(made.data)
    assert "Torvet 1" in said and "Sundvig Kommune" in said
    with pikepdf.open(BytesIO(made.data)) as pdf:
        assert any(page.get_images() for page in pdf.pages)


def test_what_is_written_without_the_list_has_it_too(session, file, tmp_path):
    letterhead.install(session, file)
    reports.case(session, citizen(session), tmp_path / "sag.pdf")
    reports.handover(session, citizen(session), tmp_path / "ark.pdf")
    for name in ("sag.pdf", "ark.pdf"):
        assert "Torvet 1" in text((tmp_path / name).read_bytes())


def test_another_letterhead_makes_documents_come_out_otherwise(session, file):
    before = documents.basis(session, "citizen", citizen(session), "da")
    letterhead.install(session, file)
    assert documents.basis(session, "citizen", citizen(session), "da") != before


@pytest.mark.parametrize(
    ("break_it", "code"),
    [
        (lambda f: f.unlink(), "file.unreadable"),
        (lambda f: f.write_bytes(b"\xff\xfe\x00"), "file.unreadable"),
        (lambda f: f.write_text("#" * 200_000), "file.unreadable"),
        (lambda f: f.write_text("name = 3"), "letterhead.invalid"),
        (lambda f: (f.parent / "vaaben.png").unlink(), "letterhead.logo_missing"),
        (lambda f: (f.parent / "vaaben.png").write_text("<svg/>"), "letterhead.logo_not_image"),
        (lambda f: (f.parent / "vaaben.png").write_bytes(b"\0" * 9_000_000), "letterhead.logo_large"),
    ],
)
def test_a_faulty_one_changes_nothing(session, file, break_it, code):
    letterhead.install(session, file)
    kept = letterhead.in_force(session)
    break_it(file)
    with pytest.raises(KnownError) as told:
        letterhead.install(session, file)
    assert told.value.code == code
    assert letterhead.in_force(session) == kept


def test_a_page_shows_it_with_nobody_s_data(session, file, tmp_path):
    letterhead.write_preview(session, tmp_path / "plain.pdf")
    shown = text(letterhead.preview(session, letterhead.read(file)))
    assert "Brevhovedet" in shown and "Torvet 1" in shown
    names = [one.name for one in queries.citizens(session.vault) if one.name]
    assert names and not any(name in shown for name in names)


def test_a_password_is_for_pdfs(session):
    made = documents.read(session, "citizen", citizen(session)).made()
    locked = documents.locked(made, "en lang adgangskode")
    assert documents.opens(locked.data, "en lang adgangskode")
    note = documents.Made(documents.kind("note"), "c", "n", "da", session.today(), b"tekst")
    with pytest.raises(KnownError) as told:
        documents.locked(note, "en lang adgangskode")
    assert told.value.code == "password.not_pdf"
