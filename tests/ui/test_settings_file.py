"""The choices of this computer on disk."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.settings import APPEARANCES, IDLE_MINUTES, SCALES, Settings, load_settings, save_settings


def test_what_is_saved_is_read(tmp_path: Path) -> None:
    settings = Settings(language="ar", appearance="dark", scale=150, idle_minutes=30)
    save_settings(settings, tmp_path / "new folder" / "settings.json")
    assert load_settings(tmp_path / "new folder" / "settings.json") == settings
    assert [path.name for path in (tmp_path / "new folder").iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "\x00\xff", '{"language": 7, "scale": "big", "idle_minutes": true}']
)
def test_a_damaged_file_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(text.encode("latin-1"))
    assert load_settings(path) == Settings()


def test_a_value_that_can_t_be_used_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"language": "tlh", "appearance": "dark", "scale": 90, "idle_minutes": 5}')
    assert load_settings(path) == replace(Settings(), appearance="dark", idle_minutes=5)


def test_a_folder_that_refuses_leaves_the_former_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save_settings(Settings(language="en"), path)
    path.with_name(".settings.json.new").mkdir()  # where the draft would go
    with pytest.raises(OSError, match="settings"):
        save_settings(Settings(language="ar"), path)
    assert load_settings(path).language == "en"


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None)  # it writes to a disk that others use
@given(
    found=st.fixed_dictionaries({}, optional=dict.fromkeys(("language", "appearance", "scale", "idle_minutes"), _json))
)
def test_whatever_the_file_says_the_settings_can_be_used(
    tmp_path_factory: pytest.TempPathFactory, found: dict[str, object]
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    path.write_text(json.dumps(found))
    loaded = load_settings(path)
    assert loaded.language in {"fr", "en", "ar"}
    assert loaded.appearance in APPEARANCES
    assert loaded.scale in SCALES
    assert IDLE_MINUTES[0] <= loaded.idle_minutes <= IDLE_MINUTES[1]
