import { hostAlerts, standardAlerts } from 'opsctl/alerts';
import { host } from 'opsctl/cmdb';
import { hostDashboard } from 'opsctl/dashboards';
import { describe, expect, it } from 'vitest';
import {
  DeclarationRefused,
  defineAlertPack,
  defineClass,
  defineClassDashboard,
  defineItems,
  defineOrganisation,
  defineStack,
  items,
  text,
} from './index.ts';

const title = { en: 'Plant', zh: '工厂' };
const plant = defineStack({ name: 'plant', tier: 'L1', site: 'plant', team: 'ops' });
const hosts = items.where({ class: 'host' });
const terms = { reason: 'Because.', approver: 'lead', until: '2027-03-31' };
const organisation = {
  id: 'group',
  title,
  tiers: [{ id: 'L1', title }],
  sites: [{ id: 'plant', title, tier: 'L1', timeZone: 'Asia/Shanghai' }],
  teams: [{ id: 'ops', title, tier: 'L1', site: 'plant', channels: [] }],
  runbookBase: 'https://runbooks.example',
  catalogue: { classes: [host], alerts: standardAlerts, dashboards: [hostDashboard] },
} as const;
const { source: _, ...pumpClass } = { ...host, id: 'pump' };
const exporterSource = { kind: 'exporter', exporter: 'pump_exporter', interval: '30s', endpoint: () => 'pump:9100' };
const signalMeaning = { title: { en: 'Up', zh: '正常' }, unit: 'boolean', direction: 'state' };
const down = {
  name: 'PumpDown',
  signal: 'up',
  when: { equals: 0 },
  for: '2m',
  severity: 'critical',
  summary: title,
  runbook: 'pump/down',
  rationale: 'It stands.',
  clauses: [],
} as const;

/** Types are stripped before content runs: what an editor would have underlined arrives as it was written. */
function untyped(value: unknown): never {
  return value as never;
}

function refusalsOf(declare: () => unknown): DeclarationRefused['diagnostics'] {
  try {
    declare();
  } catch (thrown) {
    if (thrown instanceof DeclarationRefused) return thrown.diagnostics;
    throw thrown;
  }
  return [];
}

describe('a call that cannot be meant is refused where it stands', () => {
  it.each<{ readonly name: string; readonly declare: () => unknown; readonly told: readonly string[] }>([
    {
      name: 'a stack of nothing',
      declare: () => defineStack(untyped(undefined)),
      told: ['declaration/missing-field defineStack({...}) is given nothing. Give it an object with named fields.'],
    },
    {
      name: 'a stack without name and site',
      declare: () => defineStack(untyped({ tier: 'L1', team: 'ops' })),
      told: [
        'declaration/missing-field name in defineStack({...}) is missing. Give it a name of lower-case letters, digits and dashes, such as plant-1.',
        'declaration/missing-field site in defineStack({...}) is missing. Give it a text.',
      ],
    },
    ...['Plant 1', '一厂', '-a'].map((name) => ({
      name: `a stack that is called ${JSON.stringify(name)}`,
      declare: () => defineStack(untyped({ name, tier: 'L1', site: 'hq', team: 'ops' })),
      told: [
        `declaration/wrong-value name in defineStack({...}) of ${name} is ${JSON.stringify(name)}. Write a name of lower-case letters, digits and dashes, such as plant-1.`,
      ],
    })),
    ...['Europe/Nowhere', 'asia/shanghai', '+08:00', ''].map((timeZone) => ({
      name: `a time zone that is written ${JSON.stringify(timeZone)}`,
      declare: () =>
        defineOrganisation(untyped({ ...organisation, sites: [{ id: 'plant', title, tier: 'L1', timeZone }] })),
      told: [
        `declaration/wrong-value sites[0].timeZone in defineOrganisation({...}) of plant is ${JSON.stringify(timeZone)}. Write a time zone such as Asia/Shanghai.`,
      ],
    })),
    {
      name: 'a tier that there is not',
      declare: () => defineStack(untyped({ name: 'plant', tier: 'L4', site: 'plant', team: 'ops' })),
      told: [
        'declaration/wrong-value tier in defineStack({...}) of plant is "L4". Did you mean L1? Write one of L1, L2, L3.',
      ],
    },
    {
      name: 'an alert that the pack has not',
      declare: () => plant.tune(hosts, untyped(Reflect.get(hostAlerts, 'memoryShrt')), { reason: 'Because.' }),
      told: [
        'declaration/missing-field alert in .tune(...) is missing. Name an alert or a policy that there is, such as hostAlerts.cpuBusy; a misspelt name gives nothing.',
      ],
    },
    {
      name: 'a waiver of nothing',
      declare: () => plant.waive(hosts, untyped(undefined), terms),
      told: [
        'declaration/missing-field waived in .waive(...) is missing. Name an alert or a policy that there is, such as hostAlerts.cpuBusy; a misspelt name gives nothing.',
      ],
    },
    {
      name: 'a whole pack instead of an alert',
      declare: () => plant.tune(hosts, untyped(hostAlerts), { threshold: 1, reason: 'Because.' }),
      told: [
        'declaration/wrong-value alert in .tune(...) is an object. Name an alert or a policy that there is, such as hostAlerts.cpuBusy; a misspelt name gives nothing.',
      ],
    },
    {
      name: 'a tuning without terms',
      declare: () => plant.tune(hosts, hostAlerts.cpuBusy, untyped(undefined)),
      told: [
        'declaration/missing-field change in .tune(...) is missing. Give it what changes, and why: { threshold, for, severity, reason }.',
      ],
    },
    {
      name: 'a threshold that would be dropped, and one with which nothing fires',
      declare: () =>
        plant.tune(hosts, hostAlerts.cpuBusy, untyped({ treshold: 1, threshold: Number.NaN, reason: 'Because.' })),
      told: [
        'declaration/unknown-field change.treshold in .tune(...) is a field that nothing reads. Did you mean threshold?',
        'declaration/wrong-value change.threshold in .tune(...) is the number NaN. Write a finite number.',
      ],
    },
    {
      name: 'a duration that is none',
      declare: () => plant.tune(hosts, hostAlerts.cpuBusy, { for: '5 minutes', reason: 'Because.' }),
      told: [
        'declaration/wrong-value change.for in .tune(...) is "5 minutes". Write a duration as Prometheus writes it, such as 30s, 5m, 1h30m.',
      ],
    },
    {
      name: 'a reason that says nothing',
      declare: () => plant.tune(hosts, hostAlerts.cpuBusy, { threshold: 1, reason: ' ' }),
      told: ['declaration/wrong-value change.reason in .tune(...) is " ". Write a text.'],
    },
    {
      name: 'a last day that the calendar has not, which would never come',
      declare: () => plant.muteDrift('cmdb-record/*', { ...terms, until: 'soon' }),
      told: ['declaration/wrong-value terms.until in .muteDrift(...) is "soon". Write a day such as 2027-03-31.'],
    },
    {
      name: 'an operation of nothing',
      declare: () => plant.operate(untyped(undefined)),
      told: [
        'declaration/missing-field selection in .operate(...) is missing. Give it a selection of items: items.where({...}) or item("...").',
      ],
    },
    {
      name: 'a protection without a reason',
      declare: () => plant.protect('cmdb-record/*', untyped(undefined)),
      told: ['declaration/missing-field reason in .protect(...) is missing. Give it a text.'],
    },
    {
      name: 'a selection that would take in everything',
      declare: () => items.where(untyped({ criticalty: 'low' })),
      told: [
        'declaration/unknown-field criticalty in items.where({...}) is a field that nothing reads. Did you mean criticality?',
      ],
    },
    {
      name: 'a criterion that came out as nothing, and would take in everything',
      declare: () => items.where(untyped({ site: undefined })),
      told: ['declaration/missing-field site in items.where({...}) is missing. Give it a text, or a list of such.'],
    },
    {
      name: 'an organisation without its lists',
      declare: () => defineOrganisation(untyped({ ...organisation, sites: null, teams: undefined })),
      told: [
        'declaration/wrong-value sites in defineOrganisation({...}) of group is null. Write a list.',
        'declaration/missing-field teams in defineOrganisation({...}) of group is missing. Give it a list.',
      ],
    },
    {
      name: 'two teams with the same mistake, once',
      declare: () =>
        defineOrganisation(
          untyped({ ...organisation, teams: [0, 1].map(() => ({ ...organisation.teams[0], hour: 1 })) }),
        ),
      told: [
        'declaration/unknown-field teams[0].hour in defineOrganisation({...}) of ops is a field that nothing reads. The same holds for 1 more entry. Did you mean hours?',
      ],
    },
    {
      name: 'a webhook that no program can call, which may hold a token',
      declare: () => {
        const channels = [{ kind: 'webhook', url: 'duty.example/hook?key=1' }];
        return defineOrganisation(untyped({ ...organisation, teams: [{ ...organisation.teams[0], channels }] }));
      },
      told: [
        'declaration/wrong-value teams[0].channels[0].url in defineOrganisation({...}) of ops is something else, which is not repeated here. Write a URL that begins with http:// or https://, or a reference to a secret.',
      ],
    },
    {
      name: 'a mail relay without a port',
      declare: () => {
        const channels = [{ kind: 'email', to: 'a@b.example', from: 'b@b.example', smarthost: 'mail.example' }];
        return defineOrganisation(untyped({ ...organisation, teams: [{ ...organisation.teams[0], channels }] }));
      },
      told: [
        'declaration/wrong-value teams[0].channels[0].smarthost in defineOrganisation({...}) of ops is "mail.example". Write a mail relay with its port, such as mail.example.com:25.',
      ],
    },
    {
      name: 'a channel that would hear of everything',
      declare: () => {
        const channels = [{ kind: 'webhook', url: 'http://duty.example', severity: ['critical'] }];
        return defineOrganisation(untyped({ ...organisation, teams: [{ ...organisation.teams[0], channels }] }));
      },
      told: [
        'declaration/unknown-field teams[0].channels[0].severity in defineOrganisation({...}) of ops is a field that nothing reads. Write one of kind, url, severities, or remove it.',
      ],
    },
    {
      name: 'a catalogue of the wrong things',
      declare: () => {
        const catalogue = { classes: [hostAlerts], alerts: [host], dashboards: [undefined] };
        return defineOrganisation(untyped({ ...organisation, catalogue }));
      },
      told: [
        'declaration/wrong-value catalogue.classes[0] in defineOrganisation({...}) of group is an object. Write a class made by defineClass({...}).',
        'declaration/wrong-value catalogue.alerts[0] in defineOrganisation({...}) of group is an object. Write an alert pack made by defineAlertPack(...).',
        'declaration/missing-field catalogue.dashboards[0] in defineOrganisation({...}) of group is missing. Give it a dashboard made by defineClassDashboard(...).',
      ],
    },
    {
      name: 'a class whose attribute is none',
      declare: () => defineClass(untyped({ ...pumpClass, attributes: { address: 'text' } })),
      told: [
        'declaration/wrong-value attributes.address in defineClass({...}) of pump is "text". Write an attribute such as text("..."), port("...") or optional(flag("...")).',
      ],
    },
    {
      name: 'a path with a query, which Prometheus would escape',
      declare: () =>
        defineClass(untyped({ ...pumpClass, sources: { own: { ...exporterSource, path: '/metrics?format=text' } } })),
      told: [
        'declaration/wrong-value sources.own.path in defineClass({...}) of pump is "/metrics?format=text". Write a path such as /metrics, with its query in params.',
      ],
    },
    {
      name: 'a source that nobody knows',
      declare: () => defineClass(untyped({ ...pumpClass, sources: { own: { ...exporterSource, kind: 'snpm' } } })),
      told: [
        'declaration/wrong-value sources.own.kind in defineClass({...}) of pump is "snpm". Did you mean snmp? Write one of exporter, probe, snmp, modbus, ipmi, json.',
      ],
    },
    {
      name: 'a signal that is read in two ways at once',
      declare: () =>
        defineClass(untyped({ ...pumpClass, signals: { up: { ...signalMeaning, from: 'own', readings: {} } } })),
      told: [
        'declaration/unknown-field signals.up.from in defineClass({...}) of pump is a field that nothing reads. Write one of title, unit, direction, partLabels, readings, or remove it.',
      ],
    },
    {
      name: 'a reading without its metrics',
      declare: () => {
        const readings = { own: { expression: () => 'up' } };
        return defineClass(untyped({ ...pumpClass, signals: { up: { ...signalMeaning, readings } } }));
      },
      told: [
        'declaration/missing-field signals.up.readings.own.metrics in defineClass({...}) of pump is missing. Give it a list.',
      ],
    },
    {
      name: 'a metric of a type that there is not',
      declare: () => {
        const metrics = ['up', { name: 'rpm', type: 'guage' }];
        const up = { ...signalMeaning, from: 'own', expression: () => 'up', metrics };
        return defineClass(untyped({ ...pumpClass, signals: { up } }));
      },
      told: [
        'declaration/wrong-value signals.up.metrics[1].type in defineClass({...}) of rpm is "guage". Did you mean gauge? Write one of gauge, counter, histogram, summary.',
      ],
    },
    {
      name: 'an alert that would never fire',
      declare: () => defineAlertPack(host, untyped({ down: { ...down, when: { belw: 1 } } })),
      told: [
        'declaration/unknown-field alerts.down.when.belw in defineAlertPack(class, {...}) of PumpDown is a field that nothing reads. Did you mean below?',
      ],
    },
    {
      name: 'an alert with two conditions',
      declare: () => defineAlertPack(host, untyped({ down: { ...down, when: { above: 1, below: 0 } } })),
      told: [
        'declaration/wrong-value alerts.down.when in defineAlertPack(class, {...}) of PumpDown is an object. Write a condition with exactly one of above, below and equals.',
      ],
    },
    {
      name: 'an alert without a waiting time, of a severity that no route knows',
      declare: () => defineAlertPack(host, untyped({ down: { ...down, for: undefined, severity: 'warnin' } })),
      told: [
        'declaration/missing-field alerts.down.for in defineAlertPack(class, {...}) of PumpDown is missing. Give it a duration as Prometheus writes it, such as 30s, 5m, 1h30m.',
        'declaration/wrong-value alerts.down.severity in defineAlertPack(class, {...}) of PumpDown is "warnin". Did you mean warning? Write one of critical, warning, info.',
      ],
    },
    {
      name: 'a pack of no class',
      declare: () => defineAlertPack(untyped(undefined), {}),
      told: [
        'declaration/missing-field class in defineAlertPack(class, {...}) is missing. Give it a class made by defineClass({...}).',
      ],
    },
    {
      name: 'a dashboard without rows',
      declare: () => defineClassDashboard(host, untyped({ title })),
      told: [
        'declaration/missing-field declaration.rows in defineClassDashboard(class, {...}) is missing. Give it a list.',
      ],
    },
    {
      name: 'an item with a field that would be dropped',
      declare: () => {
        const attributes = { address: 'a.b' };
        return defineItems(host, untyped([{ id: 'a', site: 'plant', owner: 'ops', attributes, criticalty: 'high' }]));
      },
      told: [
        'declaration/unknown-field items[0].criticalty in defineItems(class, [...]) of a is a field that nothing reads. Did you mean criticality?',
      ],
    },
  ])('$name', ({ declare, told }) => {
    const refusals = refusalsOf(declare);
    expect(refusals.map(({ code, detail, hint }) => `${code} ${detail} ${hint}`)).toEqual(told);
    expect(refusals.map(({ position }) => position?.file.split('/').at(-1))).toEqual(told.map(() => thisFile));
  });
});

const thisFile = 'declarations.test.ts';

describe('what a class gives an exporter that asks devices is held to the same', () => {
  const metric = { oid: '1.3.6.1.2.1.1.3', type: 'gauge', help: 'x' };
  const community = { name: 'plant', version: 2, community: { $secret: 'env:C' } };
  const register = { name: 'x', help: 'x', from: 'holding-register', address: 400_001, dataType: 'int16' };
  const snmp = { kind: 'snmp', module: () => ({ name: 'm', metrics: {} }), access: () => community };
  const callsOf = (source: object) => {
    const { own } = defineClass(untyped({ ...pumpClass, sources: { own: { ...exporterSource, ...source } } })).sources;
    return own as unknown as Readonly<Record<string, () => unknown>>;
  };

  it.each<{ readonly name: string; readonly call: () => unknown; readonly told: string }>([
    {
      name: 'an object identifier',
      call: () =>
        callsOf({ ...snmp, module: () => ({ name: 'm', metrics: { x: { ...metric, oid: 'up' } } }) }).module?.(),
      told: 'result.metrics.x.oid in sources.own.module(...) of pump of m is "up". Write an object identifier such as 1.3.6.1.2.1.1.3, without the index and without .0.',
    },
    {
      name: 'a community in the clear',
      call: () => callsOf({ ...snmp, access: () => ({ ...community, community: 'public' }) }).access?.(),
      told: 'result.community in sources.own.access(...) of pump of plant is something else, which is not repeated here. Write { $secret: "env:NAME" } or { $secret: "file:PATH" }. If a real secret stood here, change it: whoever reads the repository knows it.',
    },
    {
      name: 'a register in the counting of manuals',
      call: () => {
        const module = () => ({ name: 'm', metrics: [register] });
        return callsOf({ kind: 'modbus', unit: () => 1, module }).module?.();
      },
      told: 'result.metrics[0].address in sources.own.module(...) of pump of x is the number 400001. Write a whole number from 0 to 65535.',
    },
    {
      name: 'whether an item has the source',
      call: () => callsOf({ when: () => 'yes' }).when?.(),
      told: 'result in sources.own.when(...) of pump is "yes". Write true or false.',
    },
  ])('$name', ({ call, told }) => {
    expect(refusalsOf(call).map(({ detail, hint }) => `${detail} ${hint}`)).toEqual([told]);
  });
});

it('the position is that of the call', () => {
  const first = refusalsOf(() => plant.protect(untyped(7), 'Because.'))[0]?.position;
  const second = refusalsOf(() => plant.protect(untyped(7), 'Because.'))[0]?.position;
  expect((second?.line ?? 0) - (first?.line ?? 0)).toBe(1);
});

describe('what a function of a class gives is held to the same', () => {
  const attributes = { address: text('Where.') };
  const classWith = (endpoint: unknown, module: unknown, expression: unknown) =>
    defineClass(
      untyped({
        id: 'pump',
        title,
        attributes,
        sources: { probe: { kind: 'probe', interval: '30s', endpoint, module } },
        signals: { up: { title, unit: 'boolean', direction: 'state', from: 'probe', expression, metrics: [] } },
      }),
    );
  const pump = classWith(
    () => undefined,
    () => ({ name: 'pump' }),
    () => 7,
  );
  const { probe } = pump.sources;

  it.each<{ readonly name: string; readonly call: () => unknown; readonly told: string }>([
    {
      name: 'an endpoint',
      call: () => probe?.endpoint({}),
      told: 'result in sources.probe.endpoint(...) of pump is missing. Give it a text.',
    },
    {
      name: 'a module',
      call: () => (probe?.kind === 'probe' ? probe.module({}) : null),
      told: 'result.settings in sources.probe.module(...) of pump of pump is missing. Give it an object.',
    },
    {
      name: 'an expression',
      call: () => pump.signals.up?.expression?.(Object.assign(() => 'up', { where: {} })),
      told: 'result in signals.up.expression(...) of pump is the number 7. Write a text.',
    },
  ])('$name', ({ call, told }) => {
    const refusals = refusalsOf(call);
    expect(refusals.map(({ detail, hint, position }) => [`${detail} ${hint}`, position])).toEqual([
      [told, pump.source],
    ]);
  });
});
