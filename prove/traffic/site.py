"""Sites: read through the distribution, and not from the bucket behind it."""

from advisor.architecture import Edge
from prove.traffic.calls import Address
from prove.traffic.scene import Scene

BUCKET, DISTRIBUTION = "AWS::S3::Bucket", "AWS::CloudFront::Distribution"
#: The emulator speaks HTTP only; this is how CloudFront says that the viewer came by HTTPS.
VIEWER = {"X-Forwarded-Proto": "https", "CloudFront-Forwarded-Proto": "https"}


def drive(scene: Scene, edge: Edge) -> None:
    """Put a page into the bucket, load it as a viewer does, and try to get around."""
    id = scene.deployment.of_node(edge.target, DISTRIBUTION)
    domain = scene.client("cloudfront").get_distribution(Id=id)["Distribution"]["DomainName"]
    address = Address(scene.deployment.account.endpoint, domain)
    for fetched in scene.architecture.leaving(edge.target, "fetch"):
        if scene.node(fetched.target).service == "s3":
            _page(scene, edge, fetched, address)


def _page(scene: Scene, edge: Edge, fetched: Edge, address: Address) -> None:
    mark, bucket = scene.mark(), scene.deployment.of_node(fetched.target, BUCKET)
    scene.client("s3").put_object(Bucket=bucket, Key="index.html", Body=mark.encode(), ContentType="text/html")
    page = address.call("GET", "/", headers=VIEWER)
    scene.check(fetched, page.status == 200 and mark in page.text, "the page comes from the bucket", page)
    plain = address.call("GET", "/")
    scene.check(edge, plain.status in (301, 302, 307, 308), f"{plain.status} for plain HTTP", plain)
    headers = {name.lower() for name in page.headers}
    scene.check(edge, "strict-transport-security" in headers, "the page has its security headers", sorted(headers))
    around = Address(scene.deployment.account.endpoint, f"{bucket}.s3.localhost:{scene.deployment.account.port}")
    direct = around.call("GET", "/index.html")
    scene.check(fetched, direct.status == 403, "403 for the bucket itself", direct)
