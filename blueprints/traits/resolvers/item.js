import { util } from '@aws-appsync/utils';

// `pk` is the key of the table, and `request_digest` is only for programs that recognize repeated requests.
const FIELDS = ['pk', 'id', 'name', 'owner', 'created_at', 'request_digest'];
// The version of an item that a program stored, or that is older than versions, until a caller replaces it.
const UNTAGGED = '0';
// Whether a read sees all earlier writes (`consistency` of the requirements).
const STRONG = false;

/** Return an item of the caller, or null if the item does not exist or belongs to another caller. */
export function request(ctx) {
  return { operation: 'GetItem', key: util.dynamodb.toMapValues({ pk: ctx.args.id }), consistentRead: STRONG };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  if (!ctx.result || ctx.result.owner !== (ctx.identity?.sub ?? 'everyone')) return null;
  return shown(ctx.result);
}

/** Return an item with all attributes that have no field of their own in `attributes`. */
function shown(item) {
  const attributes = { etag: UNTAGGED };
  for (const name of Object.keys(item)) {
    if (!FIELDS.includes(name)) attributes[name] = item[name];
  }
  return { ...item, attributes };
}
