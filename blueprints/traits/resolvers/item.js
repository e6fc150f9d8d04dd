import { util } from '@aws-appsync/utils';

/** Get one item; what is not the caller's is as if it were not there. */
export function request(ctx) {
  return { operation: 'GetItem', key: util.dynamodb.toMapValues({ pk: ctx.args.id }) };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  if (!ctx.result || ctx.result.owner !== (ctx.identity?.sub ?? 'everyone')) return null;
  return ctx.result;
}
