"""What PyYAML says of a text that is no YAML, in Japanese: it speaks English only."""

import re

#: A problem of PyYAML -> its Japanese words. A group is a token as PyYAML names it.
_PROBLEMS = (
    (r"mapping values are not allowed.*", "この位置には「キー: 値」を書けません"),
    (r"expected ',' or '([\]}])', but got (.+)", "「,」または「{0}」が必要な位置に{1}があります"),
    (r"expected <block end>, but found (.+)", "前の行と字下げが合わない位置に{0}があります"),
    (r"expected the node content, but found (.+)", "値が必要な位置に{0}があります"),
    (r"expected '<document start>', but found (.+)", "内容が終わった後に{0}があります"),
    (r"could not find expected ':'", "キーの後に「:」がありません"),
    (r"found character '\\t' that cannot start any token", "字下げと値の前にタブは使えません"),
    (r"found character '(.+)' that cannot start any token", "引用符で囲まない値は「{0}」で始められません"),
    (r"found unexpected end of stream", "引用符が閉じられないまま、内容が終わっています"),
    (r"found unknown escape character '(.+)'", "「\\{0}」は不明なエスケープ文字です"),
    (r"special characters are not allowed", "使えない制御文字があります"),
)
#: The tokens that PyYAML names in words, in Japanese; others are the characters themselves.
_TOKENS = {
    "<block mapping start>": "「キー: 値」",
    "<block sequence start>": "リストの項目",
    "<scalar>": "値",
    "<block end>": "字下げの終わり",
    "<document end>": "文書の終わり",
    "<document start>": "文書の始まり",
}


def in_japanese(problem: str) -> str:
    """Return a problem of PyYAML in Japanese; one that is not known in general words, with those of PyYAML."""
    for pattern, words in _PROBLEMS:
        found = re.fullmatch(pattern, problem, re.DOTALL)
        if found:
            return words.format(*map(_token, found.groups()), *found.groups())
    return f"書式に誤りがあります（{problem}）"


def _token(named: str) -> str:
    """Return a token as a reader sees it: one that PyYAML puts in quotes in Japanese ones."""
    inside = named.removeprefix("'").removesuffix("'")
    return _TOKENS.get(inside) or (f"「{inside}」" if inside != named else named)
