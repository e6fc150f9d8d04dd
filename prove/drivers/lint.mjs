/**
 * The compiler and eslint over many projects, which share one program, so that the types of CDK are loaded once.
 *
 * Reads {"settings": a tsconfig.json of all of them, "config": that of eslint, "folders": […]} on standard input; writes
 * {"tsc": [[file, line, rule, message]…], "eslint": the output of its formatter "json"}. Both check as their commands do.
 * For a file that cannot be parsed the compiler reports only syntax errors. Tests are checked by `test_assertions.mjs`, too.
 */
import { readFileSync } from 'node:fs';
import { ESLint } from 'eslint';
import ts from 'typescript';
import proof from './test_assertions.mjs';

const { settings, config, folders } = JSON.parse(readFileSync(0, 'utf-8'));

const configFile = ts.readConfigFile(settings, ts.sys.readFile);
const { options, fileNames, errors } = ts.parseJsonConfigFileContent(configFile.config, ts.sys, import.meta.dirname);
const program = ts.createProgram({ rootNames: fileNames, options, configFileParsingDiagnostics: errors });

function diagnostics() {
  const syntaxErrors = program.getSyntacticDiagnostics();
  const unparsed = new Set(syntaxErrors.map((diagnostic) => diagnostic.file));
  return [
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...syntaxErrors,
    ...program.getSemanticDiagnostics().filter((diagnostic) => !unparsed.has(diagnostic.file)),
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
