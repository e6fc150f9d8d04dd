"""What stays on one line of a wrapped text: quoted names, short brackets, numbers with their units, and references at the end."""

import re

#: Names in quotation marks, short brackets, the numbers of sheets, and how many others there are.
_WHOLE = re.compile(r'「[^「」]{1,16}」|（[^（）]{1,14}）|ほか \d+ 件|"[^"]{1,28}"|and \d+ more|sheet \d+(?:, \d+)*')
_REFERENCE = re.compile(r"(?:（シート [\d, ]+）|ほか \d+ 件|and \d+ more|(?<=, )sheet [\d, ]+)$")
#: A number, with what it counts in Japanese or its unit.
_NUMBER = re.compile(
    r"(?P<before>(?:最大|最小|最長|最短|上限|約|合計|計|平均|毎秒|毎分|各|先頭|残り|全) ?)?"
    r"(?P<named>(?<=[A-Za-z] ))?(?<![\w.,/+-])\d[\d,.]*(?:[〜～–-]\d[\d,.]*)?%? "
    r"(?:(?P<counter>(?:週間|日間|年間|時間|[かカヶ][月所年国]|文字|種類|段階|[回分秒日件年個台人倍本行度次])"
    r"(?:/(?:[秒分日月年]|時間|か月))?)"
    r"|(?P<word>[一-鿿ァ-ヺ])"
    r"|(?:[KMGT]i?B|ms|s|vCPUs?|AZs?|[KMG]?bps)(?![A-Za-z])(?:/(?:s|秒))?)"
)
#: What belongs to a counter before it: "3 時間以内", and particles.
_OF_COUNTER = re.compile(r"[以未間目前後内毎半超程強弱ぁ-ゖ]")
#: What a line keeps whole; if one alone is wider than the line, the looser one.
ALL, NUMBERS, COUNTED, QUOTED, NOTHING = "all", "numbers", "counted", "quoted", "nothing"
LOOSER = {ALL: NUMBERS, NUMBERS: COUNTED, COUNTED: NOTHING, QUOTED: NOTHING}


def wholes(text: str, kept: str = ALL) -> tuple[set[int], set[int]]:
    """Return the places before which a line may break although no space is there, and those before which it must not.

    `kept` is ALL, NUMBERS (numbers with their counters and what qualifies them: "最大 3 回"), COUNTED ("3 回"), QUOTED
    (all but numbers) or NOTHING.
    """
    spans = [match.span() for match in _WHOLE.finditer(text)] if kept in (ALL, QUOTED) else []
    starts = {start for start, _ in spans if text[start] in "（「ほ"}
    for match in _NUMBER.finditer(text) if kept in (ALL, NUMBERS, COUNTED) else ():
        start, end = match.span()
        if match["word"] and match["named"] is not None:
            # "Route 53 レコード": the number is of a name.
            continue
        spans.append((match.end("before") if kept == COUNTED and match["before"] else start, end))
        if kept == COUNTED and not match["word"]:
            starts.add(end + text.startswith(" ", end))
        elif kept == NUMBERS and match["counter"] and not _OF_COUNTER.match(text, end):
            starts.add(end)
    return starts, {at for start, end in spans for at in range(start + 1, end)}


def reference(text: str) -> tuple[str, str]:
    """Return a text in two parts: what it says, and the reference at its end, which is empty where there is none."""
    found = _REFERENCE.search(text)
    return (text[: found.start()].rstrip(), found.group()) if found else (text, "")
