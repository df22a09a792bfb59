import type { Diagnostic } from '../diagnostics/index.ts';
import { describeObject, identityOf, withOwner } from '../languages/kubernetes/index.ts';
import { printYaml } from '../languages/yaml/print-yaml.ts';
import {
  addressFields,
  isJsonObject,
  isSecretReference,
  type JsonObject,
  type Resource,
  secretReferencesIn,
} from '../model/index.ts';
import { applicationOf, inWave } from './argocd.ts';
import { manifestDiagnostics } from './diagnostics.ts';
import { fluxObjects, kustomizationOf } from './flux.ts';
import { type Phase, phasesOf } from './phase-folder.ts';
import type { Reconciler } from './reconciler.ts';

export interface ManifestFile {
  /** Relative to the rendered folder. */
  readonly path: string;
  readonly text: string;
}

export interface RenderedManifests {
  /** By path; none where there is an error. */
  readonly files: readonly ManifestFile[];
  /** How many objects are in them. */
  readonly objects: number;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The objects of a cluster as files for whoever applies them from Git. Equal objects give equal bytes in equal places: a
 * file for each object, in a folder for each phase of each stack.
 */
export function renderManifests(resources: readonly Resource[], reconciler: Reconciler): RenderedManifests {
  const objects = resources.filter(({ target }) => target === 'kubernetes');
  const stacks = [...new Set(resources.map(({ address }) => addressFields(address).stack))].sort();
  if (objects.length === 0)
    return { files: [], objects: 0, diagnostics: [manifestDiagnostics.create('no-objects', { stacks })] };
  const secret = objects.flatMap(findSecrets);
  const diagnostics = secret.map(({ diagnostic }) => diagnostic);
  if (diagnostics.some(({ severity }) => severity === 'error')) return { files: [], objects: 0, diagnostics };
  const hidden = new Set(secret.map(({ resource }) => resource));
  const left = objects.filter((resource) => !hidden.has(resource));
  const shown = Map.groupBy(left, ({ address }) => addressFields(address).stack);
  const files = [...shown].flatMap(([stack, own]) => filesOf(stack, phasesOf(own), reconciler));
  return { files: files.sort(byPath), objects: left.length, diagnostics };
}

function byPath(left: ManifestFile, right: ManifestFile): number {
  return left.path < right.path ? -1 : 1;
}

function filesOf(stack: string, phases: readonly Phase[], reconciler: Reconciler): readonly ManifestFile[] {
  const objects = phases.flatMap((phase) =>
    phase.objects.map((resource) =>
      fileAt(`${stack}/${phase.folder}/${fileOf(resource)}`, shownAs(stack, resource, phase, reconciler)),
    ),
  );
  switch (reconciler.tool) {
    case 'kubectl':
      return objects;
    case 'argocd':
      return [...objects, fileAt(`applications/${stack}.yaml`, applicationOf(stack, reconciler))];
    case 'flux': {
      const made = fluxObjects(stack, phases, reconciler);
      return [
        ...objects,
        ...phases.map(({ folder, objects: own }) =>
          fileAt(`${stack}/${folder}/kustomization.yaml`, kustomizationOf(own.map(fileOf))),
        ),
        ...made.map(({ file, object }) => fileAt(`${stack}/flux/${file}`, object)),
        fileAt(`${stack}/flux/kustomization.yaml`, kustomizationOf(made.map(({ file }) => file))),
      ];
    }
    default:
      return reconciler satisfies never;
  }
}

function fileOf({ address }: Resource): string {
  return `${addressFields(address).name}.yaml`;
}

function fileAt(path: string, object: JsonObject): ManifestFile {
  return { path, text: printYaml(object) };
}

/** With the label by which all of a stack are found: to prune them, and to tell whose they are. */
function shownAs(stack: string, { spec }: Resource, { wave }: Phase, { tool }: Reconciler): JsonObject {
  const owned = withOwner(spec, stack) as JsonObject;
  return tool === 'argocd' ? inWave(owned, wave) : owned;
}

interface FoundSecret {
  readonly resource: Resource;
  readonly diagnostic: Diagnostic;
}

/** A Secret with a reference in it is left out and told; in any other object a reference is a mistake. */
function findSecrets(resource: Resource): readonly FoundSecret[] {
  const { spec } = resource;
  const secrets = secretReferencesIn(spec);
  if (secrets.length === 0) return [];
  const object = describeObject(identityOf(spec));
  const occurrence = { position: resource.source, subject: resource.address };
  const diagnostic =
    spec.kind === 'Secret' && spec.apiVersion === 'v1'
      ? manifestDiagnostics.create('secret-left-out', { object, keys: keysWithSecrets(spec) }, occurrence)
      : manifestDiagnostics.create('secret-in-object', { object, secrets }, occurrence);
  return [{ resource, diagnostic }];
}

/** `env-WECOM_SECRET (env:WECOM_SECRET)` */
function keysWithSecrets({ stringData, data }: JsonObject): readonly string[] {
  return [stringData, data].flatMap((entries) =>
    Object.entries(isJsonObject(entries) ? entries : {}).flatMap(([key, value]) =>
      isSecretReference(value) ? [`${key} (${value.$secret})`] : [],
    ),
  );
}
