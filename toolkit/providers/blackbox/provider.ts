import path from 'node:path';
import { openFileSession } from '../../host/file-set/index.ts';
import { compareRunning, inspectServer, openServer, startedWith, versionIn, whichRuns } from '../../host/http/index.ts';
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
import { canonicalConfig } from './canonical-config.ts';
import { configFile, configKind, validateConfig } from './config.ts';
import { waitForHealth } from './health.ts';
import { blackboxSide, describeRunning, differencesFromRunning } from './running.ts';
import { checkerNames } from './self-check.ts';
import { bindingSchema, readSettings } from './settings.ts';

/** The blackbox exporter through its configuration file and its HTTP API. */
export const blackboxProvider: Provider = {
  name: 'blackbox',
  resourceTypes: [{ type: configKind.type, canonical: canonicalConfig }],
  bindingSchema,
  places: [configFile],
  validate: validateConfig,
  open,
};

function open(binding: TargetBinding, context: ProviderContext): ProviderSession {
  const settings = readSettings(binding.settings);
  const server = openServer(settings, context);
  const files = openFileSession<Address, JsonObject>({
    directory: settings.directory,
    kinds: [configKind],
    activation: makeActivation(settings, server, context.signal),
    mode: settings.mode,
    holdsSecrets: (spec) => secretReferencesIn(spec).length > 0,
    complete: (observed, known) => putBackReferences(observed, known, context.resolveSecret),
    ownFiles: [configFile],
    ownFolders: [],
    recognise: () => ({ type: configKind.type, name: 'main', spec: {} }),
    foreign: (path) => ({ type: 'file', name: path, spec: { path } }),
  });
  return {
    ...files,
    compareRunning: () =>
      compareRunning({
        program: 'the blackbox exporter',
        settings,
        server,
        mainFile: path.join(settings.directory, configFile),
        differences: (client) => differencesFromRunning(settings.directory, client),
        leftOver: describeRunning,
      }),
    whichRuns: (applied) => whichRuns(server, applied, (client) => blackboxSide(settings.directory, client)),
    inspect: async () => [
      ...(await files.inspect()),
      ...(await inspectServer({
        program: 'The blackbox exporter',
        settings,
        server,
        readyPath: '/-/healthy',
        mainFile: path.join(settings.directory, configFile),
        checkers: checkerNames,
        // The exporter takes a reload however it was started.
        facts: async (client) => ({
          version: await versionIn(client, 'blackbox_exporter_build_info'),
          configFile: await startedWith(client, 'config.file'),
          takesReload: true,
        }),
      })),
    ],
    health: async (references, timeoutMs) => {
      const inPlace = await files.health(references);
      if (server === null) return inPlace;
      return waitForHealth(settings.directory, server.client, inPlace, { ...context, timeoutMs });
    },
  };
}
