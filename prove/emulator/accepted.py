"""The types that are deployed with nothing behind them, each with what is therefore not seen to work."""

ACCEPTED = {
    "AWS::ApplicationAutoScaling::ScalableTarget": "scaling",
    "AWS::ApplicationAutoScaling::ScalingPolicy": "scaling",
}
