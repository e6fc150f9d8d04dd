"""Resource types that the emulator accepts without an implementation, each with the behaviour that stays unproven."""

ACCEPTED = {
    "AWS::ApplicationAutoScaling::ScalableTarget": "scaling",
    "AWS::ApplicationAutoScaling::ScalingPolicy": "scaling",
    "AWS::WAFv2::LoggingConfiguration": "the log of what a web ACL stops",
}
