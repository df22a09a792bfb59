import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorkplace } from '../support/opsctl.ts';
import { prepareForEditor, typeErrors, writeContent } from './content-repository.ts';
import { codeBlocks, root, textOf } from './markdown.ts';

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
    const examples = blocks.filter(
      ({ language, reference }) => ['ts', 'yaml', 'csv'].includes(language) && reference === null,
    );
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
      stdout: expect.stringMatching(/^\n?Valid: 3 stacks, 13 items, \d+ resources, \d+ policies, environment lab\.\n$/),
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

/** The same plant, moved by one line. */
describe(`the plant in a cluster of ${page}`, () => {
  const [plant] = blocks.filter(({ reference }) => reference !== null);
  const reference = plant?.reference ?? '';
  const organisation = join(place.folder, 'reference');

  beforeAll(() => {
    for (const folder of ['alerts', 'cmdb', 'dashboards', 'policies', 'stacks'])
      cpSync(join(root, folder), join(organisation, folder), {
        recursive: true,
        // What comes with the product is imported by name.
        filter: (path) => !path.endsWith('/catalogue') && !path.endsWith('.test.ts'),
      });
    prepareForEditor(place, organisation);
    writeContent(organisation, reference, plant?.text ?? '');
    const systems = ['kubernetes: { provider: kubernetes }', 'cmdb: { provider: files, directory: out/cmdb }'];
    writeContent(
      organisation,
      'stacks/bindings/cluster.yaml',
      `stacks:\n  plant-east-1:\n${systems.map((line) => `    ${line}\n`).join('')}`,
    );
  });

  it('is the plant of the reference organisation but for its home', () => {
    const withoutHome = (plant?.text ?? '').replace(', kubernetes }', ' }').replace(/^ {2}home: .*\n/m, '');
    expect(withoutHome).toBe(textOf(reference));
  });

  it('compiles in an editor, and to objects of the cluster', () => {
    expect(typeErrors(organisation)).toEqual([]);
    const inPlace = `--directory ${organisation} --environment cluster`;
    const rendered = place.opsctl(`render --for flux --stack plant-east-1 --out clusters ${inPlace}`);
    expect({ status: rendered.status, stderr: rendered.stderr }).toEqual({ status: 0, stderr: '' });
    const kinds = readdirSync(join(place.folder, 'clusters/plant-east-1/70-custom')).map((file) => file.split('.')[0]);
    expect(new Set(kinds)).toEqual(
      new Set(['alertmanagerconfig', 'kustomization', 'probe', 'prometheusrule', 'scrapeconfig']),
    );
  });
});
