/**
 * Bundle the program of a container in a folder, with a service that takes `HOLD_S` and a queue in memory: `<folder> <file>`.
 * The bundle reports on stdout as `python.py` does.
 */
import { createRequire } from 'node:module';
import path from 'node:path';

const [folder, outfile] = process.argv.slice(2);
const { build } = createRequire(path.join(process.env.NODE_FOLDER, 'package.json'))('esbuild');

const REPORT = `
const report = (...words) => console.log('stopping:', ...words);
const sleep = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
`;
const SERVICE = `${REPORT}
export class Invalid extends Error {}
export class NotFound extends Error {}
export class Changed extends Error {}
export class Unconditional extends Error {}
const slow = async () => {
  report('begins');
  await sleep(Number(process.env.HOLD_S));
  report('ends');
  return { id: '1' };
};
export const local = (time) => time;
export { slow as work, slow as undo, slow as run, slow as create, slow as listing, slow as read, slow as replace, slow as remove };
`;
const QUEUE = `${REPORT}
class Command { constructor(input) { this.input = input; } }
export class ReceiveMessageCommand extends Command {}
export class DeleteMessageCommand extends Command {}
export class ChangeMessageVisibilityCommand extends Command {}
export class ChangeMessageVisibilityBatchCommand extends Command {}
let left = ['1', '2', '3'];
export class SQSClient {
  async send(command) {
    if (command instanceof ReceiveMessageCommand) {
      const messages = left;
      left = [];
      await sleep(messages.length > 0 ? 0 : 0.2);
      return { Messages: messages.map((one) => ({ MessageId: one, ReceiptHandle: one, Body: '{"id": "1"}' })) };
    }
    const entries = command.input.Entries ?? [command.input];
    for (const { ReceiptHandle } of entries) {
      report(command instanceof DeleteMessageCommand ? 'deleted' : 'returned', ReceiptHandle);
    }
    return {};
  }
}
`;
const SECRETS = `
export class GetSecretValueCommand {}
export class ResourceNotFoundException extends Error {}
export class SecretsManagerClient {
  async send() {
    return { SecretString: 'whsec_${'A'.repeat(32)}', CreatedDate: new Date(0) };
  }
}
`;
const REPLACED = [
  [/^@aws-sdk\/client-secrets-manager$/, SECRETS],
  [/^\.\/service$/, SERVICE],
  [/^@aws-sdk\/client-sqs$/, QUEUE],
];

await build({
  entryPoints: [path.join(folder, 'index.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  logLevel: 'error',
  nodePaths: [path.join(process.env.NODE_FOLDER, 'node_modules')],
  plugins: [
    {
      name: 'replaced',
      setup({ onResolve, onLoad }) {
        REPLACED.forEach(([filter], number) => {
          onResolve({ filter }, () => ({ path: String(number), namespace: 'replaced' }));
        });
        onLoad({ filter: /.*/, namespace: 'replaced' }, ({ path: number }) => ({ contents: REPLACED[Number(number)][1], loader: 'js' }));
      },
    },
  ],
});
