import type { FieldTest, PipelineStep } from '../../model/index.ts';
import { leavesOf } from './field-tests.ts';

/** A field that a step looks at. `isReckoned`: it has to be a number. */
export interface FieldRead {
  readonly field: string;
  readonly isReckoned: boolean;
}

export function readsOf(step: PipelineStep): readonly FieldRead[] {
  switch (step.step) {
    case 'join':
      return [];
    case 'parse':
      return [plain(step.field ?? 'message')];
    case 'drop':
    case 'keep':
      return inTest(step.where);
    case 'set':
      return typeof step.to === 'object' ? [plain(step.to.field)] : [];
    case 'convert':
      return [reckoned(step.field)];
    case 'redact':
    case 'remove':
      return step.fields.map(plain);
    case 'sample':
      return inTest(step.unless);
    case 'count': {
      const sum = step.sum === undefined ? [] : [reckoned(step.sum)];
      return [...sum, ...(step.labels ?? []).map(plain), ...inTest(step.where)];
    }
    case 'measure':
    case 'gauge':
      return [reckoned(step.field), ...(step.labels ?? []).map(plain), ...inTest(step.where)];
    case 'ship':
      return inTest(step.where);
    case 'time':
    case 'rename':
    case 'map':
      return [plain(step.field)];
    default:
      return step satisfies never;
  }
}

/** Patterns that a step matches with, all of which have to be read alike by every program. */
export function patternsOf(step: PipelineStep): readonly string[] {
  if (step.step === 'join') return [step.startsWith];
  if (step.step === 'parse') return step.as === 'regex' ? [step.pattern] : [];
  if (step.step === 'map') return Object.keys(step.values).flatMap((key) => slashed(key) ?? []);
  const test = step.step === 'sample' ? step.unless : conditionOf(step);
  if (test === undefined) return [];
  return leavesOf(test).flatMap((leaf) => ('matches' in leaf ? leaf.matches : []));
}

function conditionOf(step: PipelineStep): FieldTest | undefined {
  return 'where' in step ? step.where : undefined;
}

/** The pattern of a key in slashes, `/^5/`; null for a plain text. */
export function slashed(key: string): string | null {
  return key.length > 2 && key.startsWith('/') && key.endsWith('/') ? key.slice(1, -1) : null;
}

function inTest(test: FieldTest | undefined): readonly FieldRead[] {
  if (test === undefined) return [];
  return leavesOf(test).map((leaf) => ('above' in leaf || 'below' in leaf ? reckoned(leaf.field) : plain(leaf.field)));
}

function plain(field: string): FieldRead {
  return { field, isReckoned: false };
}

function reckoned(field: string): FieldRead {
  return { field, isReckoned: true };
}
