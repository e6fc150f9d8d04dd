import { util } from '@aws-appsync/utils';

/** Delete an item of the caller, and return its ID and owner. Items of other callers are rejected. */
export function request(ctx) {
  const owner = ctx.identity?.sub ?? 'everyone';
  return {
    operation: 'DeleteItem',
    key: util.dynamodb.toMapValues({ pk: ctx.args.id }),
    condition: {
      expression: '#owner = :owner',
      expressionNames: { '#owner': 'owner' },
      expressionValues: util.dynamodb.toMapValues({ ':owner': owner }),
    },
  };
}

export function response(ctx) {
  if (ctx.error) util.error('There is no such item.', 'NotFound');
  return { id: ctx.args.id, owner: ctx.identity?.sub ?? 'everyone' };
}
