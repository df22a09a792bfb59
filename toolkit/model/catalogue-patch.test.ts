import { hostAlerts } from 'opsctl/alerts';
import { describe, expect, it } from 'vitest';
import { type CataloguePatch, disable, patch, patchPacks } from './catalogue-patch.ts';
import { DeclarationRefused } from './hold-to-shape.ts';
import { baseline } from './threshold.ts';

const terms = { reason: 'The arrays are being rebuilt.', approver: 'lead', until: '2027-03-31' };
const reason = 'Agreed with the plants.';

describe('a call that is not what it should be', () => {
  it.each<{ readonly name: string; readonly call: () => unknown; readonly told: string }>([
    {
      name: 'an alert that there is not',
      call: () => patch(untyped(undefined), { for: '5m', reason }),
      told: 'alert in patch(alert, {...}) is missing. Name an alert or a policy that there is, such as hostAlerts.cpuBusy; a misspelt name gives nothing.',
    },
    {
      name: 'a field that nothing reads',
      call: () => patch(hostAlerts.cpuBusy, untyped({ treshold: 0.8, reason })),
      told: 'change.treshold in patch(alert, {...}) is a field that nothing reads. Did you mean threshold?',
    },
    {
      name: 'no reason',
      call: () => patch(hostAlerts.cpuBusy, untyped({ for: '5m' })),
      told: 'change.reason in patch(alert, {...}) is missing. Give it a text.',
    },
    {
      name: 'a threshold that is a text',
      call: () => patch(hostAlerts.cpuBusy, untyped({ threshold: '0.8', reason })),
      told: 'change.threshold in patch(alert, {...}) is "0.8". Write a finite number.',
    },
    {
      name: 'a threshold that looks like one from history and is none',
      call: () => patch(hostAlerts.cpuBusy, untyped({ threshold: { value: 0.8 }, reason })),
      told: 'change.threshold in patch(alert, {...}) is an object. Write a number, or baseline({...}) where history gave it.',
    },
    {
      name: 'a label of the contract',
      call: () => patch(hostAlerts.cpuBusy, { labels: { team: 'hq-ops' }, reason }),
      told: 'change.labels in patch(alert, {...}) is an object. Write labels of other names than item, class, tier, site, tenant, team, criticality, severity, alertname, alert, variant, escalated, job, instance, of letters, digits and _.',
    },
    {
      name: 'a case without a reason',
      call: () => patch(hostAlerts.cpuBusy, untyped({ thresholds: [{ where: { site: 'hq' }, threshold: 1 }], reason })),
      told: 'change.thresholds[0].reason in patch(alert, {...}) is missing. Give it a text.',
    },
    {
      name: 'a case by class, which an alert has only one of',
      call: () =>
        patch(
          hostAlerts.cpuBusy,
          untyped({ thresholds: [{ where: { class: 'host' }, threshold: 1, reason }], reason }),
        ),
      told: 'change.thresholds[0].where.class in patch(alert, {...}) is a field that nothing reads. Write one of id, site, owner, tenant, criticality, attributes, or remove it.',
    },
    {
      name: 'a day that is none',
      call: () => disable(hostAlerts.cpuBusy, { ...terms, until: '2027-02-30' }),
      told: 'terms.until in disable(alert, { reason, approver, until }) is "2027-02-30". Write a day such as 2027-03-31.',
    },
    {
      name: 'a quantile in hundredths',
      call: () => baseline({ value: 1, quantile: 99, window: '30d', until: '2026-11-20' }),
      told: 'quantile in baseline({...}) is the number 99. Write a share from 0 to 1, such as 0.99.',
    },
    {
      name: 'a window that is no duration',
      call: () => baseline({ value: 1, quantile: 0.99, window: 'a month', until: '2026-11-20' }),
      told: 'window in baseline({...}) is "a month". Write a duration as Prometheus writes it, such as 30s, 5m, 1h30m.',
    },
  ])('$name', ({ call, told }) => {
    expect(refusalOf(call)).toBe(told);
  });
});

it('an alert that stands in for one that is off does so no more', () => {
  const packs = patchPacks([hostAlerts], [disable(hostAlerts.filesystemLow, terms)]);
  const { filesystemLow, filesystemFull } = packs[0]?.alerts ?? {};
  expect(hostAlerts.filesystemFull.supersedes).toBe('filesystemLow');
  expect({ filesystemLow, supersedes: filesystemFull?.supersedes }).toEqual({
    filesystemLow: undefined,
    supersedes: undefined,
  });
});

it('packs that no patch is about are the same objects', () => {
  const others: readonly CataloguePatch[] = [disable({ ...hostAlerts.down, id: 'crane.down' }, terms)];
  expect(patchPacks([hostAlerts], others)[0]).toBe(hostAlerts);
});

it('attributes of a patch are those of the class, to the compiler too', () => {
  const virtual = { where: { attributes: { kind: 'virtual' } }, threshold: 1, reason } as const;
  expect(patch(hostAlerts.cpuBusy, { thresholds: [virtual], reason }).change.thresholds).toEqual([virtual]);
  // @ts-expect-error: a host is physical or virtual.
  patch(hostAlerts.cpuBusy, { thresholds: [{ ...virtual, where: { attributes: { kind: 'both' } } }], reason });
  // @ts-expect-error: a host has no attribute of that name.
  patch(hostAlerts.cpuBusy, { thresholds: [{ ...virtual, where: { attributes: { knid: 'virtual' } } }], reason });
  // @ts-expect-error: an address is no number.
  patch(hostAlerts.cpuBusy, { thresholds: [{ threshold: { attribute: 'address' }, reason }], reason });
});

function refusalOf(call: () => unknown): string | null {
  try {
    call();
  } catch (thrown) {
    if (!(thrown instanceof DeclarationRefused)) throw thrown;
    return thrown.diagnostics.map(({ detail, hint }) => `${detail} ${hint}`).join('\n');
  }
  return null;
}

/** As JavaScript would write it. */
function untyped(value: unknown): never {
  return value as never;
}
