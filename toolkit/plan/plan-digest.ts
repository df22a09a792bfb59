import { type Digest, digestOf, type JsonValue } from '../model/index.ts';
import type { Plan } from './plan.ts';

/** The digest of a plan, over all of it but the digest. An approval names this, so nothing may stay outside. */
export function digestOfPlan(plan: Omit<Plan, 'digest'> | Plan): Digest {
  const { digest: _, ...content } = plan as Plan;
  return digestOf(content as unknown as JsonValue);
}
