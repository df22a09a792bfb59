import { expect, it } from 'vitest';
import { sampleItem } from '../testing/sample-group.ts';
import { baseline, type ThresholdCase, thresholdOfCase, withBaseline } from './threshold.ts';

const item = sampleItem(
  'pdu-1',
  'pdu',
  { ratedAmperes: 32, model: 'A', spare: false, rooms: ['east', 'west'] },
  { tenant: 'mes', criticality: 'high' },
);
const reason = 'As agreed.';
const history = baseline({ value: 7, quantile: 0.99, window: '30d', until: '2026-11-20', headroom: 0.125 });

it.each<{ readonly name: string; readonly given: Omit<ThresholdCase, 'reason'>; readonly number: number | null }>([
  { name: 'every criterion holds', given: { where: { tenant: 'mes', criticality: 'high' }, threshold: 1 }, number: 1 },
  { name: 'one of a list holds', given: { where: { criticality: ['low', 'high'] }, threshold: 1 }, number: 1 },
  { name: 'one criterion does not hold', given: { where: { tenant: 'mes', site: 'hq' }, threshold: 1 }, number: null },
  {
    name: 'an attribute is as wanted',
    given: { where: { attributes: { model: ['A', 'B'] } }, threshold: 1 },
    number: 1,
  },
  { name: 'an attribute is false', given: { where: { attributes: { spare: false } }, threshold: 1 }, number: 1 },
  { name: 'a list has what is wanted', given: { where: { attributes: { rooms: 'west' } }, threshold: 1 }, number: 1 },
  { name: 'an attribute is not there', given: { where: { attributes: { phase: 1 } }, threshold: 1 }, number: null },
  { name: 'history gave it', given: { where: { id: 'pdu-1' }, threshold: history }, number: 7 },
  { name: 'the item says it', given: { threshold: { attribute: 'ratedAmperes' } }, number: 32 },
  {
    name: 'the item says the whole of it',
    given: { threshold: { attribute: 'ratedAmperes', times: 0.75 } },
    number: 24,
  },
  { name: 'the item does not say it', given: { threshold: { attribute: 'ratedVolts' } }, number: null },
  {
    name: 'the item says it, and is not meant',
    given: { where: { site: 'hq' }, threshold: { attribute: 'ratedAmperes' } },
    number: null,
  },
])('$name: $number', ({ given, number }) => {
  expect(thresholdOfCase({ ...given, reason }, item)).toBe(number);
});

it.each([
  { threshold: 7, text: 'As agreed.' },
  { threshold: undefined, text: 'As agreed.' },
  { threshold: { attribute: 'ratedAmperes' }, text: 'As agreed.' },
  {
    threshold: history,
    text: 'As agreed. From history: the 0.99 quantile of 30d until 2026-11-20, plus 12.5 %.',
  },
])('the reason of a threshold says what history it is from: $text', ({ threshold, text }) => {
  expect(withBaseline(reason, threshold)).toBe(text);
});
