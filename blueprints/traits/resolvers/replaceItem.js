import { util } from '@aws-appsync/utils';

// `pk` is the key of the table, and `request_digest` is only for programs that recognize repeated requests.
const FIELDS = ['pk', 'id', 'name', 'owner', 'created_at', 'request_digest'];
// The version of an item that a program stored, or that is older than versions, until a caller replaces it.
const UNTAGGED = '0';
// Whether a change must name the version that its caller has read (`consistency` of the requirements).
const STRONG = false;
// The type of the error after a failed condition.
const FAILED = 'DynamoDB:ConditionalCheckFailedException';

/** Replace an item of the caller. Items of other callers and other versions are rejected. */
export function request(ctx) {
  const owner = ctx.identity?.sub ?? 'everyone';
  const same = sameVersion(ctx.args.etag);
  // Versions are in order as text: what programs make of an older one replaces nothing of a later one.
  ctx.stash.etag = `v${util.time.nowEpochMilliSeconds()}-${util.autoId()}`;
  return {
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues({ pk: ctx.args.id }),
    update: {
      expression: 'SET #name = :name, etag = :next',
      expressionNames: { '#name': 'name' },
      expressionValues: util.dynamodb.toMapValues({ ':name': ctx.args.input.name, ':next': ctx.stash.etag }),
    },
    condition: {
      expression: `#owner = :owner AND (attribute_not_exists(etag) OR etag < :later)${same.expression}`,
      expressionNames: { '#owner': 'owner' },
      expressionValues: util.dynamodb.toMapValues({ ':owner': owner, ':later': ctx.stash.etag, ...same.values }),
    },
  };
}

export function response(ctx) {
  if (ctx.error) {
    if (ctx.error.type !== FAILED) util.error(ctx.error.message, ctx.error.type);
    // AppSync has read the item after the failed condition.
    if (ctx.result?.owner !== (ctx.identity?.sub ?? 'everyone')) util.error('There is no such item.', 'NotFound');
    // The answer to a repeated write was lost if the item has the version of this request.
    if (ctx.result.etag !== ctx.stash.etag) util.error('The item has changed. Read it again.', 'Changed');
  }
  return shown(ctx.result);
}

/** Return the condition that an item has the version that its caller expects. '*' is any version. */
function sameVersion(etag) {
  if (STRONG && !etag) util.error('Send the etag of the item that you have read.', 'Unconditional');
  if (!etag || etag === '*') return { expression: '', values: {} };
  if (etag === UNTAGGED) return { expression: ' AND attribute_not_exists(etag)', values: {} };
  return { expression: ' AND etag = :etag', values: { ':etag': etag } };
}

/** Return an item with all attributes that have no field of their own in `attributes`. */
function shown(item) {
  const attributes = { etag: UNTAGGED };
  for (const name of Object.keys(item)) {
    if (!FIELDS.includes(name)) attributes[name] = item[name];
  }
  return { ...item, attributes };
}
