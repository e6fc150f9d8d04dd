import { util } from '@aws-appsync/utils';

// The version of an item that a program stored, or that is older than versions, until a caller replaces it.
const UNTAGGED = '0';
// Whether a change must name the version that its caller has read (`consistency` of the requirements).
const STRONG = false;
// The type of the error after a failed condition.
const FAILED = 'DynamoDB:ConditionalCheckFailedException';

/** Delete an item of the caller, and return its ID and owner. Items of other callers and other versions are rejected. */
export function request(ctx) {
  const owner = ctx.identity?.sub ?? 'everyone';
  const same = sameVersion(ctx.args.etag);
  return {
    operation: 'DeleteItem',
    key: util.dynamodb.toMapValues({ pk: ctx.args.id }),
    condition: {
      expression: `#owner = :owner${same.expression}`,
      expressionNames: { '#owner': 'owner' },
      expressionValues: util.dynamodb.toMapValues({ ':owner': owner, ...same.values }),
    },
  };
}

export function response(ctx) {
  if (ctx.error) {
    if (ctx.error.type !== FAILED) util.error(ctx.error.message, ctx.error.type);
    // AppSync has read the item after the failed condition.
    if (ctx.result?.owner !== (ctx.identity?.sub ?? 'everyone')) util.error('There is no such item.', 'NotFound');
    util.error('The item has changed. Read it again.', 'Changed');
  }
  return { id: ctx.args.id, owner: ctx.identity?.sub ?? 'everyone' };
}

/** Return the condition that an item has the version that its caller expects. '*' is any version. */
function sameVersion(etag) {
  if (STRONG && !etag) util.error('Send the etag of the item that you have read.', 'Unconditional');
  if (!etag || etag === '*') return { expression: '', values: {} };
  if (etag === UNTAGGED) return { expression: ' AND attribute_not_exists(etag)', values: {} };
  return { expression: ' AND etag = :etag', values: { ':etag': etag } };
}
