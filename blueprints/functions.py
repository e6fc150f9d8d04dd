"""Forms of a function: on instances of the account that Lambda manages."""

MANAGED = "lambda-managed-instances"
OPERATOR_POLICY = "AWSLambdaManagedEC2ResourceOperator"
#: A function on managed instances has at least this much memory.
LEAST_MEMORY_MIB = 2048
#: The share of memory for each vCPU, the smallest that there is.
GIB_PER_VCPU = 2
