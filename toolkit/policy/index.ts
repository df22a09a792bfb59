export { fieldLabel } from '../plan/field-label.ts';
export { alertRulesIn, type CompiledRule, labelledBy } from './alert-rules.ts';
export { type ItemAlerts, itemAlerts } from './item-alerts.ts';
export { type JudgedAhead, judgeAhead, type PolicyContent } from './judge-ahead.ts';
export { judgePolicies } from './judge-policies.ts';
export { partAt } from './part-at.ts';
export { definePolicy, type Policy, type PolicyInput, type PolicyLevel, type Violation } from './policy.ts';
