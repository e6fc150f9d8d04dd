"""Distributions: sites and objects come from them, and not from their bucket; requests reach an entry through them."""

from dataclasses import replace

from advisor.architecture import Edge
from blueprints.certificate.notes import NO_EMULATOR
from prove.traffic import http_api
from prove.traffic.calls import VIEWER, Address
from prove.traffic.session import Session

BUCKET, DISTRIBUTION = "AWS::S3::Bucket", "AWS::CloudFront::Distribution"


def drive(session: Session, edge: Edge) -> None:
    """Load what a distribution delivers as a viewer does, and try to bypass the distribution."""
    id = session.deployment.of_node(edge.target, DISTRIBUTION)
    domain = session.client("cloudfront").get_distribution(Id=id)["Distribution"]["DomainName"]
    address = Address(session.deployment.account.endpoint, domain)
    for fetched in session.architecture.leaving(edge.target, "fetch"):
        if session.node(fetched.target).service == "s3":
            _page(session, edge, fetched, address)
    for read in session.architecture.leaving(edge.target, "read"):
        _object(session, edge, read, address)
    for forwarded in session.architecture.leaving(edge.target, "forward"):
        _entry(session, edge, forwarded, address)


def _entry(session: Session, edge: Edge, forwarded: Edge, address: Address) -> None:
    """Call an entry through the distribution; a function URL answers nobody else."""
    plain = address.call("GET", "/items")
    session.check(edge, plain.status == 403, "403 for plain HTTP", plain)
    if session.node(forwarded.target).service != "lambda-function-url":
        # The emulator's distributions forward to no host name of API Gateway, and over TLS to no load balancer.
        balanced = session.node(forwarded.target).service == "alb"
        what = "CloudFront before a load balancer" if balanced else "CloudFront before API Gateway"
        session.omit(forwarded, NO_EMULATOR.en.format(what))
        http_api.drive(session, forwarded)
        return
    http_api.drive_at(session, forwarded, replace(address, viewer=True))
    direct = http_api.url_address(session, forwarded.target).call("GET", "/items")
    session.check(forwarded, direct.status == 403, "403 for the function URL itself", direct)


def _object(session: Session, edge: Edge, read: Edge, address: Address) -> None:
    mark, bucket = session.mark(), session.deployment.of_node(read.target, BUCKET)
    session.client("s3").put_object(Bucket=bucket, Key=mark, Body=mark.encode(), ContentType="text/plain")
    loaded = address.call("GET", f"/{mark}", headers=VIEWER)
    session.check(read, loaded.status == 200 and loaded.text == mark, "the object comes from the bucket", loaded)
    plain = address.call("GET", f"/{mark}")
    session.check(edge, plain.status in (301, 302, 307, 308), f"{plain.status} for plain HTTP", plain)
    _bypass(session, read, bucket, mark)


def _page(session: Session, edge: Edge, fetched: Edge, address: Address) -> None:
    mark, bucket = session.mark(), session.deployment.of_node(fetched.target, BUCKET)
    session.client("s3").put_object(Bucket=bucket, Key="index.html", Body=mark.encode(), ContentType="text/html")
    page = address.call("GET", "/", headers=VIEWER)
    session.check(fetched, page.status == 200 and mark in page.text, "the page comes from the bucket", page)
    plain = address.call("GET", "/")
    session.check(edge, plain.status in (301, 302, 307, 308), f"{plain.status} for plain HTTP", plain)
    headers = {name.lower() for name in page.headers}
    session.check(edge, "strict-transport-security" in headers, "the page has its security headers", sorted(headers))
    _bypass(session, fetched, bucket, "index.html")


def _bypass(session: Session, edge: Edge, bucket: str, key: str) -> None:
    """Ask the bucket itself, which refuses."""
    account = session.deployment.account
    direct = Address(account.endpoint, f"{bucket}.s3.localhost:{account.port}").call("GET", f"/{key}")
    session.check(edge, direct.status == 403, "403 for the bucket itself", direct)
