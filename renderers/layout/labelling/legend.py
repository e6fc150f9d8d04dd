"""The legend: the numbered sentences of the connections, and the key to the lines, right of or below the picture."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, combinations, pairwise
from math import inf
from typing import NamedTuple

from advisor.architecture import BudgetState
from advisor.text import Text
from renderers.layout.picture import LEADING, Box, Legend, LegendLine, LegendStep, LineKind
from renderers.layout.scene import CIRCLE, Badge, Block, Scene, block
from renderers.words import clean, wrap

_SIZE, _KEY_SIZE = 12.5, 12.0
_ROW_GAP, _COLUMN_GAP = 7.0, 30.0
_WORDS_AT = CIRCLE + 11
_SAMPLE, _BETWEEN = 36.0, 26.0
#: The widths of a legend beside the picture: a narrow one is higher, and fills more of the side of a picture of few lines.
COLUMN = 280.0
COLUMNS = (COLUMN, 220.0, 180.0)
_NARROWEST, _WIDEST, _MOST_COLUMNS = 230.0, 380.0, 24
_MOST_LINES, _KEY_WIDE = 24, 240.0
_MEANINGS: dict[LineKind, Text] = {
    "sync": Text("Synchronous call", "同期呼び出し"),
    "async": Text("Asynchronous", "非同期"),
    "data": Text("Reads or writes data", "データの読み書き"),
    "image": Text("Pulls an image", "イメージ取得"),
    "identity": Text("Identity and protection", "認証・保護"),
    "failure": Text("On failure", "失敗時"),
    "observe": Text("Metrics and logs", "メトリクスとログ"),
}
_HELPERS = Text("Image pulls, metrics and logs", "イメージ取得、メトリクスとログ")

_MARKS: dict[BudgetState, Text] = {
    "broken": Text("Load above the limit of the connection", "接続の上限を超過"),
    "warned": Text("Load above the default quota", "デフォルトのクォータを超過"),
}


def rows(scene: Scene) -> list[tuple[int, str]]:
    """Return the numbered sentences in order; links that share a number share its first sentence."""
    steps: dict[int, str] = {}
    for link in scene.links:
        if link.step is not None:
            steps[link.step] = steps.get(link.step) or link.sentence or " ".join(link.words.lines)
    return sorted(steps.items())


def _besides(scene: Scene) -> list[tuple[int, str]]:
    """Return the additional legend rows of a view by row number; otherwise the key contains them."""
    return list(enumerate(row.words.in_(scene.lang) for row in scene.rows)) if scene.is_view else []


def _wrapped(texts: Sequence[tuple[int, str]], limit: float) -> list[tuple[int, Block]]:
    return [(number, block(text, _SIZE, limit, most=_MOST_LINES)) for number, text in texts]


def kinds(scene: Scene) -> list[LineKind]:
    """Return the kinds of line in use, in a fixed order; transitions explain themselves."""
    used = {link.kind for link in scene.links}
    return [kind for kind in _MEANINGS if kind in used]


def _height(words: Block) -> float:
    return max(CIRCLE, words.h)


def beside(scene: Scene, x: float, y: float, wide: float = COLUMN) -> Legend | None:
    """Return the legend as one column of a width with its top left at a point."""
    at, steps = y, []
    for step, words in _wrapped(rows(scene), wide - _WORDS_AT):
        steps.append(_step(step, words, x, at))
        at += _height(words) + _ROW_GAP
    at += 10 if steps else 0
    lines = []
    for entry in _key(scene):
        words = block(entry.meaning, _KEY_SIZE, wide - entry.words_at, most=_MOST_LINES)
        lines.append(_line(entry, words, x, at))
        at += words.h + 8
    at += 6 if lines else 0
    for number, words in _wrapped(_besides(scene), wide - _WORDS_AT):
        lines.append(_row(scene.rows[number].icon, words, x, at))
        at += _height(words) + _ROW_GAP
    return _legend(steps, lines, x, y, beside=True)


def _meanings(used: list[LineKind]) -> list[tuple[LineKind, Text]]:
    """Return the meanings of the line types in use; types that look alike share an entry."""
    alike = {"image", "observe"} <= set(used)
    rest = [(kind, _MEANINGS[kind]) for kind in used if not alike or kind not in ("image", "observe")]
    return [*rest, ("image", _HELPERS)] if alike else rest


class _Entry(NamedTuple):
    """One entry of the key."""

    kind: LineKind
    meaning: str
    state: BudgetState = "kept"
    icon: str = ""

    @property
    def words_at(self) -> float:
        """The offset of its text from the left edge: behind an icon or a line sample."""
        return _WORDS_AT if self.icon else _SAMPLE + 10


def _key(scene: Scene) -> list[_Entry]:
    """Return the entries of the key: line types if there are several, marks at nodes and on lines, and assumptions."""
    used, marked = kinds(scene), {link.state for link in scene.links}
    entries: list[_Entry] = []
    entries += [_Entry(kind, meaning.in_(scene.lang)) for kind, meaning in _meanings(used)] if len(used) > 1 else []
    entries += _marks_at_nodes(scene)
    in_use = [(state, meaning.in_(scene.lang)) for state, meaning in _MARKS.items() if state in marked]
    entries += [_Entry(used[0], meaning, state) for state, meaning in in_use]
    rows = () if scene.is_view else scene.rows
    return entries + [_Entry("sync", row.words.in_(scene.lang), icon=row.icon) for row in rows]


def _marks_at_nodes(scene: Scene) -> Iterator[_Entry]:
    """Yield an entry for each mark by its look, with what holds for all marks that look so."""
    alike: dict[tuple[LineKind, str], list[Badge]] = {}
    for badge in (badge for item in scene.items for badge in item.badges):
        alike.setdefault((badge.kind, badge.icon), []).append(badge)
    for (kind, icon), badges in alike.items():
        same = (_same(badge.sentence for badge in badges), _same(badge.general for badge in badges))
        yield _Entry(kind, next(filter(None, same), _MEANINGS[kind].in_(scene.lang)), icon=icon)


def _same(texts: Iterable[str]) -> str:
    """Return what all texts say; nothing where they differ."""
    first, *others = dict.fromkeys(texts)
    return "" if others else first


def below(scene: Scene, x: float, y: float, wide: float) -> Legend | None:
    """Return the legend as columns under a picture of a width, the key to the lines as a row beneath them."""
    placed, lowest = _in_columns(*_columns(rows(scene), wide), x, y)
    steps = [_step(step, words, left, at) for step, words, left, at in placed]
    lines: list[LegendLine] = []
    at_x, at = x, lowest + 6
    for entry in _key(scene):
        words = block(
            entry.meaning, _KEY_SIZE, max(_KEY_WIDE, min(wide, 2 * _KEY_WIDE) - entry.words_at), most=_MOST_LINES
        )
        if lines and at_x + entry.words_at + words.w > x + wide:
            at_x, at = x, max(line.words.box.bottom for line in lines) + 8
        lines.append(_line(entry, words, at_x, at))
        at_x += entry.words_at + words.w + _BETWEEN
    if scene.is_view and scene.rows:
        under = max((line.words.box.bottom for line in lines), default=lowest - _ROW_GAP) + 18
        more, _ = _in_columns(*_columns(_besides(scene), wide), x, under)
        lines += [_row(scene.rows[number].icon, words, left, top) for number, words, left, top in more]
    return _legend(steps, lines, x, y, beside=False)


def _in_columns(
    columns: list[list[tuple[int, Block]]], column: float, x: float, y: float
) -> tuple[list[tuple[int, Block, float, float]], float]:
    """Return numbered texts positioned in columns, and the lower edge of the lowest one."""
    placed, lowest = [], y
    for place, texts in enumerate(columns):
        at = y
        for number, words in texts:
            placed.append((number, words, x + place * (column + _COLUMN_GAP), at))
            at += _height(words) + _ROW_GAP
        lowest = max(lowest, at)
    return placed, lowest


def _columns(texts: Sequence[tuple[int, str]], wide: float) -> tuple[list[list[tuple[int, Block]]], float]:
    """Return the sentences in the number of columns that gives the lowest legend, and their widths; fewer columns on a tie.

    Only the columns that are taken are wrapped evenly, which takes longer and no other number of lines.
    """
    least, column, ends = inf, wide, [0]
    for count in range(1, min(_MOST_COLUMNS, max(1, int((wide + _COLUMN_GAP) // (_NARROWEST + _COLUMN_GAP)))) + 1):
        narrow = min(_WIDEST, (wide - (count - 1) * _COLUMN_GAP) / count)
        heights = [_text_height(text, narrow - _WORDS_AT) + _ROW_GAP for _, text in texts]
        if sum(heights) / count >= least - 1:
            continue
        split = _split(heights, count)
        tall = max(sum(heights[start:end]) for start, end in pairwise((0, *split)))
        if tall < least - 1:
            least, column, ends = tall, narrow, split
    entries = _wrapped(texts, column - _WORDS_AT)
    return [entries[start:end] for start, end in pairwise((0, *ends))], column


def _text_height(text: str, limit: float) -> float:
    """Return the height of a wrapped sentence."""
    lines = wrap(clean(text), limit, _SIZE, most=_MOST_LINES)
    return max(CIRCLE, len(lines) * _SIZE * LEADING)


def _split(heights: Sequence[float], columns: int) -> list[int]:
    """Distribute entries over columns in reading order, so that the tallest is as short as possible; return where each ends."""

    def fill(limit: float) -> list[int]:
        ends, used = [], 0.0
        for number, height in enumerate(heights):
            if used and used + height > limit:
                ends.append(number)
                used = 0.0
            used += height
        return [*ends, len(heights)]

    starts = [0.0, *accumulate(heights)]
    limits = sorted({end - start for start, end in combinations(starts, 2)})
    return fill(limits[bisect_left(limits, -columns, key=lambda limit: -len(fill(limit)))]) if limits else [0]


def _step(step: int, words: Block, x: float, y: float) -> LegendStep:
    middle = y + CIRCLE / 2
    first = words.h / max(1, len(words.lines))
    return LegendStep(step, (x + CIRCLE / 2, middle), words.at(x + _WORDS_AT, middle - first / 2))


def _row(icon: str, words: Block, x: float, y: float) -> LegendLine:
    first = words.h / max(1, len(words.lines))
    middle = y + CIRCLE / 2
    return LegendLine("sync", (x, middle), (x + CIRCLE, middle), words.at(x + _WORDS_AT, middle - first / 2), icon=icon)


def _line(entry: _Entry, words: Block, x: float, y: float) -> LegendLine:
    middle, at = y + words.h / 2, words.at(x + entry.words_at, y)
    sample = CIRCLE if entry.icon else _SAMPLE
    return LegendLine(entry.kind, (x, middle), (x + sample, middle), at, entry.state, entry.icon)


def _legend(steps: list[LegendStep], lines: list[LegendLine], x: float, y: float, *, beside: bool) -> Legend | None:
    if not steps and not lines:
        return None
    ends = [step.words.box for step in steps] + [line.words.box for line in lines]
    right = max(box.right for box in ends)
    bottom = max([box.bottom for box in ends] + [step.circle[1] + CIRCLE / 2 for step in steps])
    return Legend(Box(x, y, right - x, bottom - y), beside, tuple(steps), tuple(lines))
