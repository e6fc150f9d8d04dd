import { extensions } from '@aws-appsync/utils';

/** Notify a caller only of items that it can read: its own and shared ones. Mutations must select `owner`. */
export function request() {
  return { payload: null };
}

export function response(ctx) {
  const owner = ctx.identity?.sub ?? 'everyone';
  extensions.setSubscriptionFilter({
    filterGroup: [{ filters: [{ fieldName: 'owner', operator: 'in', value: [owner, 'everyone'] }] }],
  });
  return null;
}
