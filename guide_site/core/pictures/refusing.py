"""Why a file is not taken as a picture, and how much all pictures of a guide may be."""

from typing import Final

MOST: Final = 1000  # pictures of a guide
MAX_TOTAL: Final = 200_000_000  # bytes of all their files


class NotAPicture(ValueError):
    """A file is not taken as a picture; the message says why in a sentence."""


def why_no_more(count: int, total: int, size: int) -> str | None:
    """Why a guide takes no further picture, or None.

    count, total  how many it has, and the bytes of their files
    size          the bytes of the new one
    """
    if count >= MOST:
        return f"The guide has {MOST} pictures already, and no more are taken."
    if total + size > MAX_TOTAL:
        return f"With it, all pictures would have more than {MAX_TOTAL // 1_000_000} MB."
    return None
