import { disable, items, patch } from 'opsctl';
import { hostAlerts } from 'opsctl/alerts';
import { anOrganisation, aPolicyInput, aStack, findingsOf } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { tuningReason } from './tuning-reason.ts';

const selection = items.where({ id: 'pump-1' });

it.each([
  { reason: 'Runs hot by design', passes: true },
  { reason: 'The vendor allows 95 °C in the boiler house.', passes: true },
  { reason: '锅炉房环境温度高', passes: true },
  { reason: 'MES 批处理夜间', passes: true },
  { reason: 'Not needed', passes: false },
  { reason: 'ok', passes: false },
  { reason: '...', passes: false },
  { reason: '不需要', passes: false },
])('$reason passes: $passes', ({ reason, passes }) => {
  const stack = aStack('plant-east-1').tune(selection, hostAlerts.cpuBusy, { threshold: 0.95, reason });
  const finding = `error plant-east-1: plant-east-1 tunes host.cpuBusy for id pump-1 and gives ${JSON.stringify(reason)} as the reason.`;
  expect(findingsOf(tuningReason, aPolicyInput({ stacks: [stack] }))).toEqual(passes ? [] : [finding]);
});

it('the remedy says how much is a reason', () => {
  expect(tuningReason.remedy).toMatch(/^Say in at least 3 words, or 6 Chinese characters, /);
});

it('patches of the organisation are held to the same, and so is each of their thresholds', () => {
  const patches = [
    patch(hostAlerts.cpuBusy, {
      thresholds: [{ where: { criticality: 'low' }, threshold: 0.99, reason: 'No' }],
      reason: 'Agreed with the plants.',
    }),
    disable(hostAlerts.diskBusy, { reason: 'Noise', approver: 'ops-lead', until: '2027-06-30' }),
  ];
  const organisation = anOrganisation({ catalogue: { classes: [], alerts: [], dashboards: [], patches } });
  const { id } = organisation;
  expect(findingsOf(tuningReason, aPolicyInput({ organisation }))).toEqual([
    `error ${id}: ${id} patches host.cpuBusy and gives "No" as the reason.`,
    `error ${id}: ${id} disables host.diskBusy and gives "Noise" as the reason.`,
  ]);
});

it('a waiver is held to the same', () => {
  const stack = aStack('plant-east-1').waive(selection, hostAlerts.cpuBusy, {
    reason: 'Noise',
    approver: 'ops-lead',
    until: '2027-06-30',
  });
  expect(tuningReason.check(aPolicyInput({ stacks: [stack] }))).toEqual([
    {
      subject: 'plant-east-1',
      item: null,
      message: 'plant-east-1 waives host.cpuBusy for id pump-1 and gives "Noise" as the reason.',
      position: stack.waivers[0]?.source,
      found: 'Noise',
    },
  ]);
});
