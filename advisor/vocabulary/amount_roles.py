"""Words that say of which load, or of which run, a quantity is stated: the usual one, or the highest one."""

import re

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_BUSY = (
    rf"{_DAY}|mornings?|evenings?|nights?|noon|lunch ?time|weekends?|black friday|cyber monday|month[- ]end|year[- ]end|"
    r"(?:the )?end of (?:the |each |every )?(?:month|year|quarter)|christmas|holidays?|sales?(?: days?)?|"
    r"(?:busy|busiest|peak|rush|hot|high) (?:days?|hours?|times?|periods?|seasons?)|campaigns?|promotions?|launch(?:es)?"
)
_EN_USUAL = (
    r"usual(?:ly)?|typical(?:ly)?|normal(?:ly)?|mostly|on average|average|avg\.?|generally|in general|most of the time|as a rule|otherwise|"
    r"at other times|the rest of the (?:time|day|week|month)|off[- ]peak|now|today|currently|"
    r"on (?:an? )?(?:normal|ordinary|quiet|usual|average) days?|(?:on )?(?:week|working |business )days?"
)
_EN_HIGHEST = (
    r"(?:(?:in|at) )?(?:the )?worst(?:[- ]case)?|sometimes|occasionally|rarely|seldom|at times|now and then|exceptionally|"
    r"in (?:rare|exceptional|extreme) cases|(?:at |in |during |the )*peaks?(?: (?:load|rate|traffic))?(?: (?:is|of|at|about))?|"
    rf"(?:on|in|at|during|over|around|for) (?:the |our )?(?:\w+ )?(?:{_BUSY})|in (?:an?|one|two|three|\d+) years?|next year"
)
_JA_USUAL = "通常時?|普段|ふだん|平均|平常時?|平時|たいてい|大抵|いつも|それ以外|ほか|平日|現在|今"
_JA_HIGHEST = (
    r"ピーク(?:時|タイム)?|繁忙期?|混雑時|月末|月初|年末(?:年始)?|週末|休日|朝|夕方|夜間?|昼休み|セール(?:時|中|期間中?)?|キャンペーン(?:時|中)?|"
    r"最悪(?:の場合)?|(?:ごく)?(?:まれ|稀)に|たまに|ときどき|時々|時には|場合によって|長いと|(?:[0-9]+|数)年後|将来"
)
#: The usual load or run, and the highest one; in Japanese with the particle after the words.
USUAL = re.compile(rf"\b(?:{_EN_USUAL})(?![\w-])|(?:{_JA_USUAL})(?:は|では|で|の)?", re.IGNORECASE | re.ASCII)
HIGHEST = re.compile(
    rf"\b(?:{_EN_HIGHEST})(?![\w-])|(?:{_JA_HIGHEST})(?:は|では|でも|で|に|の)?", re.IGNORECASE | re.ASCII
)
#: A bound, which beside a usual quantity states the highest one.
UPPER = re.compile(
    r"\b(?:at most|up to|max\.?|maximum|less than|under|below|within|no more than)(?!\w)|最大|最長|最高|まで|以内|以下|未満",
    re.IGNORECASE | re.ASCII,
)
#: What parts two statements in one text, but not the thousands of a number.
CLAUSES = re.compile(
    r"\s*(?:,(?!\d{3})|[、;；(（)）]|\bbut\b|(?<=[分秒間日件回だするBb])が、?|だが、?|だけど、?|ですが、?)\s*",
    re.IGNORECASE | re.ASCII,
)
#: The period of a rate, before or after its number.
PERIOD_AFTER = re.compile(
    r"(?:/|\bper |\ban? |\bevery |\beach )\s?(?:s|sec|second|min|minute|h|hour|d|day|week|month|year)$|(?<![a-z])[rtq]ps$",
    re.IGNORECASE | re.ASCII,
)
PERIOD_BEFORE = re.compile(
    r"^(?:最大|最高|約|およそ)?((?:毎|1 ?)(?:秒|分|時間?|日|週間?|か月|月|年)(?:間|あたり|当たり|に)?)"
)
#: The unit of a time or a size, after its number.
UNIT_AFTER = re.compile(r"(?<=[0-9])\s*([a-zA-Z]+|[ァ-ヶー]+|ミリ秒|秒|分|時間|日)(?:程度|ほど|くらい|ぐらい|間)?$")
