"""The first start, the door and every section of the settings, looked at as the pages are: both languages, three
themes, 100 % and 200 % text, in the smallest window; and with every text twice as long."""

from __future__ import annotations

import pytest
from caseload import PASSPHRASE
from test_doubled import doubled, twice  # noqa: F401
from test_matrix import LOOKS, SIZE, faults, listened, put_on, sitting, vaults_by_content  # noqa: F401

from progression.ui.settings.sections import BY_NAME


@pytest.fixture
def begun(open_window, tmp_path, listened):  # noqa: F811
    """A window where there is no vault yet."""
    return lambda **preferences: open_window(tmp_path / "data" / "vault", size=SIZE, **preferences)


def first_start(window, settled):
    """Step after step, with what can go wrong at each."""
    start = window.start
    yield "language"
    start.show_step(start.account)
    yield "account"
    start.account.submit()
    yield "account, nothing filled in"
    start.account.name.setText("Mette Holm Andersen")
    start.account.first.setText("kaffe sten lampe ko")
    start.account.second.setText("kaffe og")
    start.account.submit()
    yield "account, not the same"
    start.key.show_key("3WGTX-V1X0T-RCM5S-V9XXK-YSW18-HFX8Y-RBJDG-DV39S")
    start.show_step(start.key)
    yield "key"
    start.show_step(start.begin)
    yield "begin"
    start.begin.set_busy(True)
    yield "making the demo"


def door(window, settled):
    """As one meets it, after a wrong passphrase, with the recovery key, and locked."""
    page = window.unlock
    yield "unlock"
    page.secret.setText("forkert")
    page.submit()
    settled(window)
    yield "wrong"
    page.use_recovery(True)
    yield "recovery"
    page.use_recovery(False)
    page.secret.setText(PASSPHRASE)
    page.submit()
    settled(window)
    window.lock_with_system()
    settled(window)
    yield "locked"


def sections(window, settled):
    """Each section of the settings, and the fields for a new passphrase."""
    for name in BY_NAME:
        window.do(f"settings.{name}")
        settled(window)
        yield name
    window.shell.current().change_passphrase()
    settled(window)
    yield "passphrase"


def looked_at(window, settled, places):
    """What is wrong at each place in each theme. Where things stand is looked at in the first."""
    found = {}
    for name in places(window, settled):
        for look in LOOKS:
            put_on(window, settled, look)
            settled(window)
            found[f"{name} {look}"] = faults(window, placed=look == LOOKS[0])
        put_on(window, settled, LOOKS[0])
    return {place: told for place, told in found.items() if told}


def once(window, settled, places):
    """What is wrong at each place in the theme in force."""
    found = {}
    for name in places(window, settled):
        settled(window)
        if told := faults(window):
            found[name] = told
    return found


@pytest.mark.slow
@pytest.mark.parametrize("percent", [80, 100, 200])
@pytest.mark.parametrize("language", ["da", "en"])
def test_nothing_is_wrong_in_the_first_start(begun, settled, language, percent):
    assert looked_at(begun(language=language, percent=percent), settled, first_start) == {}


@pytest.mark.slow
@pytest.mark.parametrize("percent", [80, 100, 200])
@pytest.mark.parametrize("language", ["da", "en"])
def test_nothing_is_wrong_at_the_door(open_window, demo_vault, settled, listened, language, percent):  # noqa: F811
    window = open_window(demo_vault, size=SIZE, language=language, percent=percent)
    assert looked_at(window, settled, door) == {}


@pytest.mark.slow
@pytest.mark.parametrize("percent", [80, 100, 200])
@pytest.mark.parametrize("language", ["da", "en"])
def test_nothing_is_wrong_in_any_section(sitting, settled, language, percent):  # noqa: F811
    window = sitting("typical", language=language, percent=percent)
    assert looked_at(window, settled, sections) == {}


@pytest.mark.slow
@pytest.mark.parametrize("percent", [100, 200])
def test_texts_twice_as_long_before_anything_is_open(begun, settled, doubled, percent):  # noqa: F811
    window = begun(language="da", percent=percent)
    assert once(window, settled, first_start) == {}


@pytest.mark.slow
def test_texts_twice_as_long_in_every_section(sitting, settled, doubled):  # noqa: F811
    window = sitting("typical", language="da")
    assert once(window, settled, sections) == {}
