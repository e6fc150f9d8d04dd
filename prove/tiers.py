"""The tiers in their order. A new tier is a new line; each is a module with `run(projects) -> Iterator[Result]`."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module

from advisor.text import EMPTY, Text
from prove.cases import Kind
from prove.projects import SAM, Project
from prove.results import Result


@dataclass(frozen=True, slots=True)
class Tier:
    """A step of the proof, the kinds of cases that take it, and the seconds that a project adds to a run on 2 cores.

    `fixed` are the seconds that it adds whatever the number of projects. Where a tier keeps one core busy, another runs
    beside it: its seconds are half of those of processor. `title` says in a project's
    certificate what it does. `targets` are those whose projects it can say something about, all unless some are named.
    It begins when the tiers in `after` have ended, which leave what it reads, or read what it changes.
    """

    id: str
    module: str
    kinds: tuple[Kind, ...]
    seconds: float
    fixed: float = 0.0
    title: Text = EMPTY
    targets: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    def of(self, projects: Sequence[Project]) -> list[Project]:
        """Return the projects that take this tier, by their case and their target."""
        projects_of_kind = [project for project in projects if project.case.kind in self.kinds]
        return [
            project
            for project in projects_of_kind
            if (not self.targets or project.target in self.targets)
            and not (self.id in _BUILT and project.target == SAM and _has_images(project))
        ]

    def run(self, projects: Sequence[Project]) -> Iterator[Result]:
        """Yield the result of each project that the tier applies to."""
        run_tier: Callable[[Sequence[Project]], Iterator[Result]] = import_module(self.module).run
        return run_tier(self.of(projects))


#: The tiers that `sam build` comes before, which builds functions from images only with a container engine.
_BUILT = ("build", "deploy", "traffic", "policy", "delete")


def _has_images(project: Project) -> bool:
    return any(program.kind == "image-function" for program in project.case.plan.programs)


CDK = ("cdk-python", "cdk-typescript")
ALL: tuple[Kind, ...] = ("story", "supplement", "pairwise", "sampled")
DEPLOYED: tuple[Kind, ...] = ("story", "supplement")
_LINT = Text(
    "Linters check templates, workflows, manifests, programs and Dockerfiles; warnings count as failures.",
    "テンプレート、ワークフロー、マニフェスト、プログラム、Dockerfile をリンターで検査します（警告も不合格とします）。",
)
_TRANSLATE = Text(
    "The SAM template is transformed into a CloudFormation template, linted again and checked for common causes of deployment failures.",
    "SAM テンプレートを CloudFormation に変換して再検査し、デプロイ失敗の原因になりやすい問題がないことを確認します。",
)
_BUILD = Text("`sam build` succeeds.", "`sam build` が成功することを確認します。")
_SYNTH = Text(
    "The CDK app is synthesized, and the template is linted and checked for common causes of deployment failures.",
    "CDK アプリを合成してテンプレートを検査し、デプロイ失敗の原因になりやすい問題がないことを確認します。",
)
_SECURITY = Text(
    "checkov, cfn-guard (with the AWS Control Tower rules) and, for CDK projects, cdk-nag report no findings other than accepted ones, which this file lists with their reasons.",
    "テンプレートを checkov と cfn-guard（AWS Control Tower のルール）で、CDK プロジェクトでは cdk-nag でも検査し、許容済みの項目（理由とともに下記に記載）以外が検出されないことを確認します。",
)
_EQUALITY = Text(
    "The SAM and CDK projects contain the same resources, connections, permissions, encryption and settings, and they match the diagram.",
    "SAM と CDK のプロジェクトのリソース、接続、権限、暗号化、設定が同一で、構成図と一致することを確認します。",
)
_BEHAVIOUR = Text(
    "Capacity, trust boundaries, data contracts, failure handling and alarms meet the requirements. Some of this is shown by analyzing the project files, the rest by running the programs.",
    "処理能力、信頼境界、データの受け渡し、失敗時の動作、アラームが要件を満たすことを、一部はプロジェクトのファイルの解析、残りはプログラムの実行によって確認します。",
)
_IMAGE = Text(
    "Podman builds each image from its Dockerfile and runs it as an unprivileged user with a read-only file system.",
    "Podman で Dockerfile からイメージをビルドし、非特権ユーザーと読み取り専用ファイルシステムで起動することを確認します。",
)
_DEPLOY = Text(
    "`sam deploy` (SAM) or `cdk deploy` (CDK) creates the stack in an AWS emulator.",
    "`sam deploy`（SAM）または `cdk deploy`（CDK）で、AWS のエミュレーターにスタックを作成します。",
)
_TRAFFIC = Text(
    "Requests to the emulated stack test every connection with IAM permissions enforced. Allowed requests succeed, and all others are denied.",
    "IAM 権限を適用した状態で、エミュレーターのスタックのすべての接続にリクエストを送信し、許可されたリクエストが成功し、それ以外が拒否されることを確認します。",
)
_POLICY = Text(
    "IAM policy simulations check the permissions that the emulator does not enforce on requests, with the policies of the deployed roles.",
    "エミュレーターがリクエスト時に評価しない IAM 権限は、デプロイしたロールのポリシーを IAM Policy Simulator で評価して確認します。",
)
_DELETE = Text(
    "The stack is deleted, and only resources whose deletion policy retains them remain.",
    "スタックを削除し、保持を指定したリソースだけが残ることを確認します。",
)
#: The tiers that create templates and the code of functions.
_TEMPLATE_TIERS = ("translate", "build", "synth")
TIERS: tuple[Tier, ...] = (
    Tier("lint", "prove.static.lint", ALL, seconds=0.45, fixed=8, title=_LINT),
    Tier("translate", "prove.static.translate", ALL, seconds=0.75, fixed=2, title=_TRANSLATE, targets=(SAM,)),
    Tier("build", "prove.static.build", DEPLOYED, seconds=2.4, fixed=0, title=_BUILD, targets=(SAM,)),
    Tier("synth", "prove.static.synth", ALL, seconds=0.9, fixed=6, title=_SYNTH, targets=CDK),
    Tier("security", "prove.static.security", ALL, seconds=0.17, fixed=2.5, title=_SECURITY, after=_TEMPLATE_TIERS),
    Tier("equality", "prove.static.equality", ALL, seconds=0.025, fixed=0, title=_EQUALITY, after=_TEMPLATE_TIERS),
    Tier("behaviour", "prove.behaviour.tier", ALL, seconds=1.0, fixed=5, title=_BEHAVIOUR, after=_TEMPLATE_TIERS),
    Tier("image", "prove.live.image", DEPLOYED, seconds=6, fixed=0, title=_IMAGE, after=("build",)),
    Tier("deploy", "prove.live.deploy", DEPLOYED, seconds=2.4, fixed=5, title=_DEPLOY, after=("lint", "build")),
    Tier("traffic", "prove.traffic.walk", DEPLOYED, seconds=3.5, fixed=3, title=_TRAFFIC, after=("deploy",)),
    Tier("policy", "prove.live.policy", DEPLOYED, seconds=0.1, fixed=0.1, title=_POLICY, after=("traffic",)),
    Tier("delete", "prove.live.delete", DEPLOYED, seconds=1.4, fixed=2, title=_DELETE, after=("policy",)),
)
#: What needs nothing but files: these run in CI on every change.
STATIC = ("lint", "translate", "build", "synth", "security", "equality", "behaviour")
