"""Quantities in everyday words ("half an hour", "a second or two", 「1 時間半」), rewritten as the grammar of quantities reads them.

A text is rewritten only where it cannot be read as it stands. Each row keeps what was meant: "not even a gigabyte" is less than
one, 「長くても 5 秒」 is at most 5 seconds.
"""

import re
import unicodedata

_UNIT = (
    r"(?:milli)?seconds?|secs?|minutes?|mins?|hours?|days?|nights?|weeks?|months?|years?|"
    r"bytes?|kilobytes?|megabytes?|gigabytes?|terabytes?|petabytes?|[kmgtp]i?b"
)
_NUMBERS = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: number for number, word in enumerate(_NUMBERS, 1)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
_SPELLED = re.compile(
    rf"\b({'|'.join(_TENS)})[- ]({'|'.join(_NUMBERS[:9])})\b|\b({'|'.join(_VALUES)})\b", re.IGNORECASE
)
_DIGITS = "一二三四五六七八九"
_JAPANESE_DIGIT = re.compile(rf"(?<![{_DIGITS}十百千万])[{_DIGITS}](?=つ|時間|分|秒|日|週間|か月|年|回|件|個)")
_KANJI = re.compile(
    rf"(?<![{_DIGITS}十百千万数何])(?:([{_DIGITS}])?百)?(?:([{_DIGITS}])?十)?([{_DIGITS}])?(?=時間|分|秒|日|週間|か月|年|[回件個本枚台つ])"
)
_BOUND = r"at most|up to|less than|under|below|within|at least|more than|over|above|max\.?|maximum"
_BOUND_JA = r"最大|最長|最高|最低|多くても|少なくとも"
_SELDOM = r"sometimes|occasionally|rarely|seldom|at times|now and then|exceptionally|in (?:rare|exceptional|extreme) cases|(?:(?:in|at) )?(?:the )?worst(?:[- ]case)?"
_USUALLY = r"usually|typically|normally|mostly|generally|in general|on average|most of the time"
_LARGE = r"long|large|big|heavy|huge|complex|slow"
_SELDOM_JA = r"(?:ごく)?(?:まれ|稀)に|たまに|ときどき|時々|時には|場合によって|最悪(?:の場合)?|長い(?:もの|場合|とき|[^\s0-9、]{1,8}?)?(?:だ|で)?と"
_MANY = r"([1-9][0-9]{0,8}(?:\.[0-9]{1,9})?)"
_TEN_THOUSANDS = re.compile(rf"{_MANY}万{_MANY}千")

#: What is said, and how it is written; applied one after the other.
_ENGLISH = (
    (r"^(?:it |they |this )?(?:(?:can|could|may|might|will|should|must) )?(?:take|run|last|need)s?\s+", ""),
    (rf"^(?:{_SELDOM})\b[,: ]*(?:is |it (?:is|takes) )?(?=(?:{_BOUND})\b)", ""),
    (rf"^(?:{_SELDOM})\b[,: ]*(?:is |it (?:is|takes) )?(?=[0-9]|an? |half )", "at most "),
    (rf"^(.*[0-9].*?),? (?:{_SELDOM})$", r"at most \1"),
    (r"^(?:(?:never|not|no) (?:more|longer|larger|bigger|higher|greater|later) than|not (?:above|over|exceeding)|(?:must|may|should) not (?:exceed|be over)|never (?:above|over))\b", "at most"),
    (rf"^({_BOUND}) (?:about|around|approximately|roughly|some|maybe|~) ?", r"\1 "),
    (r"^somewhere (?=between|around)", ""),
    (rf"^a good (?=(?:{_UNIT})\b)", "more than 1 "),
    (r"^a good (?=[0-9])", "more than "),
    (rf"^(.*[0-9].*?(?: to |-|–|~| and ).*[0-9].*?) (?:{_USUALLY})$", r"\1"),
    (rf"^([^,]*[0-9][^,]*) (?:{_USUALLY}),? (?=.*[0-9])", r"usually \1, "),
    (rf"\s+for (?:the |our |very |some )*(?:{_LARGE})(?:er|est)?\b[a-z -]*$", ""),
    (r"^(2|3|4|5|6) nines?$", lambda m: f"{100 - 10 ** (2 - int(m[1])):g}"),
    (r"(?<=%) (?:a|per|each|every|of the) (?:month|year|time)$", ""),
    (r"^p ?99(?![.0-9])\s*(?:latency )?(?:is |of )?[:=]?\s*|\s*\(?(?:(?:at|for|in) )?(?:the )?(?:p ?99|99(?:th percentile|% of (?:the |all )?(?:requests|calls)))\)?$", ""),
    (r"^(.*[0-9].*[a-z]) dai(?=ly$)", r"\1 day"),
    (r"(?<=[a-z]) (day|hour|week|month)ly$", r" per \1"),
    (r"^(?:maybe|perhaps|probably|possibly|i think|i guess|let's say|say|only|just|even|it takes|takes)\s+", ""),
    (r"\s+(?:or so|i think|i guess|maybe|perhaps|probably|should do|is enough|is plenty|tops)$", ""),
    (r"^(?:not even|not quite|almost|nearly|just under|a bit less than|a little less than)\b", "less than"),
    (r"^(?:well|far|somewhat) (?:under|below)\b", "less than"),
    (r"^it depends[,:]? ", ""),
    (r"^(.+?),? give or take(?: a (?:bit|little))?$", r"about \1"),
    (r",? and (?:growing|counting|rising)$", ""),
    (r"^sub-?(second|minute)$", r"less than 1 \1"),
    (r"(?<=%) (?:uptime|availability|sla|available)$|^(?:an? )?(?:uptime|availability|sla) of (?=[0-9])", ""),
    (rf"^1 (?:[a-z]+ )?every {_MANY} (second|minute|hour|day|week)s?$", lambda m: f"{1 / float(m[1]):g} per {m[2]}"),
    (r"^(?:well over|just over|a bit more than|a little more than)\b", "more than"),
    (r"^some (?=tens|dozens|hundreds|thousands|millions)", ""),
    (rf"\ban? ({_UNIT}) and a half\b", r"1.5 \1"),
    (rf"\b([0-9]+) and a half ({_UNIT})\b", r"\1.5 \2"),
    (rf"\ban? ({_UNIT}) or 2\b", r"1 to 2 \1"),
    (rf"\b([0-9]+) quarters of an? ({_UNIT})\b", lambda m: f"{int(m[1]) / 4:g} {m[2]}"),
    (rf"\b(?:an?|1) quarter (?:of an? )?({_UNIT})\b", r"0.25 \1"),
    (rf"\bhalf (?:an? )?({_UNIT}|million|billion|thousand|dozen)\b", r"0.5 \1"),
    (r"\b([0-9]+) or ([0-9]+)\b", r"\1 to \2"),
    (r"^(?:about|around|approximately|roughly) (?=[0-9.]+ to [0-9])", ""),
    (r"^([0-9]+)[- ]?ish\b", r"about \1"),
    (r"^([0-9]+) ?h(?:ours?)? ?([0-5]?[0-9])(?: ?m(?:in(?:utes?)?)?)?$", lambda m: f"{60 * int(m[1]) + int(m[2])} min"),
    (rf"\bcouple (?={_UNIT})", "couple of "),
    (r"\ba handful(?: of)?\b", "a few"),
    (rf"^(?:once )?every {_MANY} (second|minute|hour|day|week|month)s?$", lambda m: f"{1 / float(m[1]):g} per {m[2]}"),
    (r"(?<=[0-9km]) (hour|week|month)ly$", r" per \1"),
    (r"(?<=[0-9km]) daily$", " per day"),
    (r"\b(?:in|within|during) the (?:first|peak|busiest) (second|minute|hour|day|week|month)$", r"per \1"),
    (r"\breqs?\b(?!/)", "requests"),
    (r"(?<=[0-9]) ?[mM](?= [a-z]| ?/)", " million"),
    (r"(?<=[0-9]) ?(?:mn|mio\.?)(?= )", " million"),
    (r"(?<=[0-9km]) ?(?:requests |million )?(?:[rtq]ps|req/s(?:ec)?)$", "/s"),
    (r"(?<=[0-9]) ?yrs?\b", " years"),
    (r"(?<=[0-9]) ?mos?\b", " months"),
    (r"(?<=[0-9]) ?wks?\b", " weeks"),
    (r"\$ ?([0-9][0-9,.]*(?: ?(?:k|thousand|million)\b)?)", r"\1 USD"),
    (r"\bgigs?\b", "GB"),
    (r"\bmegs?\b", "MB"),
    (rf"(^|\b(?:about|around|approximately|roughly|under|below|over|than|within|most|least|to)\s+)an? (?={_UNIT}\b)", r"\g<1>1 "),
)  # fmt: skip
_JAPANESE = (
    (rf"^(?:{_SELDOM_JA})(?:は|でも|では|で|に)?、? ?(?=.*(?:超|以上|以内|以下|未満|上回))", ""),
    (rf"^(?:{_SELDOM_JA})(?:は|でも|では|で|に)?、? ?(?=[^0-9]{{0,3}}[0-9])", "最大"),
    (r"^(?:月間|年間)(?=[0-9.]+ ?(?:%|パーセント))", ""),
    (r"^1 ?(?:枚|件|個|本|通|つ|ファイル)(?:あたり|につき|が|で)? ?(?=[0-9.]+ ?[KMGT]i?B)", ""),
    (r"\s*\(?p ?99\)?$", ""),
    (r"^(日|月|週)に ?(?=[0-9])", r"1\1に"),
    (r"^(.*[0-9].*[〜~].*?)(?:程度|ほど|くらい|ぐらい)$", r"\1"),
    (r"^(?:たぶん|多分|おそらく|(?:ピーク時?|月末|月初|年末|繁忙期)(?:で|に|は|には)?|通常は?|平均で)\s*(?=.)", ""),
    (r"(?:も)?あれば(?:十分|足ります|足りる)(?:です)?$|(?:です|かかること[もが]ある|かかります|かかる|あります|ある)$", ""),
    (r"^(?:長くても?|大きくても?|せいぜい)\s*(.+?)(?:まで|以内|以下)?$", r"\1以下"),
    (r"^(?:短くても|小さくても)\s*(.+?)(?:以上)?$", r"\1以上"),
    (r"^(最大|最長|最高|最低|最小)(?:で|でも)\s*", r"\1"),
    (rf"^({_BOUND_JA})(?:約|およそ|だいたい)?(.*[0-9].*?)(?:程度|ほど|くらい|ぐらい|前後)?$", r"\1\2"),
    (r"^(.+?)を?(?:超える|上回る|超す)(?:こと[がもは](?:ある)?|場合[がもは](?:ある)?)?$", r"\1超"),
    (r"(?:弱|足らず)$", "未満"),
    (r"(?:強|余り|あまり)$", "超"),
    (rf"{_MANY}\s*(時間|日|分|年)半", lambda m: f"{float(m[1]) + 0.5:g}{m[2]}"),
    (r"^(?:最初|ピーク)の(?=[0-9]+ ?(?:秒|分|時間|日)(?:間)?(?:に|で))", ""),
    (r"半時間", "30分"),
    (r"(?<![0-9年])半年間?", "6か月"),
    (r"半日", "12時間"),
    (r"([0-9])、([0-9])", r"\1〜\2"),
    (r"([0-9])つ", r"\1個"),
    (r"もかからない(?:です)?$", "未満"),
    (r"[でに](?:終わ(?:る|ります)|完了(?:する|します)?)$", ""),
    (r"^((?:毎|1 ?)(?:秒|分|時間?|日|週間?|か月|月|年)(?:間|あたり|に)*)(最大|最高|多くて)(?=[0-9])", r"\2\1"),
    (r"^(?:稼働率|可用性)は?(?=[0-9])", ""),
    (r"^99 ?パーセンタイルで?(?=[0-9])", ""),
    (rf"^{_MANY} ?(秒|分|時間|日|週間|か月)(?:ごと|毎|おき)?に ?{_MANY} ?(回|件)$", lambda m: f"毎{m[2]}{float(m[3]) / float(m[1]):g}{m[4]}"),
    (r"ギガ(?!バイト)", "GB"),
    (r"メガ(?!バイト)", "MB"),
    (r"テラ(?!バイト)", "TB"),
    (r"^(.+?)(?:約|およそ|だいたい)(.+?)(?:程度|ほど|くらい|ぐらい)?$", r"\1\2程度"),
    (r"^(?:約|およそ|だいたい)(?=[^0-9].*[0-9])(.+?)(?:程度|ほど|くらい|ぐらい)?$", r"\1程度"),
)  # fmt: skip
_THINGS = r"([1-9][0-9,]{0,12})"
#: Things that each send something at an interval: "800 devices every 5 seconds", 「800 台から 5 秒ごと」.
_EACH = (
    (rf"^{_THINGS}(?: ?(k|thousand))? [a-z][a-z -]{{0,30}}?,? (?:(?:each|once|one|a|message|reading|request|send|sends|sending|report|reports|reporting) )*every(?: {_MANY})? (millisecond|second|minute|hour|day)s?$",
     lambda m: _each(m[1], m[2], m[3], f" per {m[4]}")),
    (rf"^{_THINGS} ?([万千]?) ?(?:台|個|基|機|か所|箇所|拠点|端末|本)(?:の[^0-9]{{1,15}}?)?(?:が|から|で|、)? ?(?:それぞれ)?{_MANY} ?(秒|分|時間|日)(?:ごと|毎|おき)(?:に(?: ?1 ?[回件])?)?$",
     lambda m: _each(m[1], m[2], m[3], f"件/{m[4]}")),
    (r"^((?:毎|1 ?)(?:秒|分|時間?|日|週間?|か月|月|年)(?:間|あたり|に)? ?)([0-9][^〜~]*)(?:〜|~|-|から)([0-9].*)$", r"\1\2〜\1\3"),
)  # fmt: skip


def _each(things: str, thousands: str | None, interval: str | None, per: str) -> str:
    """Return the rate of things that each send something at an interval."""
    factor = {"k": 1e3, "thousand": 1e3, "千": 1e3, "万": 1e4}.get((thousands or "").lower(), 1.0)
    return f"{float(things.replace(',', '')) * factor / float(interval or 1):.9g}{per}"


_ROWS = tuple((re.compile(said, re.IGNORECASE), written) for said, written in (*_ENGLISH, *_JAPANESE, *_EACH))


def rewritten(text: str) -> str:
    """Return a quantity with its everyday words as the grammar of quantities writes them; unchanged if it has none."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    plain = _TEN_THOUSANDS.sub(lambda m: f"{float(m[1]) * 10_000 + float(m[2]) * 1_000:.0f}", plain)
    plain = _KANJI.sub(_in_digits, plain)
    plain = _JAPANESE_DIGIT.sub(lambda m: str(1 + _DIGITS.index(m[0])), plain)
    plain = _SPELLED.sub(lambda m: str(sum(_VALUES[word.lower()] for word in m.groups() if word)), plain)
    for said, written in _ROWS:
        plain = said.sub(written, plain)
    return plain


def _in_digits(number: re.Match[str]) -> str:
    """Return a number in Chinese numerals below a thousand in digits: 40 for 「四十」."""
    said = number[0]
    if len(said) < 2:  # 「十分」 also means enough
        return said
    hundreds, tens, ones = ((1 + _DIGITS.index(digit)) if digit else 0 for digit in number.groups())
    return str(100 * ((hundreds or 1) if "百" in said else 0) + 10 * ((tens or 1) if "十" in said else 0) + ones)
