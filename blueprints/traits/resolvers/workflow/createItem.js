import { util } from '@aws-appsync/utils';

/** Run the workflow for an item and wait for its result. The role of the data source signs the request. */
export function request(ctx) {
  const id = util.autoId();
  const input = { ...ctx.args.input, id, owner: ctx.identity?.sub ?? 'everyone' };
  const execution = { stateMachineArn: ctx.env.STATE_MACHINE_ARN, name: id, input: JSON.stringify(input) };
  return {
    method: 'POST',
    resourcePath: '/',
    params: {
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'AWSStepFunctions.StartSyncExecution',
      },
      body: JSON.stringify(execution),
    },
  };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  if (ctx.result.statusCode !== 200) util.error('The workflow could not be started.', 'NotStarted');
  const execution = JSON.parse(ctx.result.body);
  if (execution.status !== 'SUCCEEDED') util.error('The workflow did not end well.', execution.status);
  return { id: execution.name, name: ctx.args.input.name, output: JSON.parse(execution.output) };
}
