/**
 * The compiler and eslint over many projects, which share one program: the types of CDK are read once, not once for each.
 *
 * Reads {"settings": a tsconfig.json of all of them, "config": that of eslint, "folders": […]} on standard input; writes
 * {"tsc": [[file, line, rule, message]…], "eslint": what its formatter "json" says}. Both judge as their commands do. Of a
 * file that cannot be parsed the compiler says only that. Tests are held to `test_assertions.mjs`, too.
 */
import { readFileSync } from 'node:fs';
import { ESLint } from 'eslint';
import ts from 'typescript';
import proof from './test_assertions.mjs';

const { settings, config, folders } = JSON.parse(readFileSync(0, 'utf-8'));

const said = ts.readConfigFile(settings, ts.sys.readFile);
const { options, fileNames, errors } = ts.parseJsonConfigFileContent(said.config, ts.sys, import.meta.dirname);
const program = ts.createProgram({ rootNames: fileNames, options, configFileParsingDiagnostics: errors });

function diagnostics() {
  const unread = program.getSyntacticDiagnostics();
  const broken = new Set(unread.map((one) => one.file));
  return [
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...unread,
    ...program.getSemanticDiagnostics().filter((one) => !broken.has(one.file)),
  ];
}

function row({ file, start, code, messageText }) {
  const line = file ? ts.getLineAndCharacterOfPosition(file, start).line + 1 : null;
  return [file?.fileName ?? null, line, `TS${code}`, ts.flattenDiagnosticMessageText(messageText, '\n')];
}

const tsc = diagnostics().map(row);
const eslint = new ESLint({
  overrideConfigFile: config,
  overrideConfig: [
    { languageOptions: { parserOptions: { projectService: false, programs: [program] } } },
    { files: ['**/tests/**/*.test.ts'], plugins: { proof }, rules: { 'proof/claims': 'error' } },
  ],
});
process.stdout.write(JSON.stringify({ tsc, eslint: await eslint.lintFiles(folders) }));
