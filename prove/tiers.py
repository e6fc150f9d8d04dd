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
        return [project for project in projects_of_kind if not self.targets or project.target in self.targets]

    def run(self, projects: Sequence[Project]) -> Iterator[Result]:
        """Yield the result of each project that the tier applies to."""
        run_tier: Callable[[Sequence[Project]], Iterator[Result]] = import_module(self.module).run
        return run_tier(self.of(projects))


CDK = ("cdk-python", "cdk-typescript")
ALL: tuple[Kind, ...] = ("story", "supplement", "pairwise", "sampled")
DEPLOYED: tuple[Kind, ...] = ("story", "supplement")
_LINT = Text(
    "Templates, workflows, manifests, programs and images are linted; warnings count.",
    "テンプレート、ワークフロー、マニフェスト、プログラム、イメージ定義を検査（警告も不合格）。",
)
_TRANSLATE = Text(
    "SAM is translated to CloudFormation, linted again and held against rules that deployments fail by.",
    "SAM を CloudFormation に変換し、再検査のうえ、デプロイ失敗の原因になる規則と照合。",
)
_BUILD = Text("`sam build` runs as its user runs it.", "利用者と同じ `sam build` を実行。")
_SYNTH = Text(
    "The CDK app is synthesised, its template linted and held against rules that deployments fail by.",
    "CDK アプリを合成し、テンプレートを検査のうえ、デプロイ失敗の原因になる規則と照合。",
)
_SECURITY = Text(
    "checkov, cdk-nag and cfn-guard (AWS Control Tower) find nothing but what is listed below with its reason.",
    "checkov、cdk-nag、cfn-guard（AWS Control Tower）の指摘が、下記に理由を示したもの以外にないこと。",
)
_EQUALITY = Text(
    "All targets make the same, and what the diagram shows: resources, connections, permissions, encryption, settings.",
    "すべてのターゲットが同じもの、かつ図のとおりのもの（リソース、接続、権限、暗号化、設定）を作ることを確認。",
)
_BEHAVIOUR = Text(
    "Capacity, trust, data contracts, failures and alarms are computed or run from the project's files and held against what was asked.",
    "処理能力、信頼境界、データの受け渡し、失敗時の動作、アラームを、生成したファイルから計算または実行し、要件と照合。",
)
_IMAGE = Text(
    "Each image is built by podman from its Dockerfile, and runs as its own user with nothing to write to.",
    "podman で Dockerfile からイメージをビルドし、専用ユーザー・読み取り専用で起動することを確認。",
)
_DEPLOY = Text(
    "The real `sam deploy` and `cdk deploy` make the stack in an emulator of AWS.",
    "実際の `sam deploy` と `cdk deploy` で、AWS のエミュレーターにスタックを作成。",
)
_TRAFFIC = Text(
    "Every connection is used, with permissions enforced: what has to arrive arrives, what has to fail fails.",
    "権限を強制した状態で全接続を実際に使い、届くべきものが届き、拒否されるべきものが拒否されることを確認。",
)
_POLICY = Text(
    "IAM is asked for what the emulator does not enforce, on the roles that were deployed.",
    "エミュレーターが強制しない権限を、デプロイ済みのロールについて IAM のシミュレーションで確認。",
)
_DELETE = Text(
    "The stack is deleted; nothing is left but what is kept on purpose.",
    "スタックを削除し、意図して残すもの以外が残らないことを確認。",
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
