import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFileBackend } from '../../../toolkit/engine/state/file-backend.ts';
import { loadStack } from '../../../toolkit/engine/state/load-stack.ts';
import { findRepository, listEnvironments } from '../../../toolkit/host/content-modules.ts';
import type { AppliedResource } from '../../../toolkit/model/index.ts';
import type { CompletionKind } from '../../arguments/option.ts';

/**
 * Names for completion, from what lies in files: running the content would take longer than somebody waits for a tab
 * key. So addresses are those that were applied, and what was never applied is not offered.
 */
export async function repositoryNames(directory: string, kind: CompletionKind): Promise<readonly string[]> {
  const root = await findRepository(directory);
  if (root === null) return [];
  switch (kind) {
    case 'stack':
      return await stackNames(root);
    case 'environment':
      return await listEnvironments(root);
    case 'item':
      return await itemIds(root);
    case 'person':
      return await personIds(root);
    case 'tenant':
      return await isolatedTenants(root);
    case 'address':
      return [...(await appliedAddresses(root)), ...(await itemIds(root))];
    case 'dashboard':
      return await appliedDashboards(root);
    case 'alert':
      return await appliedAlerts(root);
    case 'file':
    case 'directory':
      return [];
    default:
      return kind satisfies never;
  }
}

/** A stack's file is named after it by custom; one that is not is missing here, and nowhere else. */
async function stackNames(root: string): Promise<readonly string[]> {
  const names = await readdir(join(root, 'stacks')).catch(() => []);
  return names
    .flatMap((name) => (name.endsWith('.ts') && !name.endsWith('.test.ts') ? [name.slice(0, -'.ts'.length)] : []))
    .sort();
}

async function itemIds(root: string): Promise<readonly string[]> {
  const text = await readFile(join(root, 'cmdb/items.generated.ts'), 'utf8').catch(() => '');
  return [...text.matchAll(/^ {2}\| '([^']+)'/gm)].flatMap(([, id]) => id ?? []);
}

/** People are written as `{ id: '...', name: ..., roles: [...] }` in the organisation; roles are what nothing else has. */
async function personIds(root: string): Promise<readonly string[]> {
  const folder = join(root, 'cmdb/organisation');
  const names = await readdir(folder).catch(() => []);
  const texts = await Promise.all(
    names.filter((name) => name.endsWith('.ts')).map((name) => readFile(join(folder, name), 'utf8').catch(() => '')),
  );
  const found = texts.flatMap((text) => [...text.matchAll(/\{\s*id:\s*'([^']+)',[^{}]*?\broles:/g)]);
  return found.flatMap(([, id]) => id ?? []).sort();
}

/** Written as `.isolate('mes', ...)` in the files of the stacks. */
async function isolatedTenants(root: string): Promise<readonly string[]> {
  const stacks = await stackNames(root);
  const texts = await Promise.all(
    stacks.map((name) => readFile(join(root, 'stacks', `${name}.ts`), 'utf8').catch(() => '')),
  );
  return unique(texts.flatMap((text) => [...text.matchAll(/\.isolate\(\s*'([^']+)'/g)].flatMap(([, id]) => id ?? [])));
}

async function appliedAddresses(root: string): Promise<readonly string[]> {
  return unique((await appliedResources(root)).map(({ address }) => address));
}

async function appliedDashboards(root: string): Promise<readonly string[]> {
  const dashboards = (await appliedResources(root)).filter(({ type }) => type === 'grafana-dashboard');
  return unique(dashboards.map(({ address }) => address.replace('/grafana-dashboard/', '/')));
}

async function appliedAlerts(root: string): Promise<readonly string[]> {
  const { readGroup } = await import('../../../toolkit/history/index.ts');
  const rules = (await appliedResources(root)).filter(({ type }) => type === 'prometheus-rules');
  return unique(rules.flatMap(({ spec }) => readGroup(spec).alerts.map(({ name }) => name)));
}

async function appliedResources(root: string): Promise<readonly AppliedResource[]> {
  const backend = createFileBackend(join(root, '.opsctl', 'state'));
  const environments = await listEnvironments(root);
  const resources = environments.map(async (environment) => {
    const stacks = await backend.listStacks(environment);
    const results = await Promise.all(stacks.map((stack) => loadStack(backend.open({ environment, stack }))));
    const loaded = { stacks: results.flatMap((result) => (result.ok ? [result.loaded] : [])) };
    return loaded.stacks.flatMap(({ state }) => [...state.resources.values()]);
  });
  return (await Promise.all(resources)).flat();
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
