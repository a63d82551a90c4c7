"""What the sign-in page believes of a folder before the store is loaded."""

from pathlib import Path

from app.entrance import peek_logins
from app.paths import HubPaths


def test_an_empty_folder_is_for_a_first_start(tmp_path: Path) -> None:
    assert peek_logins(HubPaths(tmp_path)) == ()


def test_records_without_their_keyring_are_no_first_start(tmp_path: Path) -> None:
    paths = HubPaths(tmp_path)
    paths.database.write_bytes(b"records")
    assert peek_logins(paths) is None


def test_a_damaged_keyring_is_left_to_the_store(tmp_path: Path) -> None:
    paths = HubPaths(tmp_path)
    paths.keyring.write_text('{"slots": [')
    assert peek_logins(paths) is None
