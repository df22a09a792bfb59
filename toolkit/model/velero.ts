import { callSite } from './call-site.ts';
import { timeSpan } from './declared-words.ts';
import { deepFreeze } from './deep-freeze.ts';
import { parseDuration } from './duration.ts';
import { holdToShape } from './hold-to-shape.ts';
import type { KubernetesManifest, KubernetesObject } from './kubernetes-object.ts';
import { fieldsOf, listOf, matching, maybe, oneOf, recordOf, someText, yesOrNo } from './shape.ts';

/** When Velero backs up what, where to, and for how long it is kept. */
export interface VeleroSchedule {
  readonly name: string;
  /** In which Velero runs; `velero` when not given. */
  readonly namespace?: string;
  /** As cron writes it, in UTC: `0 1 * * *`, `@daily`, `@every 6h`. */
  readonly schedule: string;
  /** How long a backup is kept, such as `30d`. */
  readonly keep: string;
  /** Namespaces that are backed up; all of them when not given. */
  readonly of?: readonly string[];
  readonly without?: readonly string[];
  /** Objects with these labels only. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Name of a BackupStorageLocation; the default one when not given. */
  readonly to?: string;
  /** `snapshot`: by the storage; `files`: by copying what is in them; `none`: objects only. Velero's own choice when not given. */
  readonly volumes?: 'snapshot' | 'files' | 'none';
  readonly paused?: boolean;
}

/** A bucket that Velero keeps backups in. */
export interface BackupStorageLocation {
  readonly name: string;
  /** In which Velero runs; `velero` when not given. */
  readonly namespace?: string;
  /** Name of the plugin: `aws` for S3 and what speaks its language, `azure`, `gcp`. */
  readonly provider: string;
  readonly bucket: string;
  /** Folder in the bucket. */
  readonly prefix?: string;
  /** Settings of the plugin, such as `{ region, s3Url }`. */
  readonly config?: Readonly<Record<string, string>>;
  /** Key of a Secret in that namespace with the credentials; those of the plugin when not given. */
  readonly credential?: { readonly name: string; readonly key: string };
  /** For schedules that name no other. */
  readonly isDefault?: boolean;
  readonly access?: 'read-write' | 'read-only';
}

const name = matching('a name of an object, such as nightly', /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/);
const cron = matching(
  'a schedule of cron such as 0 1 * * *, @daily or @every 6h',
  /^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|@every \S+|(\S+ ){4}\S+)$/,
);

const scheduleShape = fieldsOf<VeleroSchedule>({
  name,
  namespace: maybe(name),
  schedule: cron,
  keep: timeSpan,
  of: maybe(listOf(name)),
  without: maybe(listOf(name)),
  labels: maybe(recordOf(someText)),
  to: maybe(name),
  volumes: maybe(oneOf(['snapshot', 'files', 'none'])),
  paused: maybe(yesOrNo),
});

const locationShape = fieldsOf<BackupStorageLocation>({
  name,
  namespace: maybe(name),
  provider: someText,
  bucket: someText,
  prefix: maybe(someText),
  config: maybe(recordOf(someText)),
  credential: maybe(fieldsOf<{ name: string; key: string }>({ name, key: someText })),
  isDefault: maybe(yesOrNo),
  access: maybe(oneOf(['read-write', 'read-only'])),
});

/** Declares a Schedule of Velero, which a stack with a cluster puts there with `.include(...)`. */
export function defineVeleroSchedule(declaration: VeleroSchedule): KubernetesObject {
  const source = callSite(defineVeleroSchedule);
  holdToShape(scheduleShape, declaration, 'defineVeleroSchedule({...})', source);
  const { schedule, keep, of, without, labels, to, volumes, paused } = declaration;
  const template = {
    ...(of === undefined ? {} : { includedNamespaces: of }),
    ...(without === undefined ? {} : { excludedNamespaces: without }),
    ...(labels === undefined ? {} : { labelSelector: { matchLabels: labels } }),
    ...(to === undefined ? {} : { storageLocation: to }),
    ...volumeFields(volumes),
    ttl: goDuration(keep),
  };
  const spec = { schedule, ...(paused === undefined ? {} : { paused }), template };
  return objectOf('Schedule', declaration, spec, source);
}

/** Declares a BackupStorageLocation of Velero, which a stack with a cluster puts there with `.include(...)`. */
export function defineBackupStorageLocation(declaration: BackupStorageLocation): KubernetesObject {
  const source = callSite(defineBackupStorageLocation);
  holdToShape(locationShape, declaration, 'defineBackupStorageLocation({...})', source);
  const { provider, bucket, prefix, config, credential, isDefault, access } = declaration;
  const spec = {
    provider,
    objectStorage: { bucket, ...(prefix === undefined ? {} : { prefix }) },
    ...(config === undefined ? {} : { config }),
    ...(credential === undefined ? {} : { credential }),
    ...(isDefault === undefined ? {} : { default: isDefault }),
    ...(access === undefined ? {} : { accessMode: access === 'read-only' ? 'ReadOnly' : 'ReadWrite' }),
  };
  return objectOf('BackupStorageLocation', declaration, spec, source);
}

function objectOf(
  kind: string,
  { name: called, namespace = 'velero' }: Pick<VeleroSchedule, 'name' | 'namespace'>,
  spec: Readonly<Record<string, unknown>>,
  source: KubernetesObject['source'],
): KubernetesObject {
  const manifest: KubernetesManifest = {
    apiVersion: 'velero.io/v1',
    kind,
    metadata: { name: called, namespace },
    spec,
  };
  return deepFreeze({
    kind: 'kubernetes-object',
    id: `${kind.toLowerCase()}.${namespace}.${called}`,
    manifest,
    source,
  });
}

function volumeFields(volumes: VeleroSchedule['volumes']) {
  if (volumes === undefined) return {};
  return { snapshotVolumes: volumes === 'snapshot', defaultVolumesToFsBackup: volumes === 'files' };
}

/** As Go prints it, which knows no days: `720h0m0s`. */
function goDuration(duration: string): string {
  const seconds = Math.round((parseDuration(duration) ?? 0) / 1000);
  return `${Math.floor(seconds / 3600)}h${Math.floor((seconds % 3600) / 60)}m${seconds % 60}s`;
}
