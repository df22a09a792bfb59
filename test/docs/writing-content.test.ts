import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorkplace } from '../support/opsctl.ts';
import { prepareForEditor, typeErrors, writeContent } from './content-repository.ts';
import { codeBlocks, textOf } from './markdown.ts';

const page = 'docs/writing-content.md';
const blocks = codeBlocks(textOf(page));
const place = makeWorkplace();
const repository = join(place.folder, 'group');
const inRepository = `--directory ${repository}`;

beforeAll(() => {
  mkdirSync(repository);
  for (const { file, text } of blocks) if (file !== null) writeContent(repository, file, text);
  prepareForEditor(place, repository);
});

afterAll(() => place.remove());

/** A reader who copies every example into an empty folder has a repository that works. */
describe(page, () => {
  it('says of every example of content which file it is, and writes no file twice', () => {
    const examples = blocks.filter(({ language }) => ['ts', 'yaml', 'csv'].includes(language));
    expect(examples.filter(({ file }) => file === null).map(({ line }) => `${page}:${line}`)).toEqual([]);
    const files = examples.map(({ file }) => file);
    expect(files).toEqual([...new Set(files)]);
  });

  it('has inventories whose ids can be generated', () => {
    expect(place.opsctl(`generate ${inRepository}`)).toMatchObject({ status: 0, stderr: '' });
  });

  it('has examples that compile in an editor', () => {
    expect(typeErrors(repository)).toEqual([]);
  });

  it('has content in which every waiver is used and nothing blocks', () => {
    const { status, stdout } = place.opsctl(`validate --min-severity warning ${inRepository}`);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^\n?Valid: 3 stacks, 12 items, \d+ resources, 19 policies, environment lab\.\n$/),
    });
  });

  it('has content that gives the same plan in other surroundings', () => {
    expect(place.opsctl(`check ${inRepository}`).status).toBe(0);
  });

  it('has a laboratory to which all of it is applied, and then nothing is left to do', () => {
    const secret = { WECOM_SECRET: 'known to nobody', COLD_ROOM_COMMUNITY: 'known to few' };
    expect(place.opsctl(`apply --yes ${inRepository}`, secret).status).toBe(0);
    expect(place.opsctl(`plan --detailed-exitcode ${inRepository}`, secret).status).toBe(0);
  });

  it.each(['dairy/prometheus-rules/http-endpoint#HttpEndpointSlow', 'dairy-cold-store'])('explains %s', (subject) => {
    expect(place.opsctl(`explain ${subject} ${inRepository}`).status).toBe(0);
  });
});
