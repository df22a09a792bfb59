import type { SourceSpan } from '../diagnostics/index.ts';
import { callSite } from './call-site.ts';
import { deepFreeze } from './deep-freeze.ts';
import { holdToShape } from './hold-to-shape.ts';
import { routingShape } from './included-shapes.ts';
import type { JsonObject } from './json.ts';

/**
 * Routes, receivers and inhibition as Alertmanager reads them, for alerts that no derived route takes: those of rules
 * that are written by hand. Secrets are references, as everywhere: `{ $secret: 'env:NAME' }`.
 */
export interface Routing {
  readonly kind: 'routing';
  /** Lower-case words with dashes. */
  readonly id: string;
  /** The tree, with the fields that Alertmanager documents; its root takes what no derived route does. */
  readonly route: JsonObject;
  /** Their names may not be those of derived receivers. */
  readonly receivers: readonly JsonObject[];
  /** They hold back only alerts that name no item, by such alerts. */
  readonly inhibitRules?: readonly JsonObject[];
  readonly timeIntervals?: readonly JsonObject[];
  readonly templates?: readonly NotificationTemplate[];
  readonly source: SourceSpan;
}

/** A file of notification templates. */
export interface NotificationTemplate {
  /** Without `.tmpl`; unique in the stack. */
  readonly name: string;
  readonly text: string;
}

/**
 * Declares routing that is written by hand; a stack loads it with `.include(...)`, one at most.
 *
 * ```ts
 * export const officeRouting = defineRouting({
 *   id: 'office',
 *   route: { receiver: 'office', group_by: ['alertname'] },
 *   receivers: [{ name: 'office', webhook_configs: [{ url: { $secret: 'env:OFFICE_WEBHOOK' } }] }],
 * });
 * ```
 */
export function defineRouting(routing: Omit<Routing, 'kind' | 'source'>): Routing {
  const source = callSite(defineRouting);
  holdToShape(routingShape, routing, 'defineRouting({...})', source);
  return deepFreeze({ ...routing, kind: 'routing', source });
}
