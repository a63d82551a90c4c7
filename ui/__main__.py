"""`wasl`: the window. It is on screen before the part that opens the records is loaded."""

import argparse
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app import __version__
from app.paths import HubPaths, default_folder
from app.settings import load_settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def main(arguments: list[str] | None = None) -> int:
    """Open the window on a folder and return the exit status when it is closed."""
    parser = argparse.ArgumentParser(prog="wasl", description="The register of the Work4Life hubs.")
    parser.add_argument("--data", metavar="DIR", type=Path, help="folder of the records")
    parser.add_argument("--version", action="version", version=f"Wasl {__version__}")
    parser.add_argument("--check", action="store_true", help="open the window and close it again: does it work here?")
    options = parser.parse_args(arguments)
    paths = HubPaths((options.data or default_folder()).expanduser().absolute())
    settings = load_settings(paths.settings)
    if settings.scale != 100:  # noqa: PLR2004 - per cent
        os.environ.setdefault("QT_SCALE_FACTOR", str(settings.scale / 100))

    # what is loaded now stays: looking for garbage among it only costs time
    gc.disable()
    from ui.after_paint import after_paint  # noqa: PLC0415 - after the scale is known
    from ui.logs import install_exception_hook  # noqa: PLC0415
    from ui.preferences import Preferences  # noqa: PLC0415
    from ui.program import Program  # noqa: PLC0415
    from ui.theme.appearance import make_application  # noqa: PLC0415

    application = make_application(sys.argv[0])
    application.setApplicationName("Wasl")
    application.setApplicationVersion(__version__)
    preferences = Preferences(paths.settings, settings)
    preferences.apply()
    program = Program(paths, preferences)
    install_exception_hook(program.messages.report_fault)
    program.start()
    gc.freeze()
    gc.enable()
    after_paint(program.window, lambda: _finish_start(application, paths))
    if options.check:
        after_paint(program.window, program.window.close)
    status = application.exec()
    program.close()
    return status


def _finish_start(application: "QApplication", paths: HubPaths) -> None:
    """What can wait until the window stands."""
    from ui.logs import start_log  # noqa: PLC0415
    from ui.theme.icons import make_icon  # noqa: PLC0415

    application.setWindowIcon(make_icon("wasl", size=64))
    if paths.folder.exists():
        start_log(paths.logs)


if __name__ == "__main__":
    sys.exit(main())
