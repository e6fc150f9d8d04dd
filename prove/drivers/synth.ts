/**
 * Synthesise many generated CDK apps in one process: jobs are [[project, output]…] on standard input.
 *
 * With PROVE_BUNDLE, esbuild bundles the code of the functions; PROVE_CONTEXT adds to the context.
 * Every `bin/app.ts` runs unchanged, with the variables that the command line of CDK sets; its assembly is written as the
 * process ends. Each line is a project and its error, or null.
 *
 * `entries.json` in an assembly has the entry file of each function by the name of its asset, which the template does not
 * contain.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

const jobs: [string, string][] = JSON.parse(readFileSync(0, 'utf-8'));

// Paths of constructs in the templates; functions without their code unless PROVE_BUNDLE is set.
const context = {
  'aws:cdk:enable-path-metadata': true,
  ...(process.env.PROVE_BUNDLE ? {} : { 'aws:cdk:bundling-stacks': [] }),
  ...JSON.parse(process.env.PROVE_CONTEXT ?? '{}'),
};
interface Scope {
  node: { path: string };
}
interface Code {
  bind(scope: Scope): unknown;
}
let entries: Record<string, string> = {};
const { Bundling } = require(
  path.join(path.dirname(require.resolve('aws-cdk-lib')), 'aws-lambda-nodejs', 'lib', 'bundling.js'),
);
const bundle = Bundling.bundle;
Bundling.bundle = (stack: Scope, options: { entry: string }): Code => {
  const code: Code = bundle.call(Bundling, stack, options);
  const bind = code.bind.bind(code);
  code.bind = (scope: Scope): unknown => {
    entries[`${scope.node.path.split('/').slice(1).join('/')}/Code`] = options.entry;
    return bind(scope);
  };
  return code;
};

for (const [project, output] of jobs) {
  const projectContext = JSON.parse(readFileSync(path.join(project, 'cdk.json'), 'utf-8')).context;
  process.env.CDK_CONTEXT_JSON = JSON.stringify({ ...projectContext, ...context });
  process.env.CDK_OUTDIR = output;
  entries = {};
  let error: string | null = null;
  try {
    require(path.join(project, 'bin', 'app.ts'));
  } catch (thrown) {
    error = String(thrown instanceof Error ? thrown.stack : thrown);
  }
  mkdirSync(output, { recursive: true });
  writeFileSync(path.join(output, 'entries.json'), JSON.stringify(entries));
  console.log(JSON.stringify([project, error]));
}
