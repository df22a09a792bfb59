import type { Engine } from '../engine.ts';
import { applyPlan, type EmbeddedSettings } from './apply-plan.ts';

/** The engine that needs no other program: plan in, journal and state beside it. */
export function createEmbeddedEngine(settings: EmbeddedSettings): Engine {
  return { name: 'embedded', apply: (plan, options) => applyPlan(plan, options, settings) };
}
