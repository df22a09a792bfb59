import path from 'node:path';
import type { Diagnostic } from '../../diagnostics/index.ts';
import { fileNameOf, nameOfFile, openFileSession } from '../../host/file-set/index.ts';
import { compareRunning, inspectServer, openServer, startedWith, versionIn, whichRuns } from '../../host/http/index.ts';
import {
  type Address,
  type JsonObject,
  type Provider,
  type ProviderContext,
  type ProviderSession,
  putBackReferences,
  type Resource,
  secretReferencesIn,
  type TargetBinding,
} from '../../model/index.ts';
import { makeActivation } from './activation.ts';
import { canonicalConfig } from './canonical-config.ts';
import { configFile, configKind, validateConfig } from './config.ts';
import { waitForHealth } from './health.ts';
import { alertmanagerSides, describeRunning, differencesFromRunning } from './running.ts';
import { bindingSchema, readSettings } from './settings.ts';
import { canonicalSilence, silenceNeeds, silenceType, validateSilence } from './silence.ts';
import { openSilences } from './silence-session.ts';
import { templateKind, templatesFolder, validateTemplate } from './template.ts';
import { isFile, isSilence, withSilences } from './with-silences.ts';

/** Alertmanager through the files of its configuration directory and its HTTP API. */
export const alertmanagerProvider: Provider = {
  name: 'alertmanager',
  resourceTypes: [
    { type: configKind.type, canonical: canonicalConfig },
    { type: templateKind.type, canonical: (spec) => spec, replaceOn: ['/name'] },
    { type: silenceType, canonical: canonicalSilence, replaceOn: ['/id'], needs: silenceNeeds },
  ],
  bindingSchema,
  places: [configFile, templatesFolder],
  validate,
  open,
};

function validate(resource: Resource): readonly Diagnostic[] {
  if (resource.type === silenceType) return validateSilence(resource);
  return resource.type === configKind.type ? validateConfig(resource) : validateTemplate(resource);
}

function open(binding: TargetBinding, context: ProviderContext): ProviderSession {
  const settings = readSettings(binding.settings);
  const server = openServer(settings, context);
  const files = openFileSession<Address, JsonObject>({
    directory: settings.directory,
    kinds: [configKind, templateKind],
    activation: makeActivation(settings, server, context.signal),
    mode: settings.mode,
    holdsSecrets: (spec) => secretReferencesIn(spec).length > 0,
    complete: (observed, known) => putBackReferences(observed, known, context.resolveSecret),
    ownFiles: [configFile],
    ownFolders: [templatesFolder],
    recognise,
    foreign: (path) => ({ type: 'file', name: fileNameOf(path.replaceAll('/', '-')), spec: { path } }),
  });
  const silences = openSilences(server);
  return {
    ...withSilences(files, silences),
    compareRunning: () =>
      compareRunning({
        program: 'Alertmanager',
        settings,
        server,
        mainFile: path.join(settings.directory, configFile),
        differences: (client) => differencesFromRunning(settings.directory, client),
        leftOver: describeRunning,
      }),
    whichRuns: (applied) => whichRuns(server, applied, (client) => alertmanagerSides(settings.directory, client)),
    inspect: async () => [
      ...(await files.inspect()),
      ...(await inspectServer({
        program: 'Alertmanager',
        settings,
        server,
        readyPath: '/-/ready',
        mainFile: path.join(settings.directory, configFile),
        checkers: ['amtool'],
        // Alertmanager takes a reload however it was started.
        facts: async (client) => ({
          version: await versionIn(client, 'alertmanager_build_info'),
          configFile: await startedWith(client, 'config.file'),
          takesReload: true,
        }),
      })),
    ],
    health: async (references, timeoutMs) => {
      const inPlace = await files.health(references.filter(isFile));
      const loaded =
        server === null || inPlace.length === 0
          ? inPlace
          : await waitForHealth(settings.directory, server.client, inPlace, { ...context, timeoutMs });
      return [...loaded, ...(await silences.health(references.filter(isSilence)))];
    },
  };
}

function recognise(path: string): { readonly type: string; readonly name: string; readonly spec: JsonObject } | null {
  if (path === configFile) return { type: configKind.type, name: 'main', spec: {} };
  const [, fileName] = /^templates\/([^/]+)\.tmpl$/.exec(path) ?? [];
  const name = fileName === undefined ? null : nameOfFile(fileName);
  return name === null ? null : { type: templateKind.type, name, spec: { name } };
}
