"""Parameters of entries: domain name, certificate, web ACL, allowed origin, and existing identity provider."""

from advisor.text import Text
from blueprints.parameters.parameter import ACCOUNT, Parameter

#: Where the web ACL before CloudFront is, and the parameter of the workload's stack that takes its ARN.
EDGE_REGION, EDGE_PARAMETER = "us-east-1", "EdgeWebAclArn"
ORIGIN = Parameter(
    id="AllowedOrigin",
    example="https://www.example.com",
    description=Text("Origin of the site that may call the API", "API の呼び出しを許すサイトのオリジン"),
    pattern=r"^https?://[A-Za-z0-9.:-]+$",
)
OIDC = (
    Parameter(
        id="OidcIssuer",
        example="https://login.example.com",
        description=Text("Issuer URL of the existing identity provider", "既存 ID プロバイダーの発行者 URL"),
        pattern=r"^https://[^\s]+[^/\s]$",
    ),
    Parameter(
        id="OidcAudience",
        example="api",
        description=Text("Audience (client id) that tokens must name", "トークンの対象（クライアント ID）"),
        pattern=r"^[^\s]{1,128}$",
    ),
)
OIDC_SIGN_IN = (
    *(
        Parameter(
            id=f"Oidc{name}Endpoint",
            example=f"https://login.example.com/{path}",
            description=Text(f"{title} endpoint of the identity provider", f"ID プロバイダーの {title} エンドポイント"),
            pattern=r"^https://[^\s]+$",
        )
        for name, path, title in (
            ("Authorization", "authorize", "Authorization"),
            ("Token", "oauth2/token", "Token"),
            ("UserInfo", "userinfo", "User info"),
        )
    ),
    Parameter(
        id="OidcClientSecretArn",
        example=f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:oidc-client-AbCdEf",
        description=Text("Secret that holds the client secret", "クライアントシークレットを保持するシークレット"),
        pattern=r"^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:.+$",
    ),
)
CERTIFICATE = Parameter(
    id="CertificateArn",
    example=f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/00000000-0000-4000-8000-000000000000",
    description=Text("Certificate for the domain name", "ドメイン名の証明書"),
    pattern=r"^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate/[a-f0-9-]{36}$",
)
EDGE_WEB_ACL = Parameter(
    id=EDGE_PARAMETER,
    example=f"arn:aws:wafv2:{EDGE_REGION}:{ACCOUNT}:global/webacl/EdgeWebAcl/00000000-0000-4000-8000-000000000000",
    description=Text(
        "Web ACL before CloudFront: the output of the stack that make edge deploys in us-east-1",
        "CloudFront の前段の Web ACL（make edge で us-east-1 にデプロイするスタックの出力）",
    ),
    pattern=r"^arn:aws:wafv2:us-east-1:\d{12}:global/webacl/[A-Za-z0-9_-]+/[a-f0-9-]{36}$",
)
DOMAIN = Parameter(
    id="DomainName",
    example="www.example.com",
    description=Text("Existing domain name under which the workload answers", "ワークロードを公開する既存のドメイン名"),
    pattern=r"^([a-z0-9-]+\.)+[a-z]{2,}$",
)
