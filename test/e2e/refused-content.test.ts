import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventsOf, makeWorkplace, type Workplace } from '../support/opsctl.ts';

let place: Workplace;

beforeEach(() => {
  place = makeWorkplace();
  expect(place.opsctl('init').status).toBe(0);
});
afterEach(() => place.remove());

describe('content that is refused at a call', () => {
  it('is told at the field of that call, file by file, and not as a failure of the program', () => {
    place.edit('stacks/hq.ts', "  name: 'hq',\n", '');
    place.edit('stacks/plant-1.ts', 'hostAlerts.memoryShort', 'hostAlerts.memoryShrt');
    place.edit('cmdb/organisation/index.ts', 'sites: [', 'sites: null, places: [');
    expect(toldBy('validate --json')).toEqual([
      'cmdb/organisation/index.ts:16:3 declaration/wrong-value sites',
      'cmdb/organisation/index.ts:16:16 declaration/unknown-field places',
      'stacks/hq.ts:4:16 declaration/missing-field name',
      'stacks/plant-1.ts:8:4 declaration/missing-field alert',
    ]);
  });

  it('is told once when several files import what is refused', () => {
    const shared = "import { defineClass } from 'opsctl';\nexport const pump = defineClass({ id: 'pump' });\n";
    writeFileSync(join(place.folder, 'cmdb/pump.ts'), shared);
    for (const file of ['stacks/hq.ts', 'stacks/plant-1.ts'])
      place.edit(file, "from 'opsctl';\n", "from 'opsctl';\nimport '../cmdb/pump.ts';\n");
    expect(toldBy('validate --json')).toEqual([
      'cmdb/pump.ts:2:21 declaration/missing-field attributes',
      'cmdb/pump.ts:2:21 declaration/missing-field signals',
      'cmdb/pump.ts:2:21 declaration/missing-field sources',
      'cmdb/pump.ts:2:21 declaration/missing-field title',
    ]);
  });

  it('is told where an object that no call made is exported', () => {
    writeFileSync(join(place.folder, 'stacks/hq.ts'), "export default { kind: 'stack', name: 'hq' };\n");
    const changed =
      "import { alerts } from 'opsctl/policies';\nexport default { ...alerts.runbookRequired, level: 'advisry' };\n";
    writeFileSync(join(place.folder, 'policies/mild.ts'), changed);
    expect(toldBy('validate --json')).toEqual([
      'policies/mild.ts:1:1 declaration/wrong-value level',
      'stacks/hq.ts:1:1 declaration/wrong-value What',
    ]);
  });

  it('is told at the place of what only the engine of JavaScript refuses, as a mistake of the content', () => {
    writeFileSync(join(place.folder, 'policies/own.ts'), 'const one = 1;\nconst one = 2;\nexport default [];\n');
    expect(toldBy('validate --json')).toEqual(['policies/own.ts:2:7 content/broken SyntaxError:']);
  });

  it('names the first place of a stack that is declared twice as a path of the repository', () => {
    writeFileSync(join(place.folder, 'stacks/zz.ts'), readFileSync(join(place.folder, 'stacks/plant-1.ts')));
    expect(place.opsctl('validate').stdout).toContain('plant-1 is declared here and in stacks/plant-1.ts:6:16.');
  });
});

describe('content that would change what judges it', () => {
  it.each([
    {
      name: 'what a policy asks',
      import: "{ standardPolicies } from 'opsctl/policies'",
      change: 'standardPolicies[0].check = () => []',
    },
    {
      name: 'how strict a policy is',
      import: "{ standardPolicies } from 'opsctl/policies'",
      change: "standardPolicies[0].level = 'advisory'",
    },
    {
      name: 'which policies there are',
      import: "{ standardPolicies } from 'opsctl/policies'",
      change: 'standardPolicies.splice(0)',
    },
    {
      name: 'which policies the repository has',
      import: "policies from '../policies/standard.ts'",
      change: 'policies.splice(0)',
    },
    {
      name: 'an alert of all plants',
      import: "{ hostAlerts } from 'opsctl/alerts'",
      change: "hostAlerts.down.severity = 'info'",
    },
    { name: 'another stack', import: "other from './plant-1.ts'", change: 'other.tunings.length = 0' },
  ])('may not change $name', ({ import: imported, change }) => {
    const path = join(place.folder, 'stacks/hq.ts');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, `import ${imported};\n${text}\n${change};\n`);
    const { status, stdout } = place.opsctl('validate');
    expect(stdout).toContain('stacks/hq.ts');
    expect(stdout).toMatch(/read only property|not extensible|Cannot (assign|delete|add)/);
    expect(status).toBe(3);
  });
});

interface Told {
  readonly position: { readonly file: string; readonly line: number; readonly column: number };
  readonly code: string;
  readonly detail: string;
}

/** `file:line:column code field` of each diagnostic. */
function toldBy(words: string): readonly string[] {
  const ended = place.opsctl(words);
  expect(ended.status).toBe(3);
  return eventsOf(ended)
    .filter(({ event }) => event === 'diagnostic')
    .map((event) => {
      const { position, code, detail } = event.diagnostic as Told;
      return `${position.file}:${position.line}:${position.column} ${code} ${detail.split(' ')[0]}`;
    });
}
