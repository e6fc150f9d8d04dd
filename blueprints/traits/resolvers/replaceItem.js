import { util } from '@aws-appsync/utils';

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
  return ctx.result;
}
