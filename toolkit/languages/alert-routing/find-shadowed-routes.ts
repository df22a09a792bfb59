import type { Route } from './config.ts';
import type { Matcher } from './matchers.ts';

/** A route that no alert whatever can take, and so none below it. */
export interface ShadowedRoute {
  readonly route: Route;
  readonly because:
    | { readonly kind: 'contradiction'; readonly label: string }
    /** Earlier routes, none of which continues, that take all that could come here. */
    | { readonly kind: 'shadowed'; readonly by: readonly Route[] };
}

/**
 * Routes that can never be reached, by their matchers alone. What is found is certain; what needs more than a comparison
 * of known values, such as one pattern that accepts all that another does, is not found.
 */
export function findShadowedRoutes(root: Route): readonly ShadowedRoute[] {
  return root.routes.flatMap((child, position) => visit(child, root.routes.slice(0, position), []));
}

function visit(route: Route, earlier: readonly Route[], above: readonly Matcher[]): readonly ShadowedRoute[] {
  const conditions = [...above, ...route.matchers];
  const because = whyUnreachable(
    conditions,
    earlier.filter(({ continues }) => !continues),
  );
  if (because !== null) return [{ route, because }];
  return route.routes.flatMap((child, position) =>
    visit(child, [...earlier, ...route.routes.slice(0, position)], conditions),
  );
}

function whyUnreachable(conditions: readonly Matcher[], earlier: readonly Route[]): ShadowedRoute['because'] | null {
  const known = knownValues(conditions);
  const empty = [...known].find(([, values]) => values.length === 0);
  if (empty !== undefined) return { kind: 'contradiction', label: empty[0] };
  const shadows = new Set<Route>();
  for (const values of combinations(known)) {
    const shadow = earlier.find(({ matchers }) => matchers.every((matcher) => isImplied(matcher, conditions, values)));
    if (shadow === undefined) return null;
    shadows.add(shadow);
  }
  return { kind: 'shadowed', by: [...shadows] };
}

/** The values that each label can still have, of those labels for which that is known. */
function knownValues(conditions: readonly Matcher[]): ReadonlyMap<string, readonly string[]> {
  const known = new Map<string, readonly string[]>();
  for (const { label, values } of conditions) if (values !== null) known.set(label, known.get(label) ?? values);
  for (const { label, accepts } of conditions) {
    const values = known.get(label);
    if (values !== undefined) known.set(label, values.filter(accepts));
  }
  return known;
}

const combinationsAtMost = 256;

/** Each way in which the known labels can be set; where those are too many, one in which nothing is known. */
function combinations(known: ReadonlyMap<string, readonly string[]>): readonly ReadonlyMap<string, string>[] {
  let found: readonly ReadonlyMap<string, string>[] = [new Map()];
  for (const [label, values] of known) {
    if (found.length * values.length > combinationsAtMost) continue;
    found = found.flatMap((former) => values.map((value) => new Map([...former, [label, value]])));
  }
  return found;
}

/** Whether a matcher accepts every alert that fulfils the conditions and has these values. */
function isImplied(matcher: Matcher, conditions: readonly Matcher[], values: ReadonlyMap<string, string>): boolean {
  const value = values.get(matcher.label);
  if (value !== undefined) return matcher.accepts(value);
  const same = conditions.filter(({ label }) => label === matcher.label);
  return same.some((condition) => implies(condition, matcher));
}

function implies(condition: Matcher, matcher: Matcher): boolean {
  if (condition.operator === matcher.operator && condition.value === matcher.value) return true;
  return condition.values?.every(matcher.accepts) ?? false;
}
