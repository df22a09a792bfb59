import { Failure } from '../../diagnostics/index.ts';
import { type HttpClient, type PollOptions, pollUntilHealthy } from '../../host/http/index.ts';
import type { HealthReport, JsonObject, ObjectReference } from '../../model/index.ts';
import { configOnDisk } from './activation.ts';
import { type DiscoveredTarget, discoveredTargets, type LoadedGroup, loadedConfig, loadedGroups } from './api.ts';
import { missingFrom } from './compare-config.ts';
import { configKind } from './config.ts';
import { groupName, rulesKind, rulesPath } from './rules.ts';
import { targetsKind } from './targets.ts';

/**
 * Asks until everything works or the time is over. Rules are evaluated and targets scraped once in their interval, so
 * what was changed a moment ago is first `unknown`.
 */
export function waitForHealth(
  directory: string,
  client: HttpClient,
  references: readonly ObjectReference[],
  options: PollOptions,
): Promise<readonly HealthReport[]> {
  return pollUntilHealthy(options, () => look(directory, client, references));
}

interface Seen {
  readonly config: { readonly healthy: boolean; readonly detail: string };
  readonly groups: readonly LoadedGroup[];
  readonly targets: readonly DiscoveredTarget[];
}

async function look(
  directory: string,
  client: HttpClient,
  references: readonly ObjectReference[],
): Promise<readonly HealthReport[]> {
  const types = new Set(references.map(({ type }) => type));
  try {
    const seen = {
      config: types.has(configKind.type) ? await configHealth(directory, client) : unknown,
      groups: types.has(rulesKind.type) ? await loadedGroups(client) : [],
      targets: types.has(targetsKind.type) ? await discoveredTargets(client) : [],
    };
    return references.map((reference) => ({ address: reference.address, ...healthOf(reference, seen) }));
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    const { summary, detail } = cause.diagnostic;
    return references.map(({ address }) => ({ address, healthy: false, detail: `${summary}. ${detail}` }));
  }
}

type Health = Omit<HealthReport, 'address'>;

const unknown: Health = { healthy: false, detail: 'It was not looked at.' };

function healthOf({ type, spec }: ObjectReference, seen: Seen): Health {
  if (type === configKind.type) return seen.config;
  return type === rulesKind.type ? groupHealth(spec, seen.groups) : targetsHealth(spec, seen.targets);
}

async function configHealth(directory: string, client: HttpClient): Promise<Health> {
  const written = await configOnDisk(directory);
  if (written === null) return { healthy: false, detail: 'The file is missing or cannot be read.' };
  const missing = missingFrom(await loadedConfig(client), written);
  if (missing !== null) return { healthy: false, detail: `${missing} of the file is not in the loaded configuration.` };
  const metrics = await client.text('/metrics');
  if (!/^prometheus_config_last_reload_successful 1$/m.test(metrics)) {
    return { healthy: false, detail: 'The last reload failed; Prometheus says why in its log.' };
  }
  return { healthy: true, detail: 'The configuration is loaded.' };
}

function groupHealth(spec: JsonObject, groups: readonly LoadedGroup[]): Health {
  const group = groups.find(({ name, file }) => name === groupName(spec) && file.endsWith(`/${rulesPath(spec)}`));
  if (group === undefined) return { healthy: false, detail: 'The rule group is not loaded.' };
  const broken = group.rules.find(({ health }) => health === 'err');
  if (broken !== undefined) return { healthy: false, detail: `${broken.name} fails: ${broken.lastError}.` };
  const waiting = group.rules.filter(({ health }) => health !== 'ok');
  if (waiting.length === 0) return { healthy: true, detail: `All ${group.rules.length} rules are evaluated.` };
  return { healthy: false, detail: `${waiting.length} of ${group.rules.length} rules are not evaluated yet.` };
}

const mostNamed = 5;

function targetsHealth(spec: JsonObject, discovered: readonly DiscoveredTarget[]): Health {
  const file = `/${targetsKind.path(spec)}`;
  const seen = discovered.filter((target) => target.file.endsWith(file));
  const addresses = addressesIn(spec);
  const missing = addresses.filter((address) => !seen.some((target) => target.address === address));
  const notUp = seen.filter(({ health }) => health !== 'up' && health !== 'dropped');
  if (missing.length + notUp.length === 0) return { healthy: true, detail: `All ${addresses.length} targets are up.` };
  const named = [
    ...notUp.map(({ item, health, lastError }) => `${item} (${lastError === '' ? saysHealth(health) : lastError})`),
    ...missing.map((address) => `${address} (not discovered yet)`),
  ];
  const more = named.length > mostNamed ? ` and ${named.length - mostNamed} more` : '';
  const counts = `${missing.length + notUp.length} of ${Math.max(addresses.length, seen.length)} targets are not up`;
  return { healthy: false, detail: `${counts}: ${named.slice(0, mostNamed).join(', ')}${more}.` };
}

function saysHealth(health: string): string {
  return health === 'unknown' ? 'not scraped yet' : health;
}

function addressesIn(spec: JsonObject): readonly string[] {
  const groups = Array.isArray(spec.groups) ? spec.groups : [];
  return [...new Set(groups.flatMap((group: JsonObject) => (group.targets as readonly string[] | undefined) ?? []))];
}
