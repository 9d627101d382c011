"""Where things lie on this computer. `PROGRESSION_DATA` and `PROGRESSION_STATE` move them, for tests and for
roaming-free set-ups.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs

_NAME = "progression"


def data_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """What the user owns: vaults, each in a folder of its own."""
    chosen = environment.get("PROGRESSION_DATA")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir(_NAME, appauthor=False))


def default_vault(environment: Mapping[str, str] = os.environ) -> Path:
    """The vault opened when none is named."""
    return data_folder(environment) / "vault"


def state_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """What belongs to this device and must never travel with a vault. Never inside a vault's folder, never roaming."""
    chosen = environment.get("PROGRESSION_STATE")
    # Windows and macOS have one folder for data and state: a subfolder keeps them apart there
    return Path(chosen) if chosen else Path(platformdirs.user_state_dir(_NAME, appauthor=False)) / "device"


def config_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """What the window remembers (size, language, last vault): nothing personal. `PROGRESSION_CONFIG` moves it."""
    chosen = environment.get("PROGRESSION_CONFIG")
    return Path(chosen) if chosen else Path(platformdirs.user_config_dir(_NAME, appauthor=False))
