"""What every user pool states: users sign up and recover their account by email, one-time codes are the second factor."""

EMAIL_ATTRIBUTES = ["email"]
RECOVERY_BY_EMAIL = [{"Name": "verified_email", "Priority": 1}]
ONE_TIME_CODES = ["SOFTWARE_TOKEN_MFA"]
