import { counted, defineDiagnostics } from '../../diagnostics/index.ts';

/** What the objects of a cluster cannot say, told where it is declared. */
export const homeDiagnostics = defineDiagnostics('home', {
  inexpressible: {
    severity: 'error',
    summary: 'No object of a cluster can say this',
    detail: ({ stack, what, field, kind }: { stack: string; what: string; field: string; kind: string }) =>
      `${what} of ${stack} has ${field}, and ${article(kind)} ${kind} has no field for it.`,
    hint: ({ remedy }: { remedy: string }) => remedy,
  },
  'secret-inside-text': {
    severity: 'error',
    summary: 'Secret inside a file of a cluster',
    detail: ({ stack, target, secrets }: { stack: string; target: string; secrets: readonly string[] }) =>
      `The configuration of ${target} of ${stack} holds ${secrets.join(', ')}; in a cluster it would be a ConfigMap, which everybody may read.`,
    hint: ({ target }: { target: string }) =>
      `Leave the ${target} exporter on a target of its own: home: kubernetes({ ..., outside: ['${target}'] }).`,
  },
  'rules-too-large': {
    severity: 'error',
    summary: 'Rule group that the Prometheus Operator does not load',
    detail: ({ name, bytes, maxBytes }: { name: string; bytes: number; maxBytes: number }) =>
      `${name} has ${counted(bytes, 'byte')}; the operator keeps a rule file in half a ConfigMap, which holds ${maxBytes}.`,
    hint: 'Split the class or the group: each becomes an object of its own.',
  },
  'alerts-of-others-lost': {
    severity: 'error',
    summary: 'Alerts of other control points would reach nobody',
    detail: ({ stack, strategy, namespace, children }: LostAlerts) =>
      `With the matcher strategy ${strategy} the AlertmanagerConfig of ${stack} takes only alerts with namespace="${namespace}". Those of ${children.join(', ')} arrive without this label, so ${stack} would hear of none of them.`,
    hint: "Let the Alertmanager object have alertmanagerConfigMatcherStrategy: { type: None } and say so: routing: { as: 'alertmanager-config', matcherStrategy: 'None' }. Or give the stack an Alertmanager of its own: routing: { as: 'secret' }.",
  },
  'zone-with-summer-time': {
    severity: 'error',
    summary: 'Working hours that an AlertmanagerConfig cannot say',
    detail: ({ stack, interval, zone }: { stack: string; interval: string; zone: string }) =>
      `The hours ${interval} of ${stack} are in ${zone}. An AlertmanagerConfig knows no time zones, and the distance of this one to UTC changes in the year.`,
    hint: "Give the stack an Alertmanager of its own, whose configuration has zones: routing: { as: 'secret' }.",
  },
  'reached-twice': {
    severity: 'error',
    summary: 'Item at two places of a cluster',
    detail: ({ item, first }: { item: string; first: string }) =>
      `${item} is said to be reached here, and at another place in ${first}.`,
    hint: 'Leave one .reach(...) for it. Services with a common label are one place.',
  },
  'name-taken': {
    severity: 'error',
    summary: 'Two objects of a cluster with one name',
    detail: ({ name, first, second }: { name: string; first: string; second: string }) =>
      `${first} and ${second} would both be the object ${name}.`,
    hint: 'Give one of them another name, or one of the stacks another namespace.',
  },
});

interface LostAlerts {
  readonly stack: string;
  readonly strategy: string;
  readonly namespace: string;
  readonly children: readonly string[];
}

function article(kind: string): string {
  return /^[AEIOU]/.test(kind) ? 'an' : 'a';
}
