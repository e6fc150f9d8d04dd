"""The users of a database proxy are named by the id at the end of its ARN."""

from prove.readback.stack_permissions import spelled

ARN = "arn:${AWS::Partition}:rds-db:${AWS::Region}:${AWS::AccountId}:dbuser:"


def test_the_users_of_a_proxy_are_an_attribute_of_it() -> None:
    taken_out = "{'Fn::Select': ['6', {'Fn::Split': [':', '${OrdersProxy.DBProxyArn}']}]}"
    assert spelled(f"{ARN}{taken_out}/api_orders") == "${OrdersProxy.UsersArn}/api_orders"


def test_another_part_of_the_arn_is_not() -> None:
    taken_out = "{'Fn::Select': ['5', {'Fn::Split': [':', '${OrdersProxy.DBProxyArn}']}]}"
    assert spelled(f"{ARN}{taken_out}/api_orders") == f"{ARN}{taken_out}/api_orders"
