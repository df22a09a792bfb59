import path from 'node:path';
import type { Diagnostic, SourceSpan } from '../../diagnostics/index.ts';
import { readableFolders } from '../../host/content-modules.ts';
import type { TargetBinding } from '../../model/index.ts';
import { bindingsDiagnostics } from './bindings-diagnostics.ts';

export interface PlaceRules {
  /** Absolute path of the repository. */
  readonly root: string;
  readonly providers: readonly PlacingProvider[];
  positionOf(stack: string, target: string): SourceSpan;
}

/** What each provider writes in the directory of a target; not given: all of it. */
interface PlacingProvider {
  readonly name: string;
  readonly places?: readonly string[];
}

/**
 * Refuses bindings of one environment whose targets would overwrite each other, or the repository. What counts is what a
 * provider writes: Prometheus and Alertmanager may share /etc/prometheus, as Debian has it, because no file of the one is
 * a file of the other. Directories are absolute; the caller decides whether links in them are followed.
 */
export function checkSharedPlaces(targets: readonly TargetBinding[], rules: PlaceRules): readonly Diagnostic[] {
  const places = targets.flatMap((binding) => placesOf(binding, rules.providers));
  const reserved = reservedPlaces(places, rules);
  // Who writes over the whole repository writes over most other targets too, which is the lesser matter.
  if (reserved.length > 0) return reserved;
  return [...sharedPlaces(places, rules), ...sharedUrls(targets, rules)];
}

interface Place {
  readonly binding: TargetBinding;
  /** Absolute path of a file or folder that is this target's alone. */
  readonly path: string;
}

function placesOf(binding: TargetBinding, providers: readonly PlacingProvider[]): readonly Place[] {
  const { directory } = binding.settings;
  if (typeof directory !== 'string') return [];
  const { places = [''] } = providers.find(({ name }) => name === binding.provider) ?? {};
  return places.map((place) => ({ binding, path: path.resolve(directory, place) }));
}

/** What the repository keeps, besides content: its history, its packages, and what was applied. */
const reservedFolders = [...readableFolders, '.git', '.opsctl/state', 'node_modules'];

function reservedPlaces(places: readonly Place[], { root, positionOf }: PlaceRules): readonly Diagnostic[] {
  const reported = new Set<TargetBinding>();
  return places.flatMap(({ binding, path: place }) => {
    const reserved = reservedFolders.find((folder) => overlaps(place, path.join(root, folder)));
    if (reserved === undefined || reported.has(binding)) return [];
    reported.add(binding);
    const facts = { target: nameOf(binding), path: place, reserved };
    return [bindingsDiagnostics.create('reserved-place', facts, occurrenceOf(binding, positionOf))];
  });
}

function overlaps(one: string, other: string): boolean {
  return ancestorsOf(one).includes(other) || ancestorsOf(other).includes(one);
}

/** Looks from each place up through its folders for another's, so that thousands of them cost no square. */
function sharedPlaces(places: readonly Place[], { positionOf }: PlaceRules): readonly Diagnostic[] {
  const owners = Map.groupBy(places, (place) => place.path);
  const pairs = new Map<string, { readonly first: TargetBinding; readonly second: TargetBinding; path: string }>();
  const order = new Map([...new Set(places.map(({ binding }) => binding))].map((binding, index) => [binding, index]));
  for (const { binding, path: place } of places) {
    for (const { binding: other } of ancestorsOf(place).flatMap((folder) => owners.get(folder) ?? [])) {
      if (other === binding) continue;
      const isLater = (order.get(binding) ?? 0) > (order.get(other) ?? 0);
      const [first, second] = isLater ? [other, binding] : [binding, other];
      const key = `${order.get(first)} ${order.get(second)}`;
      if (!pairs.has(key)) pairs.set(key, { first, second, path: place });
    }
  }
  return [...pairs.values()].map(({ first, second, path: shared }) => {
    const facts = { target: nameOf(second), ...otherOf(first, positionOf), path: shared };
    return bindingsDiagnostics.create('shared-place', facts, occurrenceOf(second, positionOf));
  });
}

/** The path itself and every folder that it lies in. */
function ancestorsOf(place: string): readonly string[] {
  const parent = path.dirname(place);
  return parent === place ? [place] : [place, ...ancestorsOf(parent)];
}

function sharedUrls(targets: readonly TargetBinding[], { positionOf }: PlaceRules): readonly Diagnostic[] {
  const byUrl = Map.groupBy(targets, ({ settings }) => urlKey(settings.url));
  byUrl.delete(null);
  return [...byUrl].flatMap(([url, [first, ...others]]) => {
    if (first === undefined || url === null) return [];
    return others.map((second) => {
      const facts = { target: nameOf(second), ...otherOf(first, positionOf), url: String(second.settings.url) };
      return bindingsDiagnostics.create('shared-url', facts, occurrenceOf(second, positionOf));
    });
  });
}

/** One text for the spellings of one URL: case, the usual port, a slash at the end, this machine's own name. */
function urlKey(url: unknown): string | null {
  if (typeof url !== 'string' || !URL.canParse(url)) return null;
  const { protocol, hostname, port, pathname } = new URL(url);
  const host = hostname === 'localhost' || hostname === '[::1]' ? '127.0.0.1' : hostname;
  return `${protocol}//${host}:${port}${pathname.replace(/\/+$/, '')}`;
}

function nameOf({ stack, target }: TargetBinding): string {
  return `${target} of ${stack}`;
}

function otherOf(binding: TargetBinding, positionOf: PlaceRules['positionOf']) {
  return { other: nameOf(binding), otherAt: positionOf(binding.stack, binding.target) };
}

function occurrenceOf({ stack, target }: TargetBinding, positionOf: PlaceRules['positionOf']) {
  return { position: positionOf(stack, target), subject: `${stack}/${target}` };
}
