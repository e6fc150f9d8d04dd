import { util } from '@aws-appsync/utils';

// `pk` is the key of the table, and `request_digest` is only for programs that recognize repeated requests.
const FIELDS = ['pk', 'id', 'name', 'owner', 'created_at', 'request_digest'];
// The version of an item that a program stored, or that is older than versions, until a caller replaces it.
const UNTAGGED = '0';

/** Create an item for the caller. */
export function request(ctx) {
  const id = util.autoId();
  const item = {
    ...ctx.args.input,
    id,
    owner: ctx.identity?.sub ?? 'everyone',
    created_at: util.time.nowISO8601(),
    // Versions are in order as text: what programs make of an older one replaces nothing of a later one.
    etag: `v${util.time.nowEpochMilliSeconds()}-${util.autoId()}`,
  };
  return {
    operation: 'PutItem',
    key: util.dynamodb.toMapValues({ pk: id }),
    attributeValues: util.dynamodb.toMapValues(item),
    condition: { expression: 'attribute_not_exists(pk)' },
  };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
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
