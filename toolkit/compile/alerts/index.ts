import type { Resource } from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { compileEscalation } from './escalation.ts';
import { compileRouting } from './routing.ts';
import { compileClassRules } from './rules.ts';

export { findOffScale } from './off-scale.ts';
export { checkStatements } from './overrides.ts';
export { thresholdOf } from './threshold-of.ts';

/** Rules of every class that the control point operates, escalation, and who hears of them. */
export function compileAlerts(operated: OperatedStack): readonly Resource[] {
  const { targets } = operated.stack;
  const rules = targets.includes('prometheus')
    ? [
        ...operated.catalogue.classes.map((objectClass) => compileClassRules(operated, objectClass)),
        compileEscalation(operated),
      ]
    : [];
  const routing = targets.includes('alertmanager') ? compileRouting(operated) : [];
  return [...rules.filter((resource) => resource !== null), ...routing];
}
