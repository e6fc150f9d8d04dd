"""A Japanese comparison names what it compares with: 「採用案を上回ります」, never 「評価点は上回ります」 alone."""

import re

from tests.words.sentences import in_python, in_yaml
from tests.words.test_avoided_words import ROOMS, ROOT

_ALONE = re.compile(r"[はが][上下]回[らりるっ]")


def test_a_comparison_names_what_it_compares_with() -> None:
    assert _ALONE.search("可搬性の評価点は上回ります。")
    assert not _ALONE.search("可搬性の評価点は採用案を上回ります。")
    files = [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))]
    sentences = [one for file in files for one in in_python(file, file.name)]
    sentences += [one for file in sorted((ROOT / "rules").rglob("*.yaml")) for one in in_yaml(file, file.name, "rules")]
    compared = [one for one in sentences if one.lang == "ja" and re.search("[上下]回[らりるっ]", one.text)]
    assert compared
    assert [f"{one.where}: {one.text}" for one in compared if _ALONE.search(one.text)] == []
