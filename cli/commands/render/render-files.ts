import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Diagnostic } from '../../../toolkit/diagnostics/index.ts';
import {
  addressFields,
  isJsonObject,
  isSecretReference,
  type JsonObject,
  type JsonValue,
  type Provider,
  type ProviderContext,
  type Resource,
  type ResourceTypeDefinition,
} from '../../../toolkit/model/index.ts';
import { renderDiagnostics } from './diagnostics.ts';
import { writeManifest } from './former-render.ts';

export interface RenderResult {
  /** Relative to the folder, by name. */
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Lets each provider write as it would into its target, into a folder instead: a target of its own with a directory and
 * no address, so nothing is checked against a program or reloaded. What comes out is what apply writes, byte by byte.
 */
export async function renderFiles(
  root: string,
  resources: readonly Resource[],
  providers: readonly Provider[],
  signal: AbortSignal,
): Promise<RenderResult> {
  const targets = [...Map.groupBy(resources, ({ address, target }) => `${addressFields(address).stack}/${target}`)];
  const diagnostics: Diagnostic[] = [];
  for (const [key, ofTarget] of targets)
    diagnostics.push(...(await renderTarget(join(root, key), key, ofTarget, providers, signal)));
  const files = await filesBelow(root);
  await writeManifest(root, files);
  return { files, diagnostics };
}

async function renderTarget(
  directory: string,
  key: string,
  resources: readonly Resource[],
  providers: readonly Provider[],
  signal: AbortSignal,
): Promise<readonly Diagnostic[]> {
  const [stack = '', target = ''] = key.split('/');
  const type = resources[0]?.type ?? '';
  const provider = providers.find(({ resourceTypes }) => resourceTypes.some((known) => known.type === type));
  if (provider === undefined || !takes(provider, 'directory'))
    return [renderDiagnostics.create('no-files', { stack, target, type })];
  const settings = { directory, ...(takes(provider, 'check') ? { check: 'none' } : {}) };
  const session = provider.open({ stack, target, provider: provider.name, settings }, contextOf(signal));
  const files = resources.filter((resource) => !isKeptByServer(provider, resource));
  const told = tellKept(resources.filter((resource) => isKeptByServer(provider, resource)));
  try {
    for (const { address, type: ownType, spec } of files) {
      // As planning does: what only says what goes without saying is left out, and an order that means nothing is one.
      const canonical = definitionOf(provider, ownType)?.canonical(spec) ?? spec;
      await session.stage({ kind: 'write', address, type: ownType, spec: withReferences(canonical) as JsonObject });
    }
    const outcome = await session.commit();
    if (!outcome.accepted) told.push(renderDiagnostics.create('refused', { stack, target, reason: outcome.reason }));
    return told;
  } finally {
    await session.close();
  }
}

/** What needs a server beside the folder: silences, which Alertmanager keeps itself. */
function isKeptByServer(provider: Provider, { type }: Resource): boolean {
  return definitionOf(provider, type)?.needs !== undefined;
}

function definitionOf({ resourceTypes }: Provider, type: string): ResourceTypeDefinition | undefined {
  return resourceTypes.find((known) => known.type === type);
}

function tellKept(resources: readonly Resource[]): Diagnostic[] {
  return resources.map(({ address, source }) =>
    renderDiagnostics.create('kept-by-server', { address }, { position: source, subject: address }),
  );
}

function takes({ bindingSchema }: Provider, setting: string): boolean {
  return isJsonObject(bindingSchema['properties']) && Object.hasOwn(bindingSchema['properties'], setting);
}

function contextOf(signal: AbortSignal): ProviderContext {
  return { signal, report: () => undefined, resolveSecret: async (reference) => textFor(reference) };
}

function withReferences(value: JsonValue): JsonValue {
  if (isSecretReference(value)) return textFor(value.$secret);
  if (Array.isArray(value)) return value.map(withReferences);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withReferences(child)]));
}

/** Whoever applies the files puts the secret there: `${env:WECOM_SECRET}`. */
function textFor(reference: string): string {
  return `\${${reference}}`;
}

async function filesBelow(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  return files.filter((file) => !file.startsWith('.')).sort();
}
