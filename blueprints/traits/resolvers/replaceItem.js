import { util } from '@aws-appsync/utils';

// `pk` is the key of the table.
const FIELDS = ['pk', 'id', 'name', 'owner', 'created_at'];

/** Replace an item of the caller. Items of other callers are rejected. */
export function request(ctx) {
  const owner = ctx.identity?.sub ?? 'everyone';
  return {
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues({ pk: ctx.args.id }),
    update: {
      expression: 'SET #name = :name',
      expressionNames: { '#name': 'name' },
      expressionValues: util.dynamodb.toMapValues({ ':name': ctx.args.input.name }),
    },
    condition: {
      expression: '#owner = :owner',
      expressionNames: { '#owner': 'owner' },
      expressionValues: util.dynamodb.toMapValues({ ':owner': owner }),
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
