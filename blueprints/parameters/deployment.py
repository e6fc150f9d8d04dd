"""Parameters that differ per deployment: environment, addresses, architectures, image tag, retention."""

from advisor.text import Text
from blueprints.parameters.parameter import MAILBOX, Parameter

ENVIRONMENT = Parameter(
    id="Environment",
    default="dev",
    description=Text("Name of the environment; it is the stage of APIs", "環境名。API のステージ名にもなる"),
    pattern="^[a-z][a-z0-9]{1,15}$",
)
ALARM_EMAIL = Parameter(
    id="AlarmEmail",
    example="ops@example.com",
    description=Text("Address that gets the alarms", "アラームの送り先アドレス"),
    pattern=MAILBOX,
)
LOG_RETENTION = Parameter(
    id="LogRetentionDays",
    type="Number",
    default="30",
    description=Text("Days that logs are kept", "ログを保持する日数"),
    values=("1", "7", "14", "30", "90", "180", "365", "731"),
)
APPROVER = Parameter(
    id="ApproverEmail",
    example="approver@example.com",
    description=Text("Address that is asked for approval", "承認を求める先のアドレス"),
    pattern=MAILBOX,
)
FUNCTION_ARCHITECTURE = Parameter(
    id="FunctionArchitecture",
    default="arm64",
    description=Text("Instruction set of the functions", "関数の命令セット"),
    values=("arm64", "x86_64"),
)
FUNCTION_ROLLOUT = Parameter(
    id="FunctionRollout",
    default="CodeDeployDefault.LambdaCanary10Percent5Minutes",
    description=Text(
        "How invocations move to a new version of a function: a tenth first, or all at once",
        "関数の新しいバージョンへの切り替え方。まず 1 割だけ、または一度に全部",
    ),
    values=(
        "CodeDeployDefault.LambdaCanary10Percent5Minutes",
        "CodeDeployDefault.LambdaCanary10Percent15Minutes",
        "CodeDeployDefault.LambdaLinear10PercentEvery1Minute",
        "CodeDeployDefault.LambdaAllAtOnce",
    ),
)
TASK_ARCHITECTURE = Parameter(
    id="TaskArchitecture",
    default="ARM64",
    description=Text("Instruction set of the container images", "コンテナイメージの命令セット"),
    values=("ARM64", "X86_64"),
)
IMAGE_TAG = Parameter(
    id="ImageTag",
    example="0123456789ab",
    description=Text(
        "Tag of the images to run: the commit; make deploy gives it",
        "実行するイメージのタグ（コミット）。make deploy が渡す",
    ),
    pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$",
)
SENDER = Parameter(
    id="SenderAddress",
    example="orders@example.com",
    description=Text(
        "Address that mail to customers comes from; it gets a mail to confirm",
        "顧客宛てメールの送信元アドレス（確認メールが届く）",
    ),
    pattern=MAILBOX,
)
