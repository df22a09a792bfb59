import { counted, Failure } from '../../diagnostics/index.ts';
import { type HttpClient, type PollOptions, pollUntilHealthy } from '../../host/http/index.ts';
import { type HealthReference, type HealthReport, isJsonObject, type JsonObject } from '../../model/index.ts';
import { configOnDisk } from './activation.ts';
import { type DiscoveredTarget, discoveredTargets, type LoadedGroup, loadedConfig, loadedGroups } from './api.ts';
import { missingFrom } from './compare-config.ts';
import { configKind } from './config.ts';
import { groupDifferences } from './group-differences.ts';
import { canonicalRules, groupName, rulesKind, rulesPath } from './rules.ts';
import { targetsKind } from './targets.ts';

/**
 * Asks until everything works or the time is over. Rules are evaluated and targets scraped once in their interval, so
 * what was changed a moment ago is first `unknown`.
 */
export function waitForHealth(
  directory: string,
  client: HttpClient,
  references: readonly HealthReference[],
  downBefore: DownBefore,
  options: PollOptions,
): Promise<readonly HealthReport[]> {
  return pollUntilHealthy(options, () => look(directory, client, references, downBefore));
}

/** Targets that were down before anything was changed, as `<target list> <address>`. */
export type DownBefore = ReadonlySet<string>;

/** A server that does not answer, or does not know its targets, knows none that is down. */
export async function targetsDown(client: HttpClient): Promise<DownBefore> {
  try {
    const down = (await discoveredTargets(client)).filter(({ health }) => health === 'down');
    return new Set(down.map(keyOfTarget));
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    return new Set();
  }
}

function keyOfTarget({ file, address }: DiscoveredTarget): string {
  return `${file.split('/').at(-1)} ${address}`;
}

interface Seen {
  readonly config: { readonly healthy: boolean; readonly detail: string };
  readonly groups: readonly LoadedGroup[];
  /** In which groups are evaluated that do not say. */
  readonly interval: string;
  readonly targets: readonly DiscoveredTarget[];
  readonly downBefore: DownBefore;
}

async function look(
  directory: string,
  client: HttpClient,
  references: readonly HealthReference[],
  downBefore: DownBefore,
): Promise<readonly HealthReport[]> {
  const types = new Set(references.map(({ type }) => type));
  try {
    const seen: Seen = {
      config: types.has(configKind.type) ? await configHealth(directory, client) : unknown,
      groups: types.has(rulesKind.type) ? await loadedGroups(client) : [],
      interval: types.has(rulesKind.type) ? intervalIn(await loadedConfig(client)) : usualInterval,
      targets: types.has(targetsKind.type) ? await discoveredTargets(client) : [],
      downBefore,
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

function healthOf({ type, spec, excused }: HealthReference, seen: Seen): Health {
  if (type === configKind.type) return seen.config;
  return type === rulesKind.type
    ? groupHealth(spec, seen)
    : targetsHealth(spec, excused === undefined ? seen : { ...seen, downBefore: new Set(excused) });
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

const usualInterval = '1m';

function intervalIn({ global }: JsonObject): string {
  return isJsonObject(global ?? null)
    ? String((global as JsonObject).evaluation_interval ?? usualInterval)
    : usualInterval;
}

function groupHealth(spec: JsonObject, { groups, interval }: Seen): Health {
  const group = groups.find(({ name, file }) => name === groupName(spec) && file.endsWith(`/${rulesPath(spec)}`));
  if (group === undefined) return { healthy: false, detail: 'The rule group is not loaded.' };
  // Where nobody reloads, a group of the same name goes on with the rules that it had.
  const written = canonicalRules({ group: spec.group ?? {} }).group as JsonObject;
  const [difference] = groupDifferences([written], [group], interval);
  if (difference !== undefined) return { healthy: false, detail: `The new rules are not loaded: ${difference}` };
  const broken = group.rules.find(({ health }) => health === 'err');
  if (broken !== undefined) return { healthy: false, detail: `${broken.name} fails: ${broken.lastError}.` };
  const waiting = group.rules.filter(({ health }) => health !== 'ok');
  const all = group.rules.length;
  if (waiting.length === 0)
    return { healthy: true, detail: all === 1 ? 'The rule is evaluated.' : `All ${all} rules are evaluated.` };
  const verb = waiting.length === 1 ? 'was' : 'were';
  return { healthy: false, detail: `${waiting.length} of ${counted(all, 'rule')} ${verb} not evaluated yet.` };
}

const mostNamed = 5;

function targetsHealth(spec: JsonObject, { targets, downBefore }: Seen): Health {
  const file = `/${targetsKind.path(spec)}`;
  const seen = targets.filter((target) => target.file.endsWith(file));
  const addresses = addressesIn(spec);
  const missing = addresses.filter((address) => !seen.some((target) => target.address === address));
  const notUp = seen.filter(({ health }) => health !== 'up' && health !== 'dropped');
  // One that is asked anew by this change has its chance: only what was seen down again is as before.
  const before = notUp.filter((target) => target.health === 'down' && downBefore.has(keyOfTarget(target)));
  const fresh = notUp.filter((target) => !before.includes(target));
  // A job that asks in several ways has every target in each of its entries, and drops it in all but one.
  const count = Math.max(addresses.length, seen.filter(({ health }) => health !== 'dropped').length);
  const beside =
    before.length === 0 ? {} : { amissBefore: saysDownBefore(before, count), excused: before.map(keyOfTarget).sort() };
  if (missing.length + fresh.length === 0)
    return { healthy: true, detail: saysUp(addresses.length - before.length, addresses.length), ...beside };
  const named = [...fresh.map(saysTarget), ...missing.map((address) => `${address} (not discovered yet)`)];
  const notUpYet = missing.length + fresh.length;
  const counts = `${notUpYet} of ${counted(count, 'target')} ${notUpYet === 1 ? 'is' : 'are'} not up`;
  return { healthy: false, detail: `${counts}: ${listed(named)}.`, ...beside };
}

function saysUp(up: number, all: number): string {
  if (up < all) return `${up} of ${counted(all, 'target')} ${up === 1 ? 'is' : 'are'} up.`;
  return all === 1 ? 'The target is up.' : `All ${all} targets are up.`;
}

function saysDownBefore(targets: readonly DiscoveredTarget[], all: number): string {
  return `${targets.length} of ${counted(all, 'target')} ${targets.length === 1 ? 'was' : 'were'} down before it and still ${targets.length === 1 ? 'is' : 'are'}: ${listed(targets.map(saysTarget))}.`;
}

function saysTarget({ item, health, lastError }: DiscoveredTarget): string {
  return `${item} (${lastError === '' ? saysHealth(health) : lastError})`;
}

function listed(names: readonly string[]): string {
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return `${names.slice(0, mostNamed).join(', ')}${more}`;
}

function saysHealth(health: string): string {
  return health === 'unknown' ? 'not scraped yet' : health;
}

function addressesIn(spec: JsonObject): readonly string[] {
  const groups = Array.isArray(spec.groups) ? spec.groups : [];
  return [...new Set(groups.flatMap((group: JsonObject) => (group.targets as readonly string[] | undefined) ?? []))];
}
