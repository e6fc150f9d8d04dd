import { util } from '@aws-appsync/utils';

// `pk` is the key of the table, and `request_digest` is only for programs that recognize repeated requests.
const FIELDS = ['pk', 'id', 'name', 'owner', 'created_at', 'request_digest'];
// The version of an item that a program stored, or that is older than versions, until a caller replaces it.
const UNTAGGED = '0';

/** Return a page of the caller's items. `after` is the `next` cursor of the previous page. */
export function request(ctx) {
  return {
    operation: 'Query',
    index: 'owner',
    query: {
      expression: '#owner = :owner',
      expressionNames: { '#owner': 'owner' },
      expressionValues: util.dynamodb.toMapValues({ ':owner': ctx.identity?.sub ?? 'everyone' }),
    },
    limit: 100,
    nextToken: ctx.args.after,
  };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  return { items: ctx.result.items.map((item) => shown(item)), next: ctx.result.nextToken };
}

/** Return an item with all attributes that have no field of their own in `attributes`. */
function shown(item) {
  const attributes = { etag: UNTAGGED };
  for (const name of Object.keys(item)) {
    if (!FIELDS.includes(name)) attributes[name] = item[name];
  }
  return { ...item, attributes };
}
