"""Sites: served by the distribution, and not by its bucket."""

from advisor.architecture import Edge
from prove.traffic.calls import Address
from prove.traffic.session import Session

BUCKET, DISTRIBUTION = "AWS::S3::Bucket", "AWS::CloudFront::Distribution"
#: The emulator uses HTTP only; with these headers CloudFront says that the viewer used HTTPS.
VIEWER = {"X-Forwarded-Proto": "https", "CloudFront-Forwarded-Proto": "https"}


def drive(session: Session, edge: Edge) -> None:
    """Put a page into the bucket, load it as a viewer does, and try to bypass the distribution."""
    id = session.deployment.of_node(edge.target, DISTRIBUTION)
    domain = session.client("cloudfront").get_distribution(Id=id)["Distribution"]["DomainName"]
    address = Address(session.deployment.account.endpoint, domain)
    for fetched in session.architecture.leaving(edge.target, "fetch"):
        if session.node(fetched.target).service == "s3":
            _page(session, edge, fetched, address)


def _page(session: Session, edge: Edge, fetched: Edge, address: Address) -> None:
    mark, bucket = session.mark(), session.deployment.of_node(fetched.target, BUCKET)
    session.client("s3").put_object(Bucket=bucket, Key="index.html", Body=mark.encode(), ContentType="text/html")
    page = address.call("GET", "/", headers=VIEWER)
    session.check(fetched, page.status == 200 and mark in page.text, "the page comes from the bucket", page)
    plain = address.call("GET", "/")
    session.check(edge, plain.status in (301, 302, 307, 308), f"{plain.status} for plain HTTP", plain)
    headers = {name.lower() for name in page.headers}
    session.check(edge, "strict-transport-security" in headers, "the page has its security headers", sorted(headers))
    bucket_address = Address(
        session.deployment.account.endpoint, f"{bucket}.s3.localhost:{session.deployment.account.port}"
    )
    direct = bucket_address.call("GET", "/index.html")
    session.check(fetched, direct.status == 403, "403 for the bucket itself", direct)
