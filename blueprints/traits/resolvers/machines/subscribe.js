import { extensions, util } from '@aws-appsync/utils';

/** Notify a caller only of items that it can read: its own and shared ones. Mutations must select `owner`. */
export function request() {
  return { payload: null };
}

export function response(ctx) {
  if (!ctx.identity?.userArn) util.unauthorized();
  // Temporary credentials contain a session name that changes, so the role identifies the caller.
  const arn = ctx.identity.userArn.split(':');
  const assumed = arn[2] === 'sts' && arn[5].startsWith('assumed-role/');
  const owner = assumed ? `arn:${arn[1]}:iam::${arn[4]}:role/${arn[5].split('/')[1]}` : ctx.identity.userArn;
  extensions.setSubscriptionFilter({
    filterGroup: [{ filters: [{ fieldName: 'owner', operator: 'in', value: [owner, 'everyone'] }] }],
  });
  return null;
}
