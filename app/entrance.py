"""What the sign-in page may know before anything is unlocked, read without loading the store or its ciphers.

A window must be usable at once on a slow computer; `app.bootstrap`, which opens the store, takes longer to load.
"""

import json

from app.paths import HubPaths


def peek_logins(paths: HubPaths) -> tuple[str, ...] | None:
    """The sign-in names of an installation, empty for a folder without one; None when `app.bootstrap` has to look.

    That is the case for a keyring that can't be read as one: only the store's own code can say what is wrong with it.
    """
    try:
        ring = json.loads(paths.keyring.read_text(encoding="utf-8"))
        logins = tuple(slot["login"] for slot in ring["slots"] if slot["login"])
    except FileNotFoundError:
        # records without their keyring are not an empty folder: what is to be done is for the store's code to say
        return None if paths.database.exists() else ()
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return logins if logins and all(isinstance(login, str) for login in logins) else None
