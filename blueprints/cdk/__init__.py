"""The CDK target: a design compiled to an AWS CDK app in Python."""
