/**
 * Synthesise many generated CDK apps in one process: jobs are [[project, output]…] on standard input.
 *
 * With PROVE_BUNDLE functions get their code, which esbuild makes; PROVE_CONTEXT adds to the context.
 * Every `bin/app.ts` is run as it stands, with what the command line of CDK would set; its assembly is written as the
 * process ends. Each line is a project and the error that it ended with, or null.
 */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';

const jobs: [string, string][] = JSON.parse(readFileSync(0, 'utf-8'));

// Paths of constructs in the templates; functions without their code unless it is wanted.
const context = {
  'aws:cdk:enable-path-metadata': true,
  ...(process.env.PROVE_BUNDLE ? {} : { 'aws:cdk:bundling-stacks': [] }),
  ...JSON.parse(process.env.PROVE_CONTEXT ?? '{}'),
};
for (const [project, output] of jobs) {
  const own = JSON.parse(readFileSync(path.join(project, 'cdk.json'), 'utf-8')).context;
  process.env.CDK_CONTEXT_JSON = JSON.stringify({ ...own, ...context });
  process.env.CDK_OUTDIR = output;
  let error: string | null = null;
  try {
    require(path.join(project, 'bin', 'app.ts'));
  } catch (thrown) {
    error = String(thrown instanceof Error ? thrown.stack : thrown);
  }
  console.log(JSON.stringify([project, error]));
}
