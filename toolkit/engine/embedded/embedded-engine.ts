import type { Engine } from '../engine.ts';
import type { EmbeddedSettings } from './apply-plan.ts';

/** The engine that needs no other program: plan in, journal and state beside it. Loaded when something is applied. */
export function createEmbeddedEngine(settings: EmbeddedSettings): Engine {
  return {
    name: 'embedded',
    apply: async (plan, options) => (await import('./apply-plan.ts')).applyPlan(plan, options, settings),
  };
}
