import path from 'node:path';
import { openFileSession } from '../../host/file-set/index.ts';
import {
  compareRunning,
  inspectServer,
  openServer,
  pollServer,
  type Server,
  startedWith,
  versionIn,
  whichRuns,
} from '../../host/http/index.ts';
import {
  type Address,
  type JsonObject,
  type Provider,
  type ProviderContext,
  type ProviderSession,
  putBackReferences,
  secretReferencesIn,
  type TargetBinding,
} from '../../model/index.ts';
import { makeActivation } from './activation.ts';
import { configKind, configType, validateConfig } from './config-file.ts';
import { canonicalModules, type ExporterProgram, exporterPrograms } from './programs.ts';
import { describeRunning, differencesFromRunning, exporterSide } from './running.ts';
import { type ExporterSettings, readSettings, schemaOf } from './settings.ts';

/** Exporters that ask devices on behalf of Prometheus, through their configuration file and, where it has one, their API. */
export const exporterProviders: readonly Provider[] = exporterPrograms.map((program) => ({
  name: program.name,
  resourceTypes: [{ type: configType(program), canonical: (spec) => canonicalModules(program, spec) }],
  bindingSchema: schemaOf(program.hasLayouts),
  places: [program.file],
  validate: validateConfig,
  open: (binding, context) => open(program, binding, context),
}));

function open(program: ExporterProgram, binding: TargetBinding, context: ProviderContext): ProviderSession {
  const settings = readSettings(binding.settings);
  const server = openServer(settings, context);
  const kind = configKind(program, settings.layout);
  const files = openFileSession<Address, JsonObject>({
    directory: settings.directory,
    kinds: [kind],
    activation: makeActivation(program, settings, server, context.signal),
    mode: settings.mode,
    holdsSecrets: (spec) => secretReferencesIn(spec).length > 0,
    complete: (observed, known) => putBackReferences(observed, known, context.resolveSecret),
    ownFiles: [program.file],
    ownFolders: [],
    recognise: () => ({ type: kind.type, name: 'main', spec: {} }),
    foreign: (file) => ({ type: 'file', name: file, spec: { path: file } }),
  });
  return {
    ...files,
    compareRunning: () =>
      compareRunning({
        program: program.title,
        settings,
        server,
        mainFile: program.needsFile ? path.join(settings.directory, program.file) : null,
        differences: (client) => differencesFromRunning(program, settings.directory, client),
        leftOver: (client) => describeRunning(program, client),
      }),
    whichRuns: (applied) => whichRuns(server, applied, (client) => exporterSide(program, settings.directory, client)),
    inspect: async () => [...(await files.inspect()), ...(await inspect(program, settings, server))],
    health: async (references, timeoutMs) => {
      const inPlace = await files.health(references);
      if (server === null || !program.reloads) return inPlace;
      return pollServer(inPlace, { ...context, timeoutMs }, async () => {
        const { status } = await server.client.request(program.readyPath);
        if (status !== 200) return `${program.title} is not healthy (status ${status}).`;
        const [difference] = await differencesFromRunning(program, settings.directory, server.client);
        return difference ?? null;
      });
    },
  };
}

async function inspect(program: ExporterProgram, settings: ExporterSettings, server: Server | null) {
  const checks = await inspectServer({
    program: program.title,
    settings: program.checker === null ? { ...settings, check: 'none' } : settings,
    server,
    readyPath: program.readyPath,
    mainFile: path.join(settings.directory, program.file),
    checkers: program.checker?.names ?? [],
    facts: async (client) => ({
      version: await versionIn(client, `${program.title}_build_info`),
      configFile: await startedWith(client, 'config.file'),
      takesReload: program.reloads,
    }),
  });
  // What has no checker and takes no reload is as its makers meant it, whatever the binding says.
  return checks.flatMap((check) => {
    if (check.subject === 'checker' && program.checker === null) return [];
    if (check.subject !== 'reload' || program.reloads) return [check];
    return [
      { ...check, status: 'ok' as const, detail: `${program.title} reads its file when it starts`, remedy: null },
    ];
  });
}
