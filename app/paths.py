"""Where an installation keeps its files: one folder, which can be copied whole."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class HubPaths:
    """The files of one installation below its data folder."""

    folder: Path

    @property
    def database(self) -> Path:
        """The encrypted store."""
        return self.folder / "wasl.db"

    @property
    def keyring(self) -> Path:
        """The database key, wrapped once for each account and once for the recovery code."""
        return self.folder / "keyring.json"

    @property
    def anchor(self) -> Path:
        """How far the log of this installation had come, kept outside the store to notice a restored copy."""
        return self.folder / "anchor.json"

    @property
    def attempts(self) -> Path:
        """Failed sign-ins, so that restarting the program does not shorten the wait."""
        return self.folder / "attempts.json"

    @property
    def settings(self) -> Path:
        """Choices of this computer that concern nobody: language of the window, light or dark."""
        return self.folder / "settings.json"

    @property
    def backups(self) -> Path:
        """Automatic copies, encrypted like the store."""
        return self.folder / "backups"

    @property
    def logs(self) -> Path:
        """Technical log, without personal data."""
        return self.folder / "logs"


def default_folder() -> Path:
    """The folder that the window and `waslctl` use when none is named."""
    import platformdirs  # noqa: PLC0415 - costs the window's start 20 ms where a folder is named

    return Path(platformdirs.user_data_dir("Wasl", appauthor=False, roaming=False))
