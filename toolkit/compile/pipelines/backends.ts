import type { FieldTest, PipelineBackend, PipelineStep } from '../../model/index.ts';
import { slashed } from './step-reads.ts';
import { wholeValue } from './whole-value.ts';

const ofLogs = ['mtail', 'vector', 'otelcol'] as const;
const shippers = ['vector', 'otelcol'] as const;
const all = ['prometheus', ...ofLogs] as const;

/** What a step asks of a program, in words behind "cannot", and the programs that can. */
export function abilityFor(step: PipelineStep): { readonly what: string; readonly able: readonly PipelineBackend[] } {
  switch (step.step) {
    case 'join':
      return step.take === 'all'
        ? { what: 'join lines; it can take the first of them (take: "first-line")', able: shippers }
        : { what: 'join lines', able: ofLogs };
    case 'parse':
      if (step.otherwise === 'keep') return { what: 'keep what does not fit', able: shippers };
      if (step.as === 'regex' || step.as === 'syslog') return { what: 'take texts apart', able: ofLogs };
      return { what: `read ${step.as}`, able: shippers };
    case 'drop':
    case 'keep':
      return { what: 'decide by this condition', able: isRelabelTest(step.where, step.step) ? all : ofLogs };
    case 'map': {
      const isWhole = Object.keys(step.values).every((key) => wholeValue(slashed(key) ?? 'x') !== null);
      return { what: 'match with an anchor inside', able: isWhole ? all : ofLogs };
    }
    case 'rename':
    case 'remove':
      return { what: `do this (${step.step})`, able: all };
    case 'set':
      return { what: 'set this', able: all };
    case 'time':
      return { what: 'read times', able: ofLogs };
    case 'convert':
      return { what: 'reckon', able: ofLogs };
    case 'count':
    case 'measure':
    case 'gauge':
      return { what: 'make metrics of records', able: ofLogs };
    case 'redact':
      return {
        what: 'write over parts of texts; it ships no records, so leave such fields out of the labels',
        able: shippers,
      };
    case 'sample':
      // The sampler of the collector spares nothing.
      return { what: 'sample', able: step.unless === undefined ? shippers : ['vector'] };
    case 'ship':
      return { what: 'ship records', able: shippers };
    default:
      return step satisfies never;
  }
}

/** Relabelling matches texts of labels joined to one: equal, one of, like; all of several; for `drop` any of several. */
function isRelabelTest(test: FieldTest, step: 'drop' | 'keep'): boolean {
  if ('not' in test) return isLeaf(test.not);
  if ('all' in test) return test.all.every(isLeaf);
  if ('any' in test) return step === 'drop' && test.any.every((one) => isRelabelTest(one, 'drop') && !('not' in one));
  return isLeaf(test);
}

function isLeaf(test: FieldTest): boolean {
  return 'is' in test || 'in' in test || ('matches' in test && wholeValue(test.matches) !== null);
}
