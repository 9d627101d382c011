"""A desktop with an accessibility bus, and the program on it, opened by whoever cannot see it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from caseload import CHEAP, PASSPHRASE
from desktop import Desktop


@pytest.fixture(scope="session")
def desktop():
    with tempfile.TemporaryDirectory(prefix="bus", ignore_cleanup_errors=True) as home:
        made = Desktop(Path(home))
        try:
            made.open()
            yield made
        finally:
            made.close()


@pytest.fixture
def vault(tmp_path):
    """A closed vault with invented citizens."""
    from progression.desk import demo, vaults

    result = demo.build(tmp_path / "vault", PASSPHRASE, citizens=12, kdf=CHEAP)
    vaults.close(result.opened.session, backup=False)
    return tmp_path / "vault"


@pytest.fixture
def opened(desktop, vault):
    """Start the program on the vault and unlock it through the bus: opened("da") -> the window."""

    def open_(language="da"):
        window = desktop.program("app", "--db", str(vault), "--language", language)
        secret, unlock = {"da": ("Adgangssætning", "Lås op"), "en": ("Passphrase", "Unlock")}[language]
        secret = window.find(secret, role="text")
        secret.focus()
        secret.write(PASSPHRASE)
        window.find(unlock, role="push button").press()
        window.find(role="table")
        return window

    desktop.bus.heard.clear()
    yield open_
    desktop.end_program()
    assert desktop.bugs() == []
