import type { SnmpObjects, SnmpValue } from '../support/snmp-agent.ts';

// What storage, power and neighbours answer by SNMP, enough of each to be told apart.

const gauge = (value: number): SnmpValue => ({ type: 'gauge', value });
const text = (value: string): SnmpValue => ({ type: 'text', value });

const oceanstor = '1.3.6.1.4.1.34774.4.1';

/** An index that is a text: its length, then its letters. */
const indexOf = (id: string) =>
  [id.length, ...id].map((part) => (typeof part === 'string' ? part.charCodeAt(0) : part));
const at = (oid: string, id: string) => `${oid}.${indexOf(id).join('.')}`;

/** Two controllers, of which one failed; one disk about to fail; a pool with a fifth free; a volume. */
export const oceanStorArray: SnmpObjects = {
  [at(`${oceanstor}.23.5.2.1.2`, '0A')]: gauge(1),
  [at(`${oceanstor}.23.5.2.1.2`, '0B')]: gauge(2),
  [at(`${oceanstor}.23.5.2.1.8`, '0A')]: gauge(37),
  [at(`${oceanstor}.23.5.2.1.9`, '0A')]: gauge(71),
  [at(`${oceanstor}.23.5.1.1.2`, '00')]: gauge(3),
  [at(`${oceanstor}.23.5.1.1.4`, '00')]: text('CTE0.7'),
  [at(`${oceanstor}.23.5.1.1.11`, '00')]: gauge(31),
  [at(`${oceanstor}.23.5.4.1.3`, '0')]: gauge(1),
  [at(`${oceanstor}.23.5.5.1.3`, '0')]: gauge(12),
  [at(`${oceanstor}.23.4.2.1.2`, '0')]: text('pool-ssd'),
  [at(`${oceanstor}.23.4.2.1.5`, '0')]: gauge(1),
  [at(`${oceanstor}.23.4.2.1.7`, '0')]: gauge(1_000_000),
  [at(`${oceanstor}.23.4.2.1.9`, '0')]: gauge(200_000),
  [`${oceanstor}.19.9.4.1.2.17`]: text('mes-data'),
  [`${oceanstor}.19.9.4.1.11.17`]: gauge(1),
  [`${oceanstor}.21.4.1.3.17`]: gauge(2400),
  [`${oceanstor}.21.4.1.13.17`]: gauge(850),
};

const apc = '1.3.6.1.4.1.318.1.1.26';

/** Three phases, the second of them near its limit. */
export const apcPdu: SnmpObjects = {
  [`${apc}.4.3.1.5.1`]: gauge(412),
  [`${apc}.4.3.1.12.1`]: gauge(1),
  ...Object.fromEntries([2, 3, 2].map((state, index) => [`${apc}.6.3.1.4.${index + 1}`, gauge(state)])),
  ...Object.fromEntries([61, 124, 58].map((amps, index) => [`${apc}.6.3.1.5.${index + 1}`, gauge(amps)])),
  ...Object.fromEntries([231, 229, 230].map((volts, index) => [`${apc}.6.3.1.6.${index + 1}`, gauge(volts)])),
  [`${apc}.8.3.1.4.1`]: gauge(2),
};

const raritan = '1.3.6.1.4.1.13742.6.5';

/** One line whose current is above its warning, and a breaker that tripped. */
export const raritanRackPdu: SnmpObjects = {
  [`${raritan}.2.3.1.4.1.1.5`]: gauge(4120),
  [`${raritan}.2.4.1.3.1.1.1.1`]: gauge(5),
  [`${raritan}.3.3.1.3.1.1.15`]: gauge(1),
  [`${raritan}.3.3.1.3.1.2.15`]: gauge(0),
};

/** Two ports with a neighbour each. */
export const neighboursOfSwitch: SnmpObjects = {
  '1.0.8802.1.1.2.1.3.7.1.3.1': text('XGE1/0/1'),
  '1.0.8802.1.1.2.1.3.7.1.3.2': text('XGE1/0/2'),
  '1.0.8802.1.1.2.1.4.1.1.4.100.1.1': gauge(4),
  '1.0.8802.1.1.2.1.4.1.1.4.200.2.1': gauge(4),
  '1.0.8802.1.1.2.1.4.1.1.9.100.1.1': text('core-1'),
  '1.0.8802.1.1.2.1.4.1.1.9.200.2.1': text('core-2'),
};
