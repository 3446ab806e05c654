"""What a person chose on this computer, written and read again."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import KnownError
from app.settings import Settings, load, save

ANY = st.builds(
    Settings,
    theme=st.text(max_size=12),
    text_percent=st.integers(-1000, 1000),
    legible_font=st.booleans(),
    lock_minutes=st.integers(-1000, 1000),
    sync_paused=st.booleans(),
)


@given(ANY)
def test_settings_are_always_brought_back_to_what_is_allowed(settings: Settings) -> None:
    checked = settings.checked()
    assert checked.theme in {"systeme", "clair", "sombre"}
    assert 90 <= checked.text_percent <= 200
    assert 1 <= checked.lock_minutes <= 60
    assert checked.checked() == checked


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    chosen = Settings(theme="sombre", text_percent=150, legible_font=True, lock_minutes=5, sync_paused=True)
    save(tmp_path / "reglages.toml", chosen)
    assert load(tmp_path / "reglages.toml") == chosen
    assert [path.name for path in tmp_path.iterdir()] == ["reglages.toml"]


@pytest.mark.parametrize("content", [b"", b"theme = ", b"\xff\xfe", b"theme = 3\ntext_percent = true\nunknown = 1"])
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "reglages.toml").write_bytes(content)
    assert load(tmp_path / "reglages.toml") == Settings()


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "reglages.toml") == Settings()


def test_what_cannot_be_read_or_written_is_told_and_the_defaults_hold(tmp_path: Path) -> None:
    path = tmp_path / "reglages.toml"
    path.mkdir()
    assert load(path) == Settings()
    with pytest.raises(KnownError, match="réglage"):
        save(path, Settings())
