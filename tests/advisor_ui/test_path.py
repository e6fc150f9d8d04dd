"""Beside the reasons of a part stand its settings with theirs, and what its connections take of their budgets."""

import pytest

from advisor_ui.state.link import pack
from advisor_ui.state.session import story
from tests.advisor_ui.page import opened
from tests.advisor_ui.test_flows import labels, shown


@pytest.mark.parametrize(
    ("lang", "settings", "budgets", "why"),
    [
        ("en", "Settings and reasons (5)", "Connections and headroom (2)", "The endpoint times out after 10 s"),
        ("ja", "設定とその理由 (5)", "接続とその余裕 (2)", "エンドポイントは 10 秒でタイムアウトします"),
    ],
)
def test_a_part_shows_its_settings_and_the_budgets_of_its_connections(
    lang: str, settings: str, budgets: str, why: str
) -> None:
    page = opened(lang=lang, s="dynamic-web-api", at="api.compute")
    assert settings in labels(page)
    assert budgets in labels(page)
    assert why in shown(page)
    assert "6 MiB" in shown(page)


def test_a_broken_budget_stands_beside_the_reasons_with_its_cure() -> None:
    draft = story("dynamic-web-api")
    draft["components"][0] |= {"longest_run_s": "20 s", "response_s": "3 s"}
    page = opened(lang="en", r=str(pack(draft)), at="api.compute")
    assert ":red-badge[exceeded]" in shown(page)
    assert "Acknowledge the request at once" in shown(page)
