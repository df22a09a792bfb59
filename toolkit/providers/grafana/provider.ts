import {
  directorySchema,
  fileNameOf,
  nameOfFile,
  openFileSession,
  readDirectorySettings,
} from '../../host/file-set/index.ts';
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
import { canonicalDashboard, dashboardKind, dashboardsFolder, validateDashboard } from './dashboard.ts';
import { canonicalProvisioning, provisioningFolder, provisioningKind, validateProvisioning } from './provisioning.ts';

/** Grafana through its provisioning files. It watches the dashboards itself, so there is nothing to reload. */
export const grafanaProvider: Provider = {
  name: 'grafana',
  resourceTypes: [
    { type: dashboardKind.type, canonical: canonicalDashboard, replaceOn: ['/folder', '/dashboard/uid'] },
    { type: provisioningKind.type, canonical: canonicalProvisioning, replaceOn: ['/kind', '/name'] },
  ],
  places: [dashboardsFolder, provisioningFolder],
  bindingSchema: {
    type: 'object',
    additionalProperties: false,
    required: ['directory'],
    properties: directorySchema,
  },
  validate: (resource) =>
    resource.type === dashboardKind.type ? validateDashboard(resource) : validateProvisioning(resource),
  open,
};

function open(binding: TargetBinding, context: ProviderContext): ProviderSession {
  const { directory, mode } = readDirectorySettings(binding.settings);
  return openFileSession<Address, JsonObject>({
    directory,
    kinds: [dashboardKind, provisioningKind],
    activation: {},
    mode,
    holdsSecrets: (spec) => secretReferencesIn(spec).length > 0,
    complete: (observed, known) => putBackReferences(observed, known, context.resolveSecret),
    ownFolders: [dashboardsFolder, provisioningFolder],
    recognise,
    foreign: (path) => ({ type: 'file', name: fileNameOf(path.replaceAll('/', '-')), spec: { path } }),
  });
}

function recognise(path: string): { readonly type: string; readonly name: string; readonly spec: JsonObject } | null {
  const [, dashboardFolder, uidFile] = /^dashboards\/([^/]+)\/([^/]+)\.json$/.exec(path) ?? [];
  if (dashboardFolder !== undefined && uidFile !== undefined) return recogniseDashboard(dashboardFolder, uidFile);
  const [, kind, nameFile] = /^provisioning\/(dashboards|datasources)\/([^/]+)\.yaml$/.exec(path) ?? [];
  const name = nameFile === undefined ? null : nameOfFile(nameFile);
  if (kind === undefined || name === null) return null;
  return { type: provisioningKind.type, name: `${kind}-${name}`, spec: { kind, name } };
}

function recogniseDashboard(folderFile: string, uidFile: string) {
  const [folder, uid] = [nameOfFile(folderFile), nameOfFile(uidFile)];
  if (folder === null || uid === null) return null;
  return { type: dashboardKind.type, name: uid, spec: { folder, dashboard: { uid } } };
}
