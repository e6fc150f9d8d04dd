"""User pools of Amazon Cognito."""

from advisor.text import Text
from blueprints.traits import Retained, Traits

EMAIL_ATTRIBUTES = ["email"]
RECOVERY_BY_EMAIL = [{"Name": "verified_email", "Priority": 1}]
ONE_TIME_CODES = ["SOFTWARE_TOKEN_MFA"]


TRAITS = Traits(
    service="cognito",
    noun="UserPool",
    identity="user-pool",
    retained=Retained(
        Text("User pool, protected from deletion", "ユーザープール（削除保護あり）"),
        "Id",
        'aws cognito-idp update-user-pool --user-pool-id "${output}" --deletion-protection INACTIVE'
        ' && aws cognito-idp delete-user-pool --user-pool-id "${output}"',
    ),
)
