import { util } from '@aws-appsync/utils';

/** Return an item of the caller, or null if the item does not exist or belongs to another caller. */
export function request(ctx) {
  return { operation: 'GetItem', key: util.dynamodb.toMapValues({ pk: ctx.args.id }) };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  if (!ctx.result || ctx.result.owner !== (ctx.identity?.sub ?? 'everyone')) return null;
  return ctx.result;
}
