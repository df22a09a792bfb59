import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorkplace } from '../support/opsctl.ts';
import { typeErrors, writeContent } from './content-repository.ts';
import { codeBlocks, root, textOf } from './markdown.ts';

const text = textOf('README.md');
const place = makeWorkplace();
const repository = join(place.folder, 'operations');

/** The examples under "What you write": the file is named at the beginning of the line above each. */
const examples = [...text.matchAll(/^`([\w./-]+)` — [^\n]*\n\n```\w+\n([\s\S]*?)^```$/gm)].map(
  ([, file = '', content = '']) => ({
    file,
    content,
  }),
);

beforeAll(() => {
  place.opsctl('init operations');
  for (const { file, content } of examples) writeContent(repository, file, content);
  place.opsctl(`generate --directory ${repository}`);
});

afterAll(() => place.remove());

describe('README.md', () => {
  it('shows an inventory and a stack', () => {
    expect(examples.map(({ file }) => file)).toEqual(['cmdb/items/services.yaml', 'stacks/plant-1.ts']);
  });

  it('has examples that are valid in what `opsctl init` makes', () => {
    const { status, stdout, stderr } = place.opsctl(`validate --directory ${repository}`);
    expect(status, stdout + stderr).toBe(0);
  });

  it('has examples that compile in an editor', () => {
    expect(typeErrors(repository)).toEqual([]);
  });

  it('explains the alert that it says it explains', () => {
    const [, address = ''] = /`opsctl explain '([^']+)'`/.exec(text) ?? [];
    const { status, stdout } = place.opsctl(`explain ${address} --directory ${repository}`);
    expect(status).toBe(0);
    expect(stdout).toContain('Report pages take 4 s at shift change.');
  });

  it('quotes the steps of the quickstart by the numbers and titles that it prints', () => {
    const quoted = quotedSteps();
    expect(quoted.length).toBeGreaterThan(5);
    const printed = quickstartTitles().map((title, index) => `${index + 1} ${title}`);
    expect(quoted.filter((step) => !printed.includes(step))).toEqual([]);
  });
});

function quotedSteps(): readonly string[] {
  const quoted = codeBlocks(text).find(({ language, text: block }) => language === 'text' && /^ ?\d+ {2}/m.test(block));
  return [...(quoted?.text ?? '').matchAll(/^ ?(\d+) {2}(.+)$/gm)].map(
    ([, number, title = '']) => `${number} ${title.trim()}`,
  );
}

/** Titles in the order of the source, which is the order in which they run, with the names of the reference group in them. */
function quickstartTitles(): readonly string[] {
  const source = readFileSync(join(root, 'tools/quickstart/main.ts'), 'utf8');
  const victim = /const victim = \{ item: '([^']+)'/.exec(source)?.[1] ?? '';
  const titles = [...source.matchAll(/steps\.run\(\s*(['`])(.*?)\1/g)].map(([, , title = '']) =>
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is looked for in a source.
    title.replaceAll('${victim.item}', victim),
  );
  // Stopping is written where it is started, and runs last.
  return titles.filter((title) => !title.endsWith('is stopped'));
}
