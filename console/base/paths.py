"""Where the program keeps things: config, data, logs, and the resources it came with."""

from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

from console.base.private_folder import make_private

APP_NAME = "moderator-console"


@dataclass(frozen=True)
class Paths:
    """The folders of one installation.

    Attributes:
        config: settings, profiles without secrets, layout.
        data: the database.
        logs: one rotating file per process.
    """

    config: Path
    data: Path
    logs: Path

    @classmethod
    def of_platform(cls) -> "Paths":
        """The folders this platform asks programs to use."""
        dirs = PlatformDirs(APP_NAME, appauthor=False)
        return cls(config=dirs.user_config_path, data=dirs.user_data_path, logs=dirs.user_log_path)

    @classmethod
    def under(cls, root: Path) -> "Paths":
        """All folders below ``root``: for demos, tests and portable use."""
        return cls(config=root / "config", data=root / "data", logs=root / "logs")

    def create(self) -> None:
        """Make the folders, readable by their owner only.

        Raises:
            WorldError: one of them cannot be made, or stays open to other users.
        """
        for folder in (self.config, self.data, self.logs):
            make_private(folder)


def resources() -> Path:
    """The folder with themes, icons, scenarios and policies: source tree or installed wheel."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"
