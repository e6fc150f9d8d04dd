import { util } from '@aws-appsync/utils';

// `pk` is the key of the table.
const FIELDS = ['pk', 'id', 'name', 'owner', 'created_at', 'expires_at'];
// Retention of an item in seconds, from its last write on. The table deletes items whose `expires_at` has passed.
const KEPT_S = 0;

/** Replace an item of the caller and renew its retention. Items of other callers and expired items are rejected. */
export function request(ctx) {
  const owner = ctx.identity?.sub ?? 'everyone';
  const now = util.time.nowEpochSeconds();
  return {
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues({ pk: ctx.args.id }),
    update: {
      expression: 'SET #name = :name, expires_at = :expires',
      expressionNames: { '#name': 'name' },
      expressionValues: util.dynamodb.toMapValues({ ':name': ctx.args.input.name, ':expires': now + KEPT_S }),
    },
    condition: {
      expression: '#owner = :owner AND (attribute_not_exists(expires_at) OR expires_at > :now)',
      expressionNames: { '#owner': 'owner' },
      expressionValues: util.dynamodb.toMapValues({ ':owner': owner, ':now': now }),
    },
  };
}

export function response(ctx) {
  if (ctx.error) util.error('There is no such item.', 'NotFound');
  return shown(ctx.result);
}

/** Return an item with all attributes that have no field of their own in `attributes`. */
function shown(item) {
  const attributes = {};
  for (const name of Object.keys(item)) {
    if (!FIELDS.includes(name)) attributes[name] = item[name];
  }
  return { ...item, attributes };
}
