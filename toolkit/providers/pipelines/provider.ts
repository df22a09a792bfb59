import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Diagnostic } from '../../diagnostics/index.ts';
import { checkSchema, findChecker } from '../../host/check-program.ts';
import {
  accepted,
  directorySchema,
  nameOfFile,
  openFileSession,
  readDirectorySettings,
  refused,
  type Verdict,
} from '../../host/file-set/index.ts';
import {
  compareRunning,
  endpointSchema,
  inspectServer,
  openServer,
  readEndpointSettings,
  versionIn,
} from '../../host/http/index.ts';
import { runProgram } from '../../host/run-program.ts';
import {
  type Address,
  isJsonObject,
  type JsonObject,
  type Provider,
  type ProviderContext,
  type ProviderSession,
  putBackReferences,
  type Resource,
  secretReferencesIn,
  type TargetBinding,
} from '../../model/index.ts';
import { pipelineProgramDiagnostics } from './diagnostics.ts';
import { type PipelineProgram, pipelinePrograms } from './programs.ts';

/** Programs that carry out pipelines, through the files that they read. None of them takes a reload over HTTP. */
export const pipelineProviders: readonly Provider[] = pipelinePrograms.map((program) => ({
  name: program.name,
  resourceTypes: [
    {
      type: program.kind.type,
      canonical: (spec) => spec,
      ...(program.folders.length === 0 ? {} : { replaceOn: ['/name'] }),
    },
  ],
  bindingSchema: {
    type: 'object',
    additionalProperties: false,
    required: ['directory'],
    properties: { ...directorySchema, ...endpointSchema, ...checkSchema },
  },
  places: [...program.files, ...program.folders],
  validate: (resource) => validate(program, resource),
  open: (binding, context) => open(program, binding, context),
}));

function validate({ folders }: PipelineProgram, resource: Resource): readonly Diagnostic[] {
  const { name, program, config } = resource.spec;
  const at = { position: resource.source, subject: resource.address };
  const tell = (pointer: string, expected: string) => [
    pipelineProgramDiagnostics.create('bad-spec', { pointer, expected }, at),
  ];
  if (folders.length === 0) return isJsonObject(config) ? [] : tell('/config', 'an object');
  if (typeof name !== 'string' || name === '') return tell('/name', 'a text');
  return typeof program === 'string' ? [] : tell('/program', 'a text');
}

function open(program: PipelineProgram, binding: TargetBinding, context: ProviderContext): ProviderSession {
  const { settings } = binding;
  const { directory, mode } = readDirectorySettings(settings);
  const endpoint = { ...readEndpointSettings(settings), check: settings['check'] };
  const server = openServer(endpoint, context);
  const files = openFileSession<Address, JsonObject>({
    directory,
    kinds: [program.kind],
    activation: {
      check: (folder) => checkFiles(program, folder, endpoint, context.signal),
      activate: async () => accepted(`not loaded: ${program.loadsWhen}`),
    },
    mode,
    holdsSecrets: (spec) => secretReferencesIn(spec).length > 0,
    complete: (observed, known) => putBackReferences(observed, known, context.resolveSecret),
    ownFiles: program.files,
    ownFolders: program.folders,
    recognise: (file) => recognise(program, file),
    foreign: (file) => ({ type: 'file', name: file, spec: { path: file } }),
  });
  const mainFile = program.files[0];
  return {
    ...files,
    compareRunning: () =>
      compareRunning({
        program: program.title,
        settings: endpoint,
        server,
        mainFile: mainFile === undefined ? null : path.join(directory, mainFile),
        // None of them shows what it runs.
        differences: async (client) => {
          await client.text(program.readyPath);
          return [];
        },
        leftOver: async (client) => {
          await client.text(program.readyPath);
          return 'it does not show what that is';
        },
      }),
    inspect: async () => {
      const checks = await inspectServer({
        program: program.title,
        settings: endpoint,
        server,
        readyPath: program.readyPath,
        mainFile: path.join(directory, mainFile ?? program.folders[0] ?? ''),
        checkers: program.checkers,
        facts: async (client) => ({
          version: await versionIn(client, program.buildInfo),
          configFile: null,
          takesReload: false,
        }),
      });
      const reading = checks.map((check) =>
        check.subject === 'reload'
          ? { ...check, status: 'ok' as const, detail: program.loadsWhen, remedy: null }
          : check,
      );
      return [...(await files.inspect()), ...reading];
    },
  };
}

function recognise({ kind, folders }: PipelineProgram, file: string) {
  if (folders.length === 0) return { type: kind.type, name: 'main', spec: {} };
  const name = file.endsWith('.mtail') ? nameOfFile(path.basename(file, '.mtail')) : null;
  return name === null ? null : { type: kind.type, name, spec: { name } };
}

async function checkFiles(
  program: PipelineProgram,
  directory: string,
  settings: { readonly check: unknown; readonly timeoutMs: number },
  signal: AbortSignal,
): Promise<Verdict> {
  const found = await findChecker(settings.check, program.checkers);
  if (found.program === null) return accepted(found.note);
  const folder = await mkdtemp(path.join(tmpdir(), 'opsctl-check-'));
  try {
    const options = { cwd: directory, timeoutMs: settings.timeoutMs, signal };
    const { exitCode, stdout, stderr } = await runProgram(found.program, program.check(folder), options);
    if (exitCode === 0) return accepted(`checked by ${program.title}`);
    return refused(`${program.title} refuses it: ${reasonIn(program, `${stdout}\n${stderr}`)}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Without the head that glog puts before a line; and with the folder, by which whoever is to blame is found. */
function reasonIn({ folders }: PipelineProgram, output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.replace(/^[EWIF]\d{4} [\d:.]+ +\d+ [\w.]+:\d+\] /, '').trim())
    .filter(
      (line) => line !== '' && !/^(mtail version|Commandline|Starting|Loaded|No patterns|END OF|Listening)/.test(line),
    );
  const text = lines.join(' ').slice(0, 1000);
  return folders.length === 0 ? text : text.replaceAll(/(?<![\w/])([\w.-]+\.mtail)/g, `${folders[0]}/$1`);
}
