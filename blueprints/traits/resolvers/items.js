import { util } from '@aws-appsync/utils';

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
  return { items: ctx.result.items, next: ctx.result.nextToken };
}
