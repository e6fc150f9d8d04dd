"""Parameters of entries: domain name, certificate, web ACL, allowed origin, and existing identity provider."""

from dataclasses import replace

from advisor.text import Text
from blueprints.parameters.parameter import ACCOUNT, Parameter

#: Where the web ACL before CloudFront is, and the parameter of the workload's stack that takes its ARN.
EDGE_REGION, EDGE_PARAMETER = "us-east-1", "EdgeWebAclArn"
ORIGIN = Parameter(
    id="AllowedOrigin",
    example="https://www.example.com",
    description=Text(
        "Origin of the website that is allowed to call the API (CORS)",
        "API の呼び出しを許可する Web サイトのオリジン（CORS）",
    ),
    pattern=r"^https?://[A-Za-z0-9.:-]+$",
)
#: The key of an AppSync API that asks for no sign-in: 7 days where nothing is stated, 365 at most
#: (https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_appsync.AppSyncApiKeyConfig.html, 2026-11-27).
API_KEY_EXPIRY = Parameter(
    id="ApiKeyExpires",
    type="Number",
    example="1798761600",
    description=Text(
        "Expiry of the API key: a full hour, 1 to 365 days ahead, in seconds since 1970-01-01 UTC (date -ud 2027-01-01 +%s)",
        "API キーの有効期限。1～365 日後の正時を 1970-01-01 UTC からの秒数で指定（date -ud 2027-01-01 +%s）",
    ),
)
#: The most requests of one address that a web ACL lets through in 5 minutes.
ADDRESS_LIMIT = "RequestsPerAddress"


def address_limit(limit: int) -> Parameter:
    """Return the parameter with the limit of requests per address, by default the one that the stated load needs."""
    return Parameter(
        id=ADDRESS_LIMIT,
        type="Number",
        default=str(limit),
        description=Text(
            "Maximum number of requests from one IP address in 5 minutes; the web ACL blocks further requests. Raise it if many "
            "people share an address (NAT of a company)",
            "1 つの IP アドレスから 5 分間に許可するリクエスト数の上限。超過分は Web ACL がブロック。多くの人が 1 つのアドレスを共有する場合（企業の NAT）は引き上げる",
        ),
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
        example="my-client-id",
        description=Text(
            "Client ID registered with the identity provider (the audience of its tokens)",
            "ID プロバイダーに登録したクライアント ID（トークンのオーディエンス）",
        ),
        pattern=r"^[^\s]{1,128}$",
    ),
)
OIDC_SIGN_IN = (
    *(
        Parameter(
            id=f"Oidc{name}Endpoint",
            example=f"https://login.example.com/{path}",
            description=Text(
                f"{title.en} endpoint of the identity provider", f"ID プロバイダーの{title.ja}エンドポイント"
            ),
            pattern=r"^https://[^\s]+$",
        )
        for name, path, title in (
            ("Authorization", "authorize", Text("Authorization", "認可")),
            ("Token", "oauth2/token", Text("Token", "トークン")),
            ("UserInfo", "userinfo", Text("User info", "ユーザー情報")),
        )
    ),
    Parameter(
        id="OidcClientSecretArn",
        example=f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:oidc-client-AbCdEf",
        description=Text(
            "ARN of the Secrets Manager secret whose value is the client secret as plain text. The redirect URI of the client is https://DOMAIN/oauth2/idpresponse",
            "クライアントシークレットを平文の値として保存した Secrets Manager のシークレットの ARN。クライアントのリダイレクト URI は https://ドメイン名/oauth2/idpresponse",
        ),
        pattern=r"^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:.+$",
    ),
)
#: The load balancer takes the public keys from this address; it must serve at most 10 keys and 150 KB, and sign with RS256.
#: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html (read 2026-12-01)
OIDC_KEYS = Parameter(
    id="OidcJwksEndpoint",
    example="https://login.example.com/.well-known/jwks.json",
    description=Text(
        "URL of the public keys of the identity provider (jwks_uri), accessible over the internet; at most 10 keys, for RS256",
        "ID プロバイダーの公開鍵の URL（jwks_uri）。インターネットからアクセスできる必要があり、鍵は 10 個まで、RS256 用に限る",
    ),
    pattern=r"^https://[^\s]{1,248}$",
)
CERTIFICATE = Parameter(
    id="CertificateArn",
    example=f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/00000000-0000-4000-8000-000000000000",
    description=Text(
        "ARN of the ACM certificate for the domain name, in the Region of the load balancer",
        "ドメイン名の ACM 証明書の ARN（ロードバランサーと同じリージョン）",
    ),
    pattern=r"^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate/[a-f0-9-]{36}$",
)
#: CloudFront takes certificates of one Region only
#: (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html).
EDGE_CERTIFICATE = replace(
    CERTIFICATE,
    id="SiteCertificateArn",
    description=Text(
        f"ARN of the ACM certificate for the domain name, in {EDGE_REGION} (required by CloudFront)",
        f"ドメイン名の ACM 証明書の ARN（CloudFront で使用できるのは {EDGE_REGION} の証明書だけです）",
    ),
    pattern=rf"^arn:aws:acm:{EDGE_REGION}:\d{{12}}:certificate/[a-f0-9-]{{36}}$",
)
EDGE_WEB_ACL = Parameter(
    id=EDGE_PARAMETER,
    example=f"arn:aws:wafv2:{EDGE_REGION}:{ACCOUNT}:global/webacl/EdgeWebAcl/00000000-0000-4000-8000-000000000000",
    description=Text(
        "ARN of the web ACL for CloudFront; an output of the stack that `make edge` deploys to us-east-1",
        "CloudFront 用の Web ACL の ARN（`make edge` で us-east-1 にデプロイするスタックの出力）",
    ),
    pattern=r"^arn:aws:wafv2:us-east-1:\d{12}:global/webacl/[A-Za-z0-9_-]+/[a-f0-9-]{36}$",
)
DOMAIN = Parameter(
    id="DomainName",
    example="www.example.com",
    description=Text("Existing domain name for the workload", "ワークロードを公開する既存のドメイン名"),
    pattern=r"^([a-z0-9-]+\.)+[a-z]{2,}$",
)
