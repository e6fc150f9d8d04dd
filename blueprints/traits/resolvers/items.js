import { util } from '@aws-appsync/utils';

/** List the caller's items. A scan: give a table that grows an index on `owner` and query that instead. */
export function request(ctx) {
  const owner = ctx.identity?.sub ?? 'everyone';
  return {
    operation: 'Scan',
    limit: 100,
    filter: JSON.parse(util.transform.toDynamoDBFilterExpression({ owner: { eq: owner } })),
  };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  return ctx.result.items;
}
