import { expect, it } from 'vitest';
import type { Address, Provider } from '../model/index.ts';
import { plainResource } from '../testing/arbitraries.ts';
import { findNeededSettings } from './needed-settings.ts';

const needs = { setting: 'url', because: 'Only the server has them.', line: 'url: http://server.example:9093' };
const canonical: Provider['resourceTypes'][number]['canonical'] = (spec) => spec;
const providers = [
  {
    resourceTypes: [
      { type: 'file', canonical },
      { type: 'object', canonical, needs },
    ],
  },
] as unknown as readonly Provider[];
const position = { file: 'stacks/bindings/lab.yaml', line: 3, column: 5 };

it.each([
  { name: 'is one finding for all that need it', types: ['object', 'object'], settings: {}, found: 1 },
  { name: 'is missed by nobody where it is there', types: ['object'], settings: { url: 'http://x' }, found: 0 },
  { name: 'is missed by nobody where nothing needs it', types: ['file'], settings: {}, found: 0 },
])('a setting that a binding lacks $name', ({ types, settings, found }) => {
  const placed = types.map((type, index) =>
    plainResource(`east/${type}/n${index}` as Address, { type, target: 'server' }),
  );
  const targets = [{ stack: 'east', target: 'server', provider: 'test', settings }];
  const bindings = { environment: 'lab', targets, addresses: {}, speed: 1 };
  const told = findNeededSettings({ placed }, { bindings, boundAt: () => position }, { providers });
  expect(told).toHaveLength(found);
  expect(told).toEqual(
    told.map((one) => ({
      ...one,
      code: 'operate/setting-needed',
      severity: 'error',
      position,
      subject: 'east/server',
      expected: needs.line,
      detail:
        'The binding of server of east has no `url`, and east/object/n0, east/object/n1 cannot be made without. Only the server has them.',
      hint: `Add \`${needs.line}\`, with its own address, below \`server:\` of east; or take the declaration away.`,
    })),
  );
});
