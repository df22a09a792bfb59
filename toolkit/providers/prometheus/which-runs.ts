import { readFiles } from '../../host/file-set/index.ts';
import { type HttpClient, sideOf } from '../../host/http/index.ts';
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type ObjectReference,
  type RunningSide,
} from '../../model/index.ts';
import { discoveredTargets, type LoadedGroup, loadedGroups } from './api.ts';
import { configDifferences } from './compare-config.ts';
import { configFile, configKind } from './config.ts';
import { groupDifferences } from './group-differences.ts';
import { canonicalRules, rulesKind } from './rules.ts';
import { targetsKind } from './targets.ts';

type Found = { readonly state: 'absent' | 'broken' } | { readonly state: 'present'; readonly spec: JsonObject };

/** Of each object that was changed in place, whether Prometheus runs the file, what was applied, or neither. */
export async function prometheusSides(
  directory: string,
  client: HttpClient,
  askConfig: () => Promise<JsonObject>,
  applied: readonly ObjectReference[],
): Promise<(reference: ObjectReference) => RunningSide> {
  const hasLists = applied.some(({ type }) => type === targetsKind.type);
  const [config, groups, targets, readings] = await Promise.all([
    askConfig(),
    loadedGroups(client),
    hasLists ? discoveredTargets(client) : [],
    readFiles(directory, applied.map(pathOf)),
  ]);
  return (reference) => {
    const path = pathOf(reference);
    const reading = readings.get(path);
    const found = foundIn(reading?.state === 'text' ? reading.text : null, reading?.state === 'absent', reference);
    switch (reference.type) {
      case configKind.type:
        return configSide(config, found, reference.spec);
      case rulesKind.type: {
        const own = groups.filter(({ file }) => file === path || file.endsWith(`/${path}`));
        return rulesSide(own, found, reference.spec, config);
      }
      default: {
        const own = targets.filter(({ file }) => file === path || file.endsWith(`/${path}`));
        return targetsSide(new Set(own.map(({ address }) => address)), found, reference.spec);
      }
    }
  };
}

const kinds = [configKind, rulesKind, targetsKind];

function kindOf({ type }: ObjectReference) {
  return kinds.find((kind) => kind.type === type) ?? targetsKind;
}

function pathOf(reference: ObjectReference): string {
  return reference.type === configKind.type ? configFile : kindOf(reference).path(reference.spec);
}

function foundIn(text: string | null, isAbsent: boolean, reference: ObjectReference): Found {
  if (text === null) return { state: isAbsent ? 'absent' : 'broken' };
  const parsed = kindOf(reference).parse(text, reference.spec);
  return parsed.state === 'present' ? parsed : { state: 'broken' };
}

function configSide(running: JsonObject, found: Found, applied: JsonObject): RunningSide {
  const isRun = ({ config }: JsonObject) =>
    isJsonObject(config ?? null) && configDifferences(running, config as JsonObject).length === 0;
  return sideOf({ found: found.state === 'present' && isRun(found.spec), applied: isRun(applied) });
}

function rulesSide(
  running: readonly LoadedGroup[],
  found: Found,
  applied: JsonObject,
  { global }: JsonObject,
): RunningSide {
  const interval = isJsonObject(global ?? null) ? String((global as JsonObject).evaluation_interval ?? '1m') : '1m';
  const isRun = ({ group }: JsonObject) =>
    groupDifferences([canonicalRules({ group: group ?? {} }).group as JsonObject], running, interval).length === 0;
  const isFoundRun = found.state === 'absent' ? running.length === 0 : found.state === 'present' && isRun(found.spec);
  return sideOf({ found: isFoundRun, applied: isRun(applied) });
}

/** Prometheus reads target lists by itself, and shows their addresses: labels that differ it has read with them. */
function targetsSide(running: ReadonlySet<string>, found: Found, applied: JsonObject): RunningSide {
  const isRun = (addresses: ReadonlySet<string>) => running.size === addresses.size && running.isSubsetOf(addresses);
  if (found.state === 'present' && isRun(addressesIn(found.spec.groups))) return 'found';
  return sideOf({ found: found.state === 'absent' && running.size === 0, applied: isRun(addressesIn(applied.groups)) });
}

function addressesIn(groups: JsonValue | undefined): ReadonlySet<string> {
  const lists = Array.isArray(groups) ? groups.filter(isJsonObject) : [];
  return new Set(lists.flatMap(({ targets }) => (Array.isArray(targets) ? targets.map(String) : [])));
}
