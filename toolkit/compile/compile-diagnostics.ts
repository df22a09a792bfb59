import { defineDiagnostics } from '../diagnostics/index.ts';

/** What the compilers tell about declarations that are well formed each but do not fit together. */
export const compileDiagnostics = defineDiagnostics('compile', {
  'stack-name-invalid': {
    severity: 'error',
    summary: 'Invalid stack name',
    detail: ({ stack }: { stack: string }) => `${JSON.stringify(stack)} cannot be the first part of an address.`,
    hint: 'Use lower-case letters, digits and dashes, starting with a letter or digit.',
  },
  'stack-declared-twice': {
    severity: 'error',
    summary: 'Stack declared twice',
    detail: ({ stack }: { stack: string }) => `Two files declare the stack ${stack}.`,
    hint: 'Give one of them another name.',
  },
  'unknown-reference': {
    severity: 'error',
    summary: 'Unknown reference',
    detail: ({
      subject,
      field,
      value,
      known,
    }: {
      subject: string;
      field: string;
      value: string;
      known: readonly string[];
    }) =>
      `${subject} names the ${field} ${JSON.stringify(value)}, which is not declared. Known: ${known.join(', ') || 'none'}.`,
    hint: ({ field }) => `Correct the name, or declare the ${field} in cmdb/organisation/ or stacks/.`,
  },
  'tier-mismatch': {
    severity: 'error',
    summary: 'Tiers do not fit',
    detail: ({
      stack,
      tier,
      parent,
      parentTier,
    }: {
      stack: string;
      tier: string;
      parent: string;
      parentTier: string;
    }) =>
      `The stack ${stack} of tier ${tier} has the parent ${parent} of tier ${parentTier}; a parent stands above its child.`,
    hint: 'Name a stack of a higher tier as parent, or correct the tier.',
  },
  'parent-missing': {
    severity: 'error',
    summary: 'Stack without a parent',
    detail: ({ stack, tier }: { stack: string; tier: string }) =>
      `The stack ${stack} of tier ${tier} has no parent; only tier L1 has none.`,
    hint: 'Name the control point one tier up as parent.',
  },
  'headquarters-count': {
    severity: 'error',
    summary: 'A group has one headquarters',
    detail: ({ stacks }: { stacks: readonly string[] }) =>
      stacks.length === 0 ? 'No stack of tier L1 is declared.' : `${stacks.join(', ')} are all of tier L1.`,
    hint: 'Declare exactly one stack of tier L1.',
  },
  'operated-twice': {
    severity: 'error',
    summary: 'Item operated by two stacks',
    detail: ({ item, first, second }: { item: string; first: string; second: string }) =>
      `${item} is operated by ${first} and by ${second}; its alerts would fire twice.`,
    hint: 'Narrow one of the two selections.',
  },
  'matches-nothing': {
    severity: 'error',
    summary: 'Statement matches nothing',
    detail: ({ stack, statement, selection }: { stack: string; statement: string; selection: string }) =>
      `${statement} of the stack ${stack} selects ${selection}, but the stack operates no such item.`,
    hint: 'Correct the selection, or remove the statement if what it was for is gone.',
  },
  'alert-not-of-class': {
    severity: 'error',
    summary: 'Alert of another class',
    detail: ({ alert, item, itemClass }: { alert: string; item: string; itemClass: string }) =>
      `The alert ${alert} does not exist for ${item}, which is of class ${itemClass}.`,
    hint: 'Choose an alert of the item’s class, or other items.',
  },
  'tuned-twice': {
    severity: 'error',
    summary: 'Alert tuned twice for one item',
    detail: ({ alert, item }: { alert: string; item: string }) =>
      `${alert} is tuned or waived more than once for ${item}; which one holds cannot be told.`,
    hint: 'Keep one of the statements.',
  },
  'tuning-empty': {
    severity: 'error',
    summary: 'Tuning changes nothing',
    detail: ({ alert }: { alert: string }) =>
      `A tuning of ${alert} sets neither threshold, nor for, nor severity, or gives no reason.`,
    hint: 'Say what changes and why, or remove the tuning.',
  },
  'duration-invalid': {
    severity: 'error',
    summary: 'Not a duration',
    detail: ({ subject, value }: { subject: string; value: string }) =>
      `${subject} has the duration ${JSON.stringify(value)}.`,
    hint: 'Write it as Prometheus does: 30s, 5m, 1h30m, 7d.',
  },
  'class-declared-twice': {
    severity: 'error',
    summary: 'Name used twice in the catalogue',
    detail: ({ kind, name }: { kind: string; name: string }) =>
      `Two ${kind} of the catalogue in use are called ${name}.`,
    hint: 'Rename one of them; names are the identity of what is derived.',
  },
  'unknown-signal': {
    severity: 'error',
    summary: 'Unknown signal',
    detail: ({ subject, signal, known }: { subject: string; signal: string; known: readonly string[] }) =>
      `${subject} refers to the signal ${signal}; its class has ${known.join(', ')}.`,
    hint: 'Correct the name, or add the signal to the class.',
  },
  'module-conflict': {
    severity: 'error',
    summary: 'Probe module with two meanings',
    detail: ({ module, item }: { module: string; item: string }) =>
      `The probe module ${module} of ${item} differs from another of the same name.`,
    hint: 'Let the class give different settings different module names.',
  },
  'unknown-field': {
    severity: 'error',
    summary: 'Unknown field',
    detail: ({ subject, field, nearest }: { subject: string; field: string; nearest: string | null }) =>
      `${subject} has the field ${field}, which nothing reads.${nearest === null ? '' : ` Did you mean ${nearest}?`}`,
    hint: 'Correct its name or remove it.',
  },
  'threshold-invalid': {
    severity: 'error',
    summary: 'Threshold is no number',
    detail: ({ alert, value }: { alert: string; value: string }) =>
      `A tuning of ${alert} has the threshold ${value}, with which it would never fire.`,
    hint: 'Give a finite number.',
  },
  'condition-missing': {
    severity: 'error',
    summary: 'Alert without a condition',
    detail: ({ alert }: { alert: string }) => `The alert ${alert} does not say when it fires.`,
    hint: 'Give `when` exactly one of above, below and equals, with a number.',
  },
  'rename-invalid': {
    severity: 'error',
    summary: 'Rename that names no object',
    detail: ({ from, to }: { from: string; to: string }) =>
      `${JSON.stringify(from)} or ${JSON.stringify(to)} is no type and name.`,
    hint: 'Write both as type/name, without the stack: prometheus-rules/host.',
  },
  'target-missing': {
    severity: 'warning',
    summary: 'Target missing for derived objects',
    detail: ({ stack, target, count }: { stack: string; target: string; count: number }) =>
      `The stack ${stack} operates ${count} items but has no target ${target}, so nothing of that kind is derived.`,
    hint: 'Add the target to the stack, or waive what it would hold.',
  },
});
