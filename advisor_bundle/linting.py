"""A project linted on the spot, before it is unpacked: its template with its state machines, and the
syntax of its programs.

cfn-lint and the translator of SAM are the optional packages `lint` of this product; MissingLinter says when they are not
installed. What is found is printed and never part of the zip, whose bytes depend on the requirements alone.
"""

import ast
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import blueprints
from advisor.design import Design
from advisor.text import Text
from blueprints.plan import plan_for, region_of

SAM, TEMPLATE = "sam", "template.yaml"
#: Placeholders for what a deployment uploads.
_CODE, _IMAGE = "s3://uploads/*.zip", "111122223333.dkr.ecr.{region}.amazonaws.com/image:1.0.0"
#: The rule about parameters that nothing uses. The transform puts the value of some in their place.
_UNUSED_PARAMETER = "W2001"

NOT_INSTALLED = Text(
    "--lint requires cfn-lint and aws-sam-translator. Install the extra `lint`: pip install "
    "'aws-architecture-advisor[lint]'",
    "--lint には cfn-lint と aws-sam-translator が必要です。追加機能 `lint` をインストールしてくださ"
    "い（pip install 'aws-architecture-advisor[lint]'）。",
)
CHECKED = Text(
    "cfn-lint checked the template, including its state machines, before and after the SAM "
    "transform. The syntax of Python and JSON files was checked too.",
    "SAM の変換前と変換後のテンプレート（ステートマシンを含む）を cfn-lint で検査しました。Python と "
    "JSON のファイルの構文も検査しました。",
)
THROUGH_SAM = Text(
    "cfn-lint checked the SAM template of the same design, because a CDK app has a template only "
    "after `cdk synth`. The syntax of Python and JSON files was checked too.",
    "CDK アプリのテンプレートは `cdk synth` を実行するまで作成されないため、同じ設計の SAM テンプレー"
    "トを cfn-lint で検査しました。Python と JSON のファイルの構文も検査しました。",
)


class MissingLinter(RuntimeError):
    """cfn-lint or the translator of SAM is not installed."""


@dataclass(frozen=True, slots=True)
class Linted:
    """The linted template and its findings, each as `file: place: rule: message`.

    `through_sam` is whether the template is that of SAM, which represents a CDK app of the same design: the CDK
    template exists only after `cdk synth`. `warnings` are no findings: the project is right, and users should know
    them.
    """

    findings: tuple[str, ...]
    through_sam: bool = False
    warnings: tuple[Text, ...] = ()

    @property
    def count(self) -> Text:
        """The number of findings, as a sentence."""
        number = len(self.findings)
        if not number:
            return Text("No findings.", "指摘はありません。")
        return Text(f"{number} finding{'s' * (number > 1)}.", f"指摘が {number} 件あります。")

    @property
    def scope(self) -> Text:
        """The linted template, and the linter."""
        return THROUGH_SAM if self.through_sam else CHECKED


def lint(design: Design, target: str) -> Linted:
    """Lint the project of a design. Raises MissingLinter, or Unsupported if neither it nor its SAM form can be generated."""
    plan = plan_for(design)
    files = blueprints.build(design, target, lang="en", extras={}, plan=plan)
    through_sam = target != SAM
    template_files = blueprints.build(design, SAM, lang="en", extras={}, plan=plan) if through_sam else files
    findings = [*_template_findings(template_files, region_of(design)), *_syntax_findings(files)]
    return Linted(tuple(findings), through_sam, blueprints.warnings(plan, target))


def _template_findings(files: Mapping[str, bytes], region: str) -> Iterator[str]:
    try:
        from cfnlint.decode.decode import decode_str

        from blueprints.sam.translation import parse_template, translate_template

        linter = _linter(region)
    except ImportError as error:
        raise MissingLinter(str(error)) from error
    translated = translate_template(files, region, code=_CODE, image=_IMAGE.format(region=region))
    written = json.dumps(parse_template(files[TEMPLATE])["Resources"])
    replaced = {name for name in translated.get("Parameters", {}) if f'{{"Ref": "{name}"}}' in written}
    texts = {TEMPLATE: files[TEMPLATE].decode(), "after translation": json.dumps(_with_definitions(translated))}
    for name, text in texts.items():
        tree, broken = decode_str(text)
        for match in broken or linter.validate_template(tree):
            if name != TEMPLATE and match.rule.id == _UNUSED_PARAMETER and match.path[1] in replaced:
                continue
            place = "/".join(map(str, getattr(match, "path", None) or ()))
            yield f"{name}: {place}: {match.rule.id}: {match.message}"


@cache
def _linter(region: str) -> Any:
    """Return one runner for all templates of a Region: loading its rules takes longer than linting by them."""
    from cfnlint.config import ConfigMixIn, ManualArgs
    from cfnlint.runner import Runner

    return Runner(ConfigMixIn(**ManualArgs(regions=[region])))


def _with_definitions(template: dict[str, Any]) -> dict[str, Any]:
    """Return a translated template with the definitions of its state machines as one text, which cfn-lint reads."""
    for resource in template["Resources"].values():
        definition = resource.get("Properties", {}).get("DefinitionString")
        if resource["Type"] == "AWS::StepFunctions::StateMachine" and isinstance(definition, dict):
            separator, lines = definition["Fn::Join"]
            resource["Properties"]["DefinitionString"] = separator.join(lines)
    return template


def _syntax_findings(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the Python and JSON files that cannot be read."""
    for path, content in sorted(files.items()):
        try:
            if path.endswith(".py"):
                ast.parse(content.decode())
            elif path.endswith(".json"):
                json.loads(content)
        except ValueError as error:
            yield f"{path}: {error}"
        except SyntaxError as error:
            yield f"{path}: {error.lineno}: {error.msg}"
