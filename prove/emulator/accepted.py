"""Resource types that the emulator accepts without an implementation, each with the behavior that stays unproven."""

ACCEPTED = {
    "AWS::ApplicationAutoScaling::ScalableTarget": "scaling",
    "AWS::ApplicationAutoScaling::ScalingPolicy": "scaling",
    "AWS::CloudFront::VpcOrigin": "the way of CloudFront to an internal load balancer",
    "AWS::CodeDeploy::Application": "gradual releases of functions",
    "AWS::CodeDeploy::DeploymentGroup": "gradual releases of functions",
    "AWS::WAFv2::LoggingConfiguration": "the log of what a web ACL stops",
}
