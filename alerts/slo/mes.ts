import { defineSlo } from 'opsctl';
import { httpEndpoint } from 'opsctl/cmdb';
import { item } from '../../cmdb/items.generated.ts';

/** Shift change needs the MES: 22 minutes without it in a month are what production has agreed to. */
const held = {
  objective: 0.9995,
  window: { rolling: '30d' },
  indicator: { kind: 'timeSlice', of: httpEndpoint, signal: 'up', good: { equals: 1 }, slice: '1m' },
  promised: { objective: 0.995, to: 'mes' },
  clauses: ['S1:7.4.4.1.c'],
} as const;

export const nanjingMesAnswers = defineSlo({
  ...held,
  id: 'nanjing-mes-answers',
  title: { en: 'The MES in Nanjing answers', zh: '南京厂 MES 可用' },
  service: item('pe1-mes-web'),
});

export const ningboMesAnswers = defineSlo({
  ...held,
  id: 'ningbo-mes-answers',
  title: { en: 'The MES in Ningbo answers', zh: '宁波厂 MES 可用' },
  service: item('pe2-mes-web'),
});

export const luzhouMesAnswers = defineSlo({
  ...held,
  id: 'luzhou-mes-answers',
  title: { en: 'The MES in Luzhou answers', zh: '泸州厂 MES 可用' },
  service: item('pw1-mes-web'),
});
