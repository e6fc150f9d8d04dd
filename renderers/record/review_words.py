"""Words of a review trigger: the answers that set it off, and the answer of today."""

from collections.abc import Sequence
from typing import Any

from advisor.explanation.what_if import Speaker
from advisor.sensitivity.analysis import FlipPoint
from advisor.text import LANGS, Text, spaced
from advisor.vocabulary.amounts import Range, near_words
from advisor.vocabulary.formats import either
from advisor.vocabulary.formats.beside import Beside

#: The most answers that a review trigger names.
_NAMED = 3
_ALONE = Text('"{said}", alone or together with "{rest}"', "「{said}」だけ、または「{rest}」と「{said}」の両方")
ANOTHER_ANSWER = Text("another answer", "別の回答")
_USED = Text("{said}; the design uses {used}", "{said}、設計では{used}を使用")


def other_answers(speaker: Speaker, flip: FlipPoint, answers: Sequence[Any]) -> Text:
    """Return the answers to a choice that change the verdict, if they are few enough to be read."""
    if len(answers) > _NAMED:
        return ANOTHER_ANSWER
    if (alone := _alone(answers)) is not None:
        said, rest = (speaker.value(flip.subject, flip.field, one) for one in alone)
        return filled(_ALONE, said=said, rest=rest)
    return either([_quoted(speaker, flip, answer) for answer in answers])


def _alone(answers: Sequence[Any]) -> tuple[Any, Any] | None:
    """Return the answer that stands alone in one of two answers, and what is beside it in the other; None for other answers."""
    sets = sorted((one if isinstance(one, tuple) else (one,) for one in answers), key=len)
    if [len(one) for one in sets] != [1, 2] or sets[0][0] not in sets[1]:
        return None
    return sets[0][0], next(one for one in sets[1] if one != sets[0][0])


def _quoted(speaker: Speaker, flip: FlipPoint, answer: Any) -> Text:
    """Return an answer to a choice in quotation marks; several that hold together, each in its own."""
    together = answer if isinstance(answer, tuple) and len(answer) > 1 else (answer,)
    values = [speaker.value(flip.subject, flip.field, one) for one in together]
    en, ja = " and ".join(f'"{one.en}"' for one in values), "と".join(f"「{one.ja}」" for one in values)
    return Text(f"both {en}" if len(values) == 2 else en, ja)


def answer_of_now(speaker: Speaker, flip: FlipPoint) -> Text:
    """Return the answer of today; for a range that reaches beyond the threshold, also the value that the design uses."""
    said, answer = speaker.now(flip.subject, flip.field, flip.value), speaker.range_of(flip.subject, flip.field)
    if answer is None or not _reaches(answer, flip):
        return said
    return spaced(filled(_USED, said=said, used=_used(speaker, flip)))


def _used(speaker: Speaker, flip: FlipPoint) -> Text:
    if isinstance(flip.value, Beside):
        return near_words(flip.value, speaker.unit(flip.subject, flip.field))
    return speaker.value(flip.subject, flip.field, flip.value)


def _reaches(answer: Range, flip: FlipPoint) -> bool:
    """Return whether a range holds values beyond a threshold."""
    if not isinstance(flip.at, int | float):
        return False
    return (
        (flip.relation == "above" and answer.high > flip.at)
        or (flip.relation == "below" and answer.low < flip.at)
        or (flip.relation in ("at_least", "at_most") and answer.holds(flip.at))
    )


def filled(pattern: Text, **texts: Text) -> Text:
    """Return a pattern with its texts. Names of any content may hold braces: each is put in once."""
    en, ja = ({key: text.in_(lang) for key, text in texts.items()} for lang in LANGS)
    return Text(pattern.en.format(**en), pattern.ja.format(**ja))
