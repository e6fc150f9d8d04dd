"""User pools: settings that parts and CDK lifts share (sign-up and recovery by email, one-time codes as second factor)."""

EMAIL_ATTRIBUTES = ["email"]
RECOVERY_BY_EMAIL = [{"Name": "verified_email", "Priority": 1}]
ONE_TIME_CODES = ["SOFTWARE_TOKEN_MFA"]
