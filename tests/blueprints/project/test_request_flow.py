"""The request flow of a README names the components in quotation marks."""

from collections.abc import Mapping

import pytest

from advisor.design import Design
from advisor.text import Lang
from blueprints.project.documents.request_flow import request_flow


@pytest.mark.parametrize(
    ("story", "lang", "sentence"),
    [
        ("async-coupling", "en", 'The "Finished work" topic delivers a copy to the "Process B" queue'),
        ("async-coupling", "ja", "「完了通知」のトピックが「処理 B」のキューにメッセージのコピーを配信する"),
        (
            "mass-messages",
            "en",
            '"Worker" receives messages from the "Work" queue in batches; processed messages are deleted, and failed ones return to the queue',
        ),
        ("relational-web-app", "ja", "「予約」が Data API で「予約データ」のデータベースを読み書きする"),
        ("async-coupling", "en", "Users call Amazon API Gateway (HTTP API) over HTTPS"),
        (
            "data-processing",
            "en",
            'Amazon EventBridge Pipes starts an execution of the "Validation" state machine for each change that it reads',
        ),
        (
            "data-processing",
            "ja",
            "Amazon EventBridge Pipes が読み取った変更ごとに「検証」のステートマシンの実行を開始する",
        ),
    ],
)
def test_a_step_names_its_components(designs: Mapping[str, Design], story: str, lang: Lang, sentence: str) -> None:
    assert sentence in request_flow(designs[story].architecture, lang)


def test_the_flow_has_each_step_once(designs: Mapping[str, Design]) -> None:
    for design in designs.values():
        steps = [edge for edge in design.architecture.edges if edge.step is not None]
        assert len(request_flow(design.architecture, "en")) == len(steps)
