import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from 'opsctl';
import { alerts, changes, cmdb, routing, security, standardPolicies, tenancy } from 'opsctl/policies';
import { describe, expect, it } from 'vitest';

const areas: Readonly<Record<string, Readonly<Record<string, Policy>>>> = {
  alerts,
  changes,
  cmdb,
  routing,
  security,
  tenancy,
};
const ids = standardPolicies.map(({ id }) => id).toSorted();

/** What lies in the folders of the areas, without the given ending. */
function onDisk(ending: string): readonly string[] {
  const files = globSync(`*/*${ending}`, { cwd: import.meta.dirname }).map((file) => file.replaceAll('\\', '/'));
  return files.map((file) => file.slice(0, -ending.length)).toSorted();
}

describe('the registry', () => {
  it('lists every policy on the disk, and only those', () => {
    const code = onDisk('.ts').filter((name) => !name.endsWith('.test'));
    expect(ids).toEqual(code);
  });

  it.each(['.test.ts', '.md'])('every policy has its neighbour %s, and nothing lies there besides', (ending) => {
    expect(onDisk(ending)).toEqual(ids);
  });

  it('a policy is listed in the area of its id', () => {
    const listed = Object.entries(areas).flatMap(([area, policies]) =>
      Object.values(policies).map(({ id }) => [area, id.split('/')[0]]),
    );
    expect(listed.filter(([area, named]) => area !== named)).toEqual([]);
  });
});

const headings = ['Meaning', 'Why', 'Passing example', 'Failing example', 'How to fix', 'How to waive'];

describe.each(standardPolicies.map((policy) => ({ id: policy.id, policy })))('$id', ({ id, policy }) => {
  const page = readFileSync(join(import.meta.dirname, `${id}.md`), 'utf8');

  it('has words in both languages, a way out and clauses', () => {
    expect(policy.title.en).toMatch(/^[A-Z].*[^.]$/);
    expect(policy.title.zh).toMatch(/\p{Script=Han}/u);
    for (const text of [policy.rationale, policy.remedy]) expect(text).toMatch(/^[A-Z].*\.$/s);
    expect(policy.clauses.filter((clause) => !/^S[0-4]:[A-Z0-9][\w./ -]*$/.test(clause))).toEqual([]);
    expect(policy.clauses).not.toEqual([]);
  });

  it('its page begins with what the code says', () => {
    const head = [
      `# ${id}: ${policy.title.en}`,
      policy.title.zh,
      `Level: ${policy.level}. Clauses: ${policy.clauses.join(', ')}.`,
    ];
    expect(page.split('\n\n').slice(0, 3)).toEqual(head);
  });

  it('its page has the same headings as every other', () => {
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual(headings);
  });

  it('its page waives it by the name it is exported under', () => {
    const [, area = '', name = ''] =
      /\.waive\([^)]*\)?, (\w+)\.(\w+), \{\n/.exec(page.slice(page.indexOf('## How to waive'))) ?? [];
    if (area !== '') expect(areas[area]?.[name]?.id).toBe(id);
  });
});
