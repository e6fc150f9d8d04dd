"""Parameters that differ per deployment: environment, addresses, architectures, image tag, retention."""

from advisor.text import Text
from blueprints.parameters.parameter import MAILBOX, Parameter

ENVIRONMENT = Parameter(
    id="Environment",
    default="dev",
    description=Text(
        "Name of the environment, also used as the stage name of APIs", "環境名（API のステージ名にも使用）"
    ),
    pattern="^[a-z][a-z0-9]{1,15}$",
)
ALARM_EMAIL = Parameter(
    id="AlarmEmail",
    example="ops@example.com",
    description=Text("Email address for alarm notifications", "アラーム通知の送信先メールアドレス"),
    pattern=MAILBOX,
)
LOG_RETENTION = Parameter(
    id="LogRetentionDays",
    type="Number",
    default="30",
    description=Text("Log retention in days", "ログの保持日数"),
    values=("1", "7", "14", "30", "90", "180", "365", "731"),
)
APPROVER = Parameter(
    id="ApproverEmail",
    example="approver@example.com",
    description=Text("Email address for approval requests", "承認依頼の送信先メールアドレス"),
    pattern=MAILBOX,
)
FUNCTION_ARCHITECTURE = Parameter(
    id="FunctionArchitecture",
    default="arm64",
    description=Text("CPU architecture of the Lambda functions", "Lambda 関数の CPU アーキテクチャ"),
    values=("arm64", "x86_64"),
)
FUNCTION_ROLLOUT = Parameter(
    id="FunctionRollout",
    default="CodeDeployDefault.LambdaCanary10Percent5Minutes",
    description=Text(
        "Traffic shifting to a new function version: by default, 10% first and the rest after 5 minutes; all at once with CodeDeployDefault.LambdaAllAtOnce",
        "関数の新しいバージョンへのトラフィックの移行方法（デフォルトでは最初に 10%、5 分後に残りを移行。一括で移行する場合は CodeDeployDefault.LambdaAllAtOnce）",
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
    description=Text("CPU architecture of the container images", "コンテナイメージの CPU アーキテクチャ"),
    values=("ARM64", "X86_64"),
)
IMAGE_TAG = Parameter(
    id="ImageTag",
    example="0123456789ab",
    description=Text(
        "Image tag: the commit ID",
        "イメージのタグ（コミット ID）",
    ),
    pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$",
)
UNADDRESSED_MAIL = Parameter(
    id="UnaddressedMail",
    default="fail",
    description=Text(
        "Handling of emails without a recipient address: fail, or simulate (send them to the SES mailbox simulator, for test environments)",
        "宛先のないメールの扱い。fail はエラー、simulate は SES のメールボックスシミュレーターへ送信（テスト環境用）",
    ),
    values=("fail", "simulate"),
)
OTHER_SYSTEM_CHECK = Parameter(
    id="OtherSystemCheck",
    default="fail",
    description=Text(
        "Behavior until the check of the other system is implemented: fail, or simulate that the other system has finished (for test environments)",
        "他システムの確認を実装するまでの動作。fail はエラー、simulate は完了として続行（テスト環境用）",
    ),
    values=("fail", "simulate"),
)
SENDER = Parameter(
    id="SenderAddress",
    example="orders@example.com",
    description=Text(
        "Sender address of the emails; during the first deployment, SES sends a verification email to this address",
        "メールの送信元アドレス（最初のデプロイ時に、SES から検証用のメールが届く）",
    ),
    pattern=MAILBOX,
)
