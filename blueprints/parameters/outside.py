"""Parameters of external systems: addresses, accounts and functions."""

from collections.abc import Mapping

from advisor.text import Text
from blueprints.parameters.parameter import ACCOUNT, MAILBOX, ROLE_ARN, OutsideParameter

#: How the parameter of a phone number ends.
SMS_SUFFIX = "PhoneNumber"

#: Service of a node outside -> what it asks for.
OUTSIDE: Mapping[str, OutsideParameter] = {
    "email": OutsideParameter(
        suffix="Address",
        example="inbox@example.com",
        description=Text("Email address that receives the messages", "メッセージの送信先メールアドレス"),
        pattern=MAILBOX,
    ),
    "sms": OutsideParameter(
        suffix=SMS_SUFFIX,
        example="+12065550100",
        description=Text(
            "Phone number that receives the messages, in E.164 format", "メッセージの送信先の電話番号（E.164 形式）"
        ),
        pattern=r"^\+[1-9]\d{6,14}$",
    ),
    "push": OutsideParameter(
        suffix="PlatformApplicationArn",
        example=f"arn:aws:sns:us-east-1:{ACCOUNT}:app/GCM/example",
        description=Text(
            "ARN of the SNS platform application for mobile push; create it before the deployment, CloudFormation cannot",
            "モバイルプッシュ用の SNS プラットフォームアプリケーションの ARN（CloudFormation では作成できないため、デプロイ前に作成）",
        ),
        pattern=r"^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:app/[A-Z_]+/.+$",
    ),
    "partner-http": OutsideParameter(
        suffix="Url",
        example="https://partner.example.com/events",
        description=Text("HTTPS URL of the partner system", "パートナーシステムの HTTPS の URL"),
        pattern=r"^https://[^\s]+$",
    ),
    "data-lake": OutsideParameter(
        suffix="BucketName",
        example="example-data-lake",
        description=Text("Existing bucket of the data lake", "データレイクの既存バケット"),
        pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
    ),
    "other-account": OutsideParameter(
        suffix="AccountId",
        example=ACCOUNT,
        description=Text("ID of the other AWS account", "相手の AWS アカウント ID"),
        pattern=r"^\d{12}$",
    ),
    "function": OutsideParameter(
        suffix="Arn",
        example=f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:example",
        description=Text("ARN of the existing function", "既存の関数の ARN"),
        pattern=r"^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]+$",
    ),
}
#: For a function outside that takes from a queue here.
TAKING_FUNCTION = (
    OutsideParameter(
        suffix="RoleArn",
        example=f"arn:aws:iam::{ACCOUNT}:role/example",
        description=Text(
            "Role of the existing function; the queue policy allows it to receive messages",
            "既存の関数のロール（キューポリシーで受信を許可）",
        ),
        pattern=ROLE_ARN,
    ),
    OutsideParameter(
        suffix="VisibilitySeconds",
        example="180",
        description=Text(
            "Visibility timeout in seconds: six times the timeout of the existing function",
            "可視性タイムアウトの秒数（既存の関数のタイムアウトの 6 倍）",
        ),
        pattern=r"^\d{1,5}$",
    ),
)
AWS_SOURCE = OutsideParameter(
    suffix="EventSource",
    example="aws.health",
    description=Text("Event source name of the AWS service", "AWS サービスのイベントソース名"),
    pattern=r"^aws\.[a-z0-9.-]+$",
)
AWS_PRINCIPAL = OutsideParameter(
    suffix="Principal",
    example="events.amazonaws.com",
    description=Text("Principal of the AWS service that sends messages", "メッセージを送る AWS サービスのプリンシパル"),
    pattern=r"^[a-z0-9.-]+\.amazonaws\.com$",
)
SAAS_SOURCE = OutsideParameter(
    suffix="EventSourceName",
    example="aws.partner/example.com/account/events",
    description=Text("Name of the partner event source in EventBridge", "EventBridge のパートナーイベントソース名"),
    pattern=r"^aws\.partner(/[.\-_A-Za-z0-9]+){2,}$",
)
