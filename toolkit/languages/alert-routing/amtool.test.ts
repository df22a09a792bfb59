import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realPrograms } from '../../../test/support/programs.ts';
import { readRoutes, routesTaken } from './routes.ts';

const programs = realPrograms(['amtool']);
const names = ['team', 'severity', 'tenant'];
const values = ['ops', 'dev', 'critical', 'a"b', 'a\\b', '一厂'];
const receivers = ['a', 'b', 'c', 'd'];

interface RandomRoute {
  readonly receiver: string;
  readonly matchers: readonly string[];
  readonly continue: boolean;
  readonly routes: readonly RandomRoute[];
}

const matcher = fc
  .record({
    name: fc.constantFrom(...names),
    operator: fc.constantFrom('=', '!='),
    value: fc.constantFrom(...values, ''),
  })
  .map(({ name, operator, value }) => `${name}${operator}${JSON.stringify(value)}`);
const pattern = fc
  .record({
    name: fc.constantFrom(...names),
    operator: fc.constantFrom('=~', '!~'),
    value: fc.constantFrom('ops|dev', 'crit.*', '', '.+', '(?i)OPS', '[a-o]{3}'),
  })
  .map(({ name, operator, value }) => `${name}${operator}"${value}"`);

function routesOf(depth: number): fc.Arbitrary<readonly RandomRoute[]> {
  const route = fc.record({
    receiver: fc.constantFrom(...receivers),
    matchers: fc.array(fc.oneof(matcher, pattern), { minLength: 1, maxLength: 2 }),
    continue: fc.boolean(),
    routes: depth === 0 ? fc.constant([]) : routesOf(depth - 1),
  });
  return fc.array(route, { maxLength: 4 });
}

const labels = fc.dictionary(fc.constantFrom(...names), fc.constantFrom('ops', 'dev', 'critical', '一厂'), {
  maxKeys: 3,
});

describe.skipIf(!programs.available)(programs.title('amtool'), () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'opsctl-routes-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function told(root: object, alert: Readonly<Record<string, string>>): readonly string[] {
    const file = join(folder, 'alertmanager.yml');
    writeFileSync(file, JSON.stringify({ route: root, receivers: receivers.map((name) => ({ name })) }));
    const pairs = Object.entries(alert).map(([name, value]) => `${name}=${value}`);
    const output = execFileSync(
      programs.path('amtool'),
      ['config', 'routes', 'test', `--config.file=${file}`, ...pairs],
      { encoding: 'utf8', stdio: 'pipe' },
    );
    return output.trim().split(',');
  }

  it('routes as we do', () => {
    const property = fc.property(routesOf(2), labels, (routes, alert) => {
      const root = { receiver: 'a', routes };
      const { root: read, problems } = readRoutes(root);
      expect(problems).toEqual([]);
      expect(routesTaken(read, alert).map(({ receiver }) => receiver)).toEqual(told(root, alert));
    });
    fc.assert(property, { numRuns: 60 });
  });
});
