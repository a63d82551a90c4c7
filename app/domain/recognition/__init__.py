"""Recognition of people by name, in Arabic and Latin script: one name, however it is spelled."""

from app.domain.recognition.folding import fold_name
from app.domain.recognition.marking import mark_matches, mark_tail
from app.domain.recognition.names import likeness, match_words
from app.domain.recognition.words import cut_words

__all__ = ["fold_name", "mark_matches", "mark_tail", "name_similarity"]


def name_similarity(a: str, b: str) -> float:
    """Say how likely two spellings are one name: 0..1, in any scripts, the order of words free. Symmetric."""
    first, second = cut_words(a), cut_words(b)
    if not first or not second:
        return 0.0
    return max(
        likeness(match_words(first, second).cost, first),
        likeness(match_words(second, first).cost, second),
    )
