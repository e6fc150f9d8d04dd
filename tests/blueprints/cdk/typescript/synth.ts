/**
 * Synthesise many generated CDK apps in one process: `tsx synth.ts <projects folder> <output folder>`.
 *
 * Every `<projects>/<name>/bin/app.ts` is run as it stands, with what the command line of CDK would set; its assembly
 * goes to `<output>/<name>`, written as the process ends.
 */
import { readdirSync } from 'node:fs';
import * as path from 'node:path';

const [projects, outputs] = process.argv.slice(2).map((folder) => path.resolve(folder));

// Paths of constructs in the templates; functions without their code, which esbuild would make.
process.env.CDK_CONTEXT_JSON = JSON.stringify({ 'aws:cdk:enable-path-metadata': true, 'aws:cdk:bundling-stacks': [] });
for (const project of readdirSync(projects, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
  process.env.CDK_OUTDIR = path.join(outputs, project.name);
  require(path.join(projects, project.name, 'bin', 'app.ts'));
}
