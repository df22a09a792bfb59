import { standardAlerts } from 'opsctl/alerts';
import { describe, expect, it } from 'vitest';
import {
  type Alert,
  baseline,
  type CataloguePatch,
  defineOrganisation,
  disable,
  isJsonObject,
  type JsonObject,
  patch,
} from '../../model/index.ts';
import {
  hostAlerts,
  httpEndpointAlerts,
  items,
  sampleGroup,
  sampleItem,
  sampleItems,
  sampleStacks,
} from '../../testing/sample-group.ts';
import { compileGroup } from '../compile-group.ts';
import type { GroupDeclarations } from '../group-declarations.ts';

const terms = { reason: 'The arrays are being rebuilt.', approver: 'lead', until: '2027-03-31' };
const virtual = sampleItem('vm-1', 'host', { address: 'vm-1.plant.example', kind: 'virtual' }, { criticality: 'low' });

/** The sample group with patches of its catalogue. */
function patched(patches: readonly CataloguePatch[], changes: Partial<GroupDeclarations> = {}): GroupDeclarations {
  const group = sampleGroup({ items: [...sampleItems, virtual], ...changes });
  const { kind: _, source: __, ...head } = group.organisation;
  const catalogue = { ...head.catalogue, alerts: standardAlerts, patches };
  return { ...group, organisation: defineOrganisation({ ...head, catalogue }) };
}

describe('a patch of the organisation', () => {
  it('changes what it names for every item, at every stack, and leaves the rest as the pack has it', () => {
    const group = patched([
      patch(hostAlerts.cpuBusy, {
        threshold: 0.8,
        for: '20m',
        severity: 'critical',
        labels: { service_code: 'ITSM-42' },
        reason: 'Agreed with the plants.',
      }),
    ]);
    for (const stack of ['hq', 'plant']) {
      expect(rulesAbout(group, hostAlerts.cpuBusy, stack)).toEqual([
        {
          alert: 'HostCpuBusy',
          expr: expect.stringMatching(/ > 0\.8$/),
          for: '20m',
          labels: { severity: 'critical', service_code: 'ITSM-42' },
          annotations: expect.objectContaining({ summary_en: expect.stringContaining('{{ $labels.item }}') }),
        },
      ]);
    }
  });

  it('is one of the reasons of the alert', () => {
    const group = patched([patch(hostAlerts.cpuBusy, { threshold: 0.8, reason: 'Agreed with the plants.' })]);
    const part = resourceOf(group, 'plant/prometheus-rules/host').parts.find(({ name }) => name === 'HostCpuBusy');
    expect(part?.derivation.at(-1)).toEqual({
      kind: 'patch',
      subject: 'host.cpuBusy',
      text: 'Agreed with the plants.',
      source: expect.objectContaining({ file: expect.stringContaining('patches.test.ts') }),
    });
  });

  it('says of a threshold from history what was looked at', () => {
    const threshold = baseline({ value: 0.8, quantile: 0.95, window: '90d', until: '2026-11-20' });
    const group = patched([patch(hostAlerts.cpuBusy, { threshold, reason: 'They run cool.' })]);
    const part = resourceOf(group, 'plant/prometheus-rules/host').parts.find(({ name }) => name === 'HostCpuBusy');
    expect(part?.derivation.at(-1)?.text).toBe(
      'They run cool. From history: the 0.95 quantile of 90d until 2026-11-20.',
    );
  });

  it('is what a tuning of a stack starts from', () => {
    const stacks = sampleStacks((plant) =>
      plant.tune(items.where({ id: 'host-1' }), hostAlerts.cpuBusy, { for: '1h', reason: 'Busy by design.' }),
    );
    const group = patched([patch(hostAlerts.cpuBusy, { threshold: 0.8, reason: 'Agreed with the plants.' })], {
      stacks,
    });
    expect(thresholds(group, hostAlerts.cpuBusy)).toEqual({ 'host-1': 'vector(0.8) tuned-1' });
  });

  it('that disables leaves a series in the place of the alert, and nothing that names it', () => {
    const group = patched([disable(hostAlerts.filesystemFull, terms)]);
    const { spec, parts } = resourceOf(group, 'plant/prometheus-rules/host');
    expect(rulesIn(spec).filter((rule) => JSON.stringify(rule).includes('HostFilesystemFull'))).toEqual([
      { record: 'override:disabled', expr: 'vector(1)', labels: { alert: 'HostFilesystemFull', severity: 'critical' } },
    ]);
    expect(parts.find(({ name }) => name === 'disabled:HostFilesystemFull')?.derivation[0]).toMatchObject({
      kind: 'patch',
      text: 'The arrays are being rebuilt. Allowed by lead until 2027-03-31.',
    });
    expect(JSON.stringify(resourceOf(group, 'plant/alertmanager-config/main').spec)).not.toContain(
      'HostFilesystemFull',
    );
  });

  it('that disables leaves tunings valid, for the day when it is over', () => {
    const stacks = sampleStacks((plant) =>
      plant.tune(items.where({ id: 'host-1' }), hostAlerts.cpuBusy, { threshold: 0.5, reason: 'Because.' }),
    );
    expect(compileGroup(patched([disable(hostAlerts.cpuBusy, terms)], { stacks })).diagnostics).toEqual([]);
  });
});

describe('thresholds by what an item is', () => {
  it('are series that the common rule takes in, the first case that fits deciding', () => {
    const group = patched([
      patch(hostAlerts.cpuBusy, {
        thresholds: [
          { where: { attributes: { kind: 'virtual' } }, threshold: 0.95, reason: 'Shared processors.' },
          { where: { criticality: ['high', 'low'] }, threshold: 0.7, reason: 'Nothing may wait there.' },
        ],
        reason: 'By what they are.',
      }),
    ]);
    expect(thresholds(group, hostAlerts.cpuBusy)).toEqual({
      'host-1': 'vector(0.7) declared',
      'host-2': 'vector(0.7) declared',
      'vm-1': 'vector(0.95) declared',
    });
    const rules = rulesAbout(group, hostAlerts.cpuBusy);
    expect(rules).toHaveLength(1);
    expect(String(rules[0]?.expr)).toContain('override:threshold{alert="HostCpuBusy",variant="declared"}');
  });

  it('give way to the tuning of an item, which keeps the threshold of its case where it names none', () => {
    const stacks = sampleStacks((plant) =>
      plant
        .tune(items.where({ id: 'host-1' }), hostAlerts.cpuBusy, { threshold: 0.5, reason: 'Because.' })
        .tune(items.where({ id: 'host-2' }), hostAlerts.cpuBusy, { for: '1h', reason: 'Because.' }),
    );
    const cases = [{ where: { criticality: 'high' }, threshold: 0.7, reason: 'Nothing may wait there.' }] as const;
    const group = patched([patch(hostAlerts.cpuBusy, { thresholds: cases, reason: 'By what they are.' })], { stacks });
    const found = thresholds(group, hostAlerts.cpuBusy);
    expect(Object.fromEntries(Object.entries(found).map(([item, text]) => [item, text.split(' ')[0]]))).toEqual({
      'host-1': 'vector(0.5)',
      'host-2': 'vector(0.7)',
    });
  });

  it('can be a number of the item itself', () => {
    const db = sampleItem('db-2', 'tcp-service', { address: 'db-2', port: 4000 });
    const group = patched([], { items: [...sampleItems, db] });
    const tcp = group.organisation.catalogue.alerts.find((pack) => pack.class.id === 'tcp-service');
    const slow = Object.values(tcp?.alerts ?? {}).find(({ signal }) => signal === 'duration') as Alert;
    const cases = [{ threshold: { attribute: 'port', times: 0.001 }, reason: 'As agreed with each.' }];
    const withCases = patched([patch(slow, { thresholds: cases, reason: 'As agreed.' })], { items: group.items });
    expect(thresholds(withCases, slow)).toEqual({ 'db-1': 'vector(5.432) declared', 'db-2': 'vector(4) declared' });
  });

  it('that history gave say from which', () => {
    const value = baseline({ value: 0.83, quantile: 0.99, window: '30d', until: '2026-11-20', headroom: 0.1 });
    const stacks = sampleStacks((plant) =>
      plant.tune(items.where({ id: 'host-1' }), hostAlerts.cpuBusy, { threshold: value, reason: 'It runs warm.' }),
    );
    const group = patched([], { stacks });
    expect(thresholds(group, hostAlerts.cpuBusy)).toEqual({ 'host-1': 'vector(0.83) tuned-1' });
    const { parts } = resourceOf(group, 'plant/prometheus-rules/host');
    expect(parts.find(({ name }) => name === 'override:HostCpuBusy:host-1')?.derivation[0]?.text).toBe(
      'It runs warm. From history: the 0.99 quantile of 30d until 2026-11-20, plus 10 %.',
    );
  });
});

describe('a patch that does not fit', () => {
  const cases = (thresholds: Parameters<typeof patch>[1]['thresholds']) =>
    patch(hostAlerts.cpuBusy as Alert, { thresholds: thresholds ?? [], reason: 'Because.' });

  it.each<{ readonly name: string; readonly patches: readonly CataloguePatch[]; readonly codes: readonly string[] }>([
    {
      name: 'an alert that the catalogue does not have any more',
      patches: [
        patch({ ...hostAlerts.cpuBusy, id: 'host.cpuBusyy', source: elsewhere() }, { for: '1h', reason: 'Why.' }),
      ],
      codes: ['compile/patch-target-gone'],
    },
    {
      name: 'an alert of a pack that is not in use',
      patches: [disable({ ...hostAlerts.cpuBusy, id: 'crane.busy', class: 'crane' }, terms)],
      codes: ['compile/patch-target-gone'],
    },
    {
      name: 'what the pack has by itself',
      patches: [
        patch(hostAlerts.cpuBusy, { for: hostAlerts.cpuBusy.for, threshold: 0.9, severity: 'warning', reason: 'Why.' }),
      ],
      codes: ['compile/patch-changes-nothing'],
    },
    {
      name: 'one alert twice',
      patches: [patch(hostAlerts.cpuBusy, { for: '1h', reason: 'Why.' }), disable(hostAlerts.cpuBusy, terms)],
      codes: ['compile/patched-twice'],
    },
    {
      name: 'an approver whom nobody knows',
      patches: [disable(hostAlerts.cpuBusy, { ...terms, approver: 'nobody' })],
      codes: ['compile/unknown-reference'],
    },
    {
      name: 'a threshold for no item',
      patches: [cases([{ where: { tenant: 'erp' }, threshold: 0.5, reason: 'Why.' }])],
      codes: ['compile/threshold-for-nothing'],
    },
    {
      name: 'an attribute that the class does not have',
      patches: [cases([{ where: { attributes: { knid: 'virtual' } }, threshold: 0.5, reason: 'Why.' }])],
      codes: ['compile/unknown-name'],
    },
    {
      name: 'a value that the attribute cannot have',
      patches: [cases([{ where: { attributes: { kind: ['virtual', 'virtuall'] } }, threshold: 0.5, reason: 'Why.' }])],
      codes: ['compile/unknown-name'],
    },
    {
      name: 'a number from an attribute that is a text',
      patches: [cases([{ threshold: { attribute: 'address' }, reason: 'Why.' }])],
      codes: ['compile/attribute-no-number', 'compile/threshold-for-nothing'],
    },
  ])('$name is refused where it stands', ({ patches, codes }) => {
    const { diagnostics, resources } = compileGroup(patched(patches));
    expect(diagnostics.map(({ code }) => code).sort()).toEqual(codes);
    expect(resources).toEqual([]);
    for (const { position } of diagnostics) expect(position?.file).toContain('patches.test.ts');
  });
});

it('a summary of a patch is held to the placeholders of the class', () => {
  const summary = { en: '{item} is slow at {mountpoint}', zh: '{item}' };
  const { diagnostics } = compileGroup(patched([patch(httpEndpointAlerts.slow, { summary, reason: 'Why.' })]));
  expect(diagnostics.map(({ code, found }) => [code, found])).toEqual([['compile/unknown-name', 'mountpoint']]);
});

function elsewhere() {
  return { file: 'alerts/elsewhere.ts', line: 1, column: 1 };
}

function resourceOf(group: GroupDeclarations, address: string) {
  const { resources, diagnostics } = compileGroup(group);
  const found = resources.find((candidate) => candidate.address === address);
  if (found === undefined) throw new Error(`${address} is not derived: ${diagnostics.map(({ detail }) => detail)}`);
  return found;
}

function rulesIn(spec: JsonObject): readonly JsonObject[] {
  return (spec.group as { readonly rules: readonly JsonObject[] }).rules;
}

function rulesAbout(group: GroupDeclarations, alert: Alert, stack = 'plant'): readonly JsonObject[] {
  return rulesIn(resourceOf(group, `${stack}/prometheus-rules/${alert.class}`).spec).filter(
    (rule) => rule.alert === alert.name,
  );
}

/** Of every item that has one of its own, with its variant. */
function thresholds(group: GroupDeclarations, alert: Alert): Readonly<Record<string, string>> {
  const rules = rulesIn(resourceOf(group, `plant/prometheus-rules/${alert.class}`).spec);
  return Object.fromEntries(
    rules.flatMap(({ record, expr, labels }) =>
      record === 'override:threshold' && isJsonObject(labels) && labels.alert === alert.name
        ? [[labels.item, `${expr} ${labels.variant}`]]
        : [],
    ),
  );
}
