import { counted, defineDiagnostics, printSpan, type SourceSpan } from '../diagnostics/index.ts';

interface UnknownReference {
  /** All that name it: `The team plant-1-ops`. */
  readonly subjects: readonly string[];
  readonly field: string;
  readonly value: string;
  readonly known: readonly string[];
  readonly nearest: string | null;
}

interface UnknownName {
  readonly subject: string;
  readonly field: string;
  readonly name: string;
  readonly known: readonly string[];
  readonly nearest: string | null;
}

interface UselessStatement {
  readonly stack: string;
  readonly statement: string;
  readonly selection: string;
  /** `operates no such item` */
  readonly lacks: string;
  readonly nearest: string | null;
}

interface AskedTwice {
  readonly stack: string;
  readonly class: string;
  readonly endpoint: string;
  readonly ids: readonly string[];
  /** Where the first of them is. */
  readonly first: SourceSpan;
}

interface MetricNotAsked {
  readonly class: string;
  readonly signal: string;
  readonly metric: string;
  readonly modules: readonly string[];
  readonly nearest: string | null;
}

/** What the compilers tell about declarations that are well formed each but do not fit together. */
export const compileDiagnostics = defineDiagnostics('compile', {
  'stack-declared-twice': {
    severity: 'error',
    summary: 'Stack declared twice',
    detail: ({ stack, first }: { stack: string; first: string }) => `${stack} is declared here and in ${first}.`,
    hint: 'Give one of them another name.',
  },
  'unknown-reference': {
    severity: 'error',
    summary: 'Unknown reference',
    detail: ({ subjects, field, value, known }: UnknownReference) =>
      `${inWords(subjects)} ${subjects.length === 1 ? 'names' : 'name'} the ${field} ${JSON.stringify(value)}, which is not declared. Known: ${known.join(', ') || 'none'}.`,
    hint: ({ field, nearest }) =>
      `${nearest === null ? '' : `Did you mean ${nearest}? `}Correct the name, or declare the ${field} in ${field === 'stack' ? 'stacks/' : 'cmdb/organisation/'}.`,
  },
  'unknown-name': {
    severity: 'error',
    summary: 'Name that its class does not have',
    detail: ({ subject, field, name, known }: UnknownName) =>
      `${subject} names the ${field} ${JSON.stringify(name)}; there is ${known.join(', ') || 'none'}.`,
    hint: ({ field, nearest }) =>
      nearest === null ? `Correct the name, or declare the ${field}.` : `Did you mean ${nearest}?`,
  },
  'tier-of-site': {
    severity: 'error',
    summary: 'Stack and site of different tiers',
    detail: ({ stack, tier, site, siteTier }: { stack: string; tier: string; site: string; siteTier: string }) =>
      `The stack ${stack} is of tier ${tier}, and its site ${site} of tier ${siteTier}; its alerts would be told and escalated as those of another level.`,
    hint: 'Correct the tier of the stack, or that of the site in cmdb/organisation/. Two control points at one place are two sites.',
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
    detail: ({ stack, statement, selection, lacks }: UselessStatement) =>
      `${statement} of the stack ${stack} selects ${selection}, but the stack ${lacks}.`,
    hint: ({ nearest }) =>
      `${nearest === null ? '' : `Did you mean ${nearest}? `}Correct the selection, or remove the statement if what it was for is gone.`,
  },
  'alert-not-of-class': {
    severity: 'error',
    summary: 'Alert of another class',
    detail: ({ alert, item, itemClass }: { alert: string; item: string; itemClass: string }) =>
      `The alert ${alert} does not exist for ${item}, which is of class ${itemClass}.`,
    hint: 'Choose an alert of the item’s class, or other items.',
  },
  'alert-not-measured': {
    severity: 'error',
    summary: 'Alert on what is not measured',
    detail: ({ alert, signal, items }: { alert: string; signal: string; items: readonly string[] }) =>
      `${inWords(items)} ${items.length === 1 ? 'has' : 'have'} no source that gives the signal ${signal}, so the alert ${alert} does not exist there.`,
    hint: 'Remove the statement, or correct the attribute that decides how the items are measured, such as their vendor.',
  },
  'alert-not-in-use': {
    severity: 'error',
    summary: 'Alert that the organisation does not use',
    detail: ({ alert, stack }: { alert: string; stack: string }) =>
      `A statement of the stack ${stack} names the alert ${alert}, whose pack is not in the catalogue of the organisation.`,
    hint: 'Add its pack to `catalogue.alerts` in cmdb/organisation/index.ts, or remove the statement.',
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
    detail: ({ alert }: { alert: string }) => `A tuning of ${alert} sets neither threshold, nor for, nor severity.`,
    hint: 'Say what changes, or remove the tuning.',
  },
  'threshold-off-scale': {
    severity: 'warning',
    summary: 'Threshold that a share never passes',
    detail: ({ alert, threshold, usual }: { alert: string; threshold: number; usual: number }) =>
      `${alert} compares a share, which is 0 to 1, with ${threshold}; the catalogue has ${usual}. So it fires always, or never.`,
    hint: ({ threshold }) =>
      threshold > 1 && threshold <= 100
        ? `For ${threshold} % write ${Number((threshold / 100).toPrecision(12))}.`
        : 'Write a number from 0 to 1.',
  },
  'patch-target-gone': {
    severity: 'error',
    summary: 'Patch of an alert that is not in the catalogue',
    detail: ({ alert }: { alert: string; nearest: string | null }) =>
      `The organisation patches or disables ${alert}, which no pack of its catalogue has.`,
    hint: ({ nearest }) =>
      `${nearest === null ? '' : `Did you mean ${nearest}? `}Patch what has taken its place, or remove the patch.`,
  },
  'patch-changes-nothing': {
    severity: 'error',
    summary: 'Patch changes nothing',
    detail: ({ alert }: { alert: string }) => `The patch of ${alert} names nothing that the pack has not by itself.`,
    hint: 'Say what changes, or remove the patch: the pack may have taken it over.',
  },
  'patched-twice': {
    severity: 'error',
    summary: 'Alert patched twice',
    detail: ({ alert }: { alert: string }) =>
      `${alert} is patched or disabled more than once; which one holds cannot be told.`,
    hint: 'Make one patch of them.',
  },
  'threshold-for-nothing': {
    severity: 'error',
    summary: 'Threshold for no item',
    detail: ({ alert, selection }: { alert: string; selection: string }) =>
      `A patch gives ${alert} a threshold for ${selection}, and there is no such item.`,
    hint: 'Correct the criteria, or remove the threshold if what it was for is gone.',
  },
  'attribute-no-number': {
    severity: 'error',
    summary: 'Threshold from what is no number',
    detail: ({ alert, attribute }: { alert: string; attribute: string }) =>
      `A threshold of ${alert} is the attribute ${attribute}, which is no number.`,
    hint: 'Name an attribute that the class declares with number() or integer().',
  },
  'class-declared-twice': {
    severity: 'error',
    summary: 'Name used twice in the catalogue',
    detail: ({ kind, name }: { kind: string; name: string }) =>
      `Two ${kind} of the catalogue in use are called ${name}.`,
    hint: 'Rename one of them; names are the identity of what is derived.',
  },
  'module-conflict': {
    severity: 'error',
    summary: 'Probe module with two meanings',
    detail: ({ module, item }: { module: string; item: string }) =>
      `The probe module ${module} of ${item} differs from another of the same name.`,
    hint: 'Let the class give different settings different module names.',
  },
  'metric-not-asked': {
    severity: 'warning',
    summary: 'Signal of a metric that nobody asks for',
    detail: ({ class: objectClass, signal, metric, modules }: MetricNotAsked) =>
      `The signal ${signal} of ${objectClass} reads ${metric}, which ${modules.join(' and ')} ${modules.length === 1 ? 'does' : 'do'} not list: it would never have a value, and its alerts would never fire.`,
    hint: ({ nearest }: MetricNotAsked) =>
      nearest === null ? 'Add the metric to the module, or correct its name.' : `Did you mean ${nearest}?`,
  },
  'lookup-without-index': {
    severity: 'error',
    summary: 'Lookup by a label that is not there',
    detail: ({ module, metric, label, by }: { module: string; metric: string; label: string; by: string }) =>
      `In the module ${module}, ${metric} looks up ${label} by ${by}, which is no label of its index: snmp_exporter would refuse the file.`,
    hint: 'Name labels of `index` in `by`, or add the label to the index.',
  },
  'timeout-beyond-interval': {
    severity: 'error',
    summary: 'Timeout longer than the interval',
    detail: ({ of, interval, timeout }: { of: string; interval: string; timeout: string }) =>
      `The source ${of} is read every ${interval} and may take ${timeout}; a scrape would run into the next one, and Prometheus refuses that.`,
    hint: 'Shorten the timeout, or read the source less often.',
  },
  'collector-missing': {
    severity: 'error',
    summary: 'Items that nothing would ask',
    detail: ({ stack, target, items }: { stack: string; target: string; items: readonly string[] }) =>
      `${inWords(items)} of the stack ${stack} ${items.length === 1 ? 'is' : 'are'} measured through the ${target} exporter of the control point, and the stack has none: no alert would ever tell of them.`,
    hint: ({ target, stack }) =>
      `Write \`targets: [...standardTargets, '${target}']\` in stacks/${stack}.ts and bind ${target} in stacks/bindings/.`,
  },
  'asked-twice': {
    severity: 'warning',
    summary: 'Items that are measured as one',
    detail: ({ class: objectClass, endpoint, ids, first }: AskedTwice) =>
      `${inWords(ids)} of the class ${objectClass} are asked the same at ${endpoint} (the first is declared in ${printSpan(first)}): whatever is wrong there is told of each.`,
    hint: 'Correct the address or the port of one; where they are one thing, keep one item. One that is not there yet is `planned` or `in-stock`.',
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
      `The stack ${stack} operates ${counted(count, 'item')} but has no target ${target}, so nothing of that kind is derived.`,
    hint: 'Add the target to the stack, or waive what it would hold.',
  },
});

const shownSubjects = 5;

/** `The team a, the stack b and 3 more` */
function inWords(subjects: readonly string[]): string {
  const shown = subjects.slice(0, shownSubjects).map((subject, index) => (index === 0 ? subject : lowerFirst(subject)));
  const parts = subjects.length > shown.length ? [...shown, `${subjects.length - shown.length} more`] : shown;
  return parts.length === 1 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** "The team a" begins a sentence no more; an id is spelt as it is. */
function lowerFirst(text: string): string {
  return text.startsWith('The ') ? `t${text.slice(1)}` : text;
}
