"""A password on a finished PDF: AES-256, never in a screen reader's way, and no claim to the archive."""

from __future__ import annotations

import subprocess
from io import BytesIO

import citizen_cases
import pdf_rules
import pikepdf
import pytest

from progression.errors import KnownError
from progression.reports import protect

PASSWORD = "en lang kode på æøå"


@pytest.fixture(scope="module")
def plain():
    return citizen_cases.made(citizen_cases.typical())


@pytest.fixture(scope="module")
def locked(plain):
    return protect.locked(plain, PASSWORD)


def test_it_opens_with_its_password_alone(locked, plain):
    for wrong in ("", "en lang kode"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(BytesIO(locked), password=wrong)
    assert protect.opens(locked, PASSWORD)
    assert not protect.opens(locked, "en anden lang kode")
    assert not protect.opens(plain, PASSWORD)  # that one needs none
    assert not protect.opens(b"%PDF-half", PASSWORD)
    assert b"Karsten" not in locked and b"pdfuaid" not in locked  # the metadata is encrypted too


def test_it_is_aes_256_of_the_latest_revision_and_forbids_nothing(locked):
    with pikepdf.open(BytesIO(locked), password=PASSWORD) as pdf:
        assert (pdf.encryption.R, pdf.encryption.V, pdf.encryption.bits) == (6, 5, 256)
        assert pdf.encryption.stream_method == pikepdf.models.EncryptionMethod.aesv3
        assert all(pdf.allow)
        assert pdf.allow.accessibility


def test_it_is_still_tagged_and_claims_no_archive(locked, plain):
    with pikepdf.open(BytesIO(plain)) as before, pikepdf.open(BytesIO(locked), password=PASSWORD) as after:
        packet = after.Root.Metadata.read_bytes()
        assert b"pdfuaid:part" in packet and b"pdfaid" not in packet and b"pdfaExtension" not in packet
        assert b"pdfaid" in before.Root.Metadata.read_bytes()
        assert pdf_rules.File(after).aloud() == pdf_rules.File(before).aloud()
        left = {number for number in pdf_rules.faults(after) if number[0].isdigit()}
        assert left == set()  # every rule of PDF/UA-1; those of the archive ask for no encryption


def test_outside_tools_open_it(locked, tmp_path):
    path = tmp_path / "locked.pdf"
    path.write_bytes(locked)
    told = subprocess.run(
        ["qpdf", "--check", f"--password={PASSWORD}", str(path)], capture_output=True, text=True, check=True
    ).stdout
    assert "R = 6" in told and "extract for accessibility: allowed" in told and "No syntax" in told
    text = subprocess.run(
        ["pdftotext", "-upw", PASSWORD, str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Sådan er det gået, Karsten" in text


def test_the_same_document_is_locked_anew_each_time(plain, locked):
    assert protect.locked(plain, PASSWORD) != locked


def test_a_password_typed_in_two_ways_is_one():
    composed, apart = "brød og smør på bordet å", "brød og smør på bordet a\u030a"
    assert protect.checked(composed) == protect.checked(apart)


@pytest.mark.parametrize(
    ("password", "code"),
    [("", "password.too_short"), ("kort kode", "password.too_short"), ("æ" * 64, "password.too_long")],
)
def test_a_password_that_cannot_be_used_is_refused(password, code, plain):
    with pytest.raises(KnownError) as told:
        protect.locked(plain, password)
    assert told.value.code == code
    assert password not in str(told.value) or not password


def test_what_is_no_pdf_cannot_be_locked():
    with pytest.raises(ValueError, match="no PDF"):
        protect.locked(b"text", PASSWORD)
