export type {
  FieldSettings,
  JsonFields,
  ReadDashboard,
  ReadPanel,
  ReadTarget,
  ReadVariable,
} from './dashboard.ts';
export { formatValue } from './format-value.ts';
export { type ChosenValues, interpolate, interpolateTitle, type Scope } from './interpolate.ts';
export { asFields, listOf, textOf } from './json-fields.ts';
export { readDashboard } from './read-dashboard.ts';
export { patternOf } from './read-field.ts';
