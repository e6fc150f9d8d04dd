"""Lifts of the network: the VPC, security groups, VPC endpoints, load balancers, CloudFront."""
