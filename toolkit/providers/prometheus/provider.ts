import path from 'node:path';
import { Failure } from '../../diagnostics/index.ts';
import { fileNameOf, nameOfFile, openFileSession } from '../../host/file-set/index.ts';
import { compareRunning, inspectServer, openServer, whichRuns } from '../../host/http/index.ts';
import {
  type Address,
  isJsonObject,
  type JsonObject,
  type Provider,
  type ProviderContext,
  type ProviderSession,
  putBackReferences,
  secretReferencesIn,
  type TargetBinding,
  type TargetIdentity,
} from '../../model/index.ts';
import { makeActivation } from './activation.ts';
import { alertingOf } from './alerting.ts';
import { loadedConfig, serverFacts } from './api.ts';
import { canonicalConfig } from './canonical-config.ts';
import { configFile, configKind, validateConfig } from './config.ts';
import { type DownBefore, targetsDown, waitForHealth } from './health.ts';
import { canonicalRules, rulesFolder, rulesKind, validateRules } from './rules.ts';
import { describeRunning, differencesFromRunning } from './running.ts';
import { secretsFolder, secretsKind, validateSecret } from './secrets.ts';
import { bindingSchema, readSettings } from './settings.ts';
import { canonicalTargets, targetsFolder, targetsKind, validateTargets } from './targets.ts';

/** Prometheus through the files of its configuration directory and its HTTP API. */
export const prometheusProvider: Provider = {
  name: 'prometheus',
  resourceTypes: [
    { type: configKind.type, canonical: canonicalConfig },
    { type: targetsKind.type, canonical: canonicalTargets, replaceOn: ['/name'] },
    { type: rulesKind.type, canonical: canonicalRules, replaceOn: ['/group/name', '/file'] },
    { type: secretsKind.type, canonical: (spec) => spec, replaceOn: ['/name'] },
  ],
  bindingSchema,
  places: [configFile, targetsFolder, rulesFolder, secretsFolder],
  validate(resource) {
    if (resource.type === configKind.type) return validateConfig(resource);
    if (resource.type === secretsKind.type) return validateSecret(resource);
    return resource.type === rulesKind.type ? validateRules(resource) : validateTargets(resource);
  },
  open,
};

function open(binding: TargetBinding, context: ProviderContext): ProviderSession {
  const settings = readSettings(binding.settings);
  const server = openServer(settings, context);
  const files = openFileSession<Address, JsonObject>({
    directory: settings.directory,
    kinds: [configKind, targetsKind, rulesKind, secretsKind],
    activation: makeActivation(settings, settings.reload === 'http' ? server : null, context.signal),
    mode: settings.mode,
    holdsSecrets: (spec) => secretReferencesIn(spec).length > 0,
    complete: (observed, known) => putBackReferences(observed, known, context.resolveSecret),
    ownFiles: [configFile],
    ownFolders: [targetsFolder, rulesFolder, secretsFolder],
    recognise,
    foreign: (path) => ({ type: 'file', name: fileNameOf(path.replaceAll('/', '-')), spec: { path } }),
  });
  const askConfig = server === null ? null : sharedWhilePending(() => loadedConfig(server.client));
  // What is down before the first change of this session is told apart from what is down by it.
  let hasTargets = false;
  let downBefore: Promise<DownBefore> | null = null;
  return {
    ...files,
    stage: (change) => {
      hasTargets ||= change.type === targetsKind.type;
      return files.stage(change);
    },
    commit: async () => {
      if (server !== null && hasTargets) downBefore ??= targetsDown(server.client);
      await downBefore;
      return files.commit();
    },
    identify: async () => {
      const [place, label] = await Promise.all([files.identify(), stackLabel(askConfig, context)]);
      return { ...place, ...label };
    },
    compareRunning: () =>
      compareRunning({
        program: 'Prometheus',
        settings,
        server,
        mainFile: path.join(settings.directory, configFile),
        differences: (client) =>
          differencesFromRunning(settings.directory, client, askConfig ?? (() => loadedConfig(client))),
        leftOver: describeRunning,
      }),
    whichRuns: (applied) =>
      whichRuns(server, applied, async (client) => {
        const { prometheusSides } = await import('./which-runs.ts');
        return prometheusSides(settings.directory, client, askConfig ?? (() => loadedConfig(client)), applied);
      }),
    ...(server === null ? {} : { alerting: alertingOf(server.client) }),
    inspect: async () => [
      ...(await files.inspect()),
      ...(await inspectServer({
        program: 'Prometheus',
        settings,
        server,
        readyPath: '/-/ready',
        mainFile: path.join(settings.directory, configFile),
        checkers: ['promtool'],
        facts: serverFacts,
      })),
    ],
    health: async (references, timeoutMs) => {
      if (server === null) return files.health(references);
      const down = (await downBefore) ?? new Set<string>();
      return waitForHealth(settings.directory, server.client, references, down, { ...context, timeoutMs });
    },
  };
}

/** A server that does not answer can still have its files read: its label is then not among the facts. */
async function stackLabel(
  askConfig: (() => Promise<JsonObject>) | null,
  context: ProviderContext,
): Promise<TargetIdentity> {
  if (askConfig === null) return {};
  try {
    const { global } = await askConfig();
    const labels = isJsonObject(global) ? global.external_labels : undefined;
    const stack = isJsonObject(labels) ? labels.stack : undefined;
    return stack === undefined ? {} : { stack: String(stack) };
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    context.report(`Going on without its external labels. ${cause.message}`);
    return {};
  }
}

/** Planning asks for the identity and for what runs at the same time, and the answer to both is one. */
function sharedWhilePending<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let pending: Promise<Answer> | null = null;
  return () => {
    pending ??= ask().finally(() => {
      pending = null;
    });
    return pending;
  };
}

function recognise(path: string): { readonly type: string; readonly name: string; readonly spec: JsonObject } | null {
  if (path === configFile) return { type: configKind.type, name: 'main', spec: {} };
  const [, secret] = /^secrets\/([^/]+)$/.exec(path) ?? [];
  if (secret !== undefined) return recogniseSecret(secret);
  const [, folder, fileName, extension] = /^(targets|rules)\/([^/]+)\.(json|ya?ml)$/.exec(path) ?? [];
  const name = fileName === undefined ? null : nameOfFile(fileName);
  if (name === null) return null;
  if (folder === targetsFolder && extension === 'json') return { type: targetsKind.type, name, spec: { name } };
  if (folder === rulesFolder && extension === 'yaml') return { type: rulesKind.type, name, spec: { group: { name } } };
  return null;
}

function recogniseSecret(fileName: string): ReturnType<typeof recognise> {
  const name = nameOfFile(fileName);
  return name === null ? null : { type: secretsKind.type, name, spec: { name } };
}
