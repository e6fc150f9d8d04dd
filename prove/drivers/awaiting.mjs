// Runs that wait, as `awaiting_programs.py` has them for programs in Python: what completed them, and what the next request ends with.
import { CallbackTimeoutException } from '@aws-sdk/client-lambda';
import { SFNServiceException, TaskTimedOut } from '@aws-sdk/client-sfn';

export const TOKEN = 'b3BlbiBzZXNhbWU';
export const CONTEXT = { functionName: 'f', memoryLimitInMB: '128', awsRequestId: 'r1', invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f' };

/** Return runs that wait; the fault "lost" is a response, "throttled" a request. */
export const runs = () => ({ ended: [], over: false, fault: '' });

/** Record a completed task in the runs of a scene. */
export async function take(scene, { constructor: { name }, input }) {
  if (!/^Send(Task|DurableExecutionCallback)(Success|Failure)Command$/.test(name)) {
    return {};
  }
  if (scene.over) {
    throw new (name.includes('Task') ? TaskTimedOut : CallbackTimeoutException)({ $metadata: { httpStatusCode: 400 }, message: 'It has timed out' });
  }
  const { fault } = scene;
  scene.fault = '';
  if (fault === 'throttled') {
    throw new SFNServiceException({ name: 'ThrottlingException', $fault: 'client', $metadata: { httpStatusCode: 400 }, message: 'Rate exceeded' });
  }
  if (fault === 'lost') {
    scene.over = true;
    throw new Error('The response was lost');
  }
  scene.ended.push([name, input]);
  return {};
}
