import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Diagnostic, printSpan, sortDiagnostics } from '../../diagnostics/index.ts';
import {
  choice,
  credential,
  type DeclaredItem,
  flag,
  integer,
  list,
  networkName,
  type Organisation,
  optional,
  port,
  text,
} from '../../model/index.ts';
import { mutatedText } from '../../testing/mutations.ts';
import { type CheckedItems, type ClassSchema, checkItems, readInventories } from './index.ts';

const title = { en: 'x', zh: 'x' };
const source = { file: 'cmdb/organisation/index.ts', line: 1, column: 1 };
const organisation: Organisation = {
  id: 'huayuan',
  title,
  tiers: [{ id: 'L1', title }],
  sites: [{ id: 'hq', title, tier: 'L1', timeZone: 'Asia/Shanghai' }],
  teams: [{ id: 'hq-ops', title, tier: 'L1', site: 'hq', channels: [] }],
  people: [],
  tenants: [{ id: 'mes', title, owner: 'hq-ops' }],
  suppliers: [{ id: 'hengtong', title, contact: 'x' }],
  calendars: [],
  runbookBase: 'https://runbooks.example.com',
  source,
};

const classes: readonly ClassSchema[] = [
  {
    id: 'host',
    attributes: {
      address: networkName('Name or address.'),
      kind: optional(choice('What it is.', ['physical', 'virtual']), 'virtual'),
      memory: optional(integer('Gigabytes.', { minimum: 1 })),
      tags: optional(list('Words.')),
      spare: optional(flag('Not in use.')),
      community: optional(credential('Where it lies.')),
    },
  },
  {
    id: 'tcp-service',
    attributes: {
      address: networkName('Name or address.'),
      port: port('Port.'),
      tls: optional(flag('TLS.'), false),
      certificate: optional(text('Who vouches for it.')),
    },
    conflicts: [{ when: { tls: false }, without: 'certificate', because: 'Without TLS there is no certificate.' }],
  },
];

function check(files: Readonly<Record<string, string>>, declared: readonly DeclaredItem[] = []): CheckedItems {
  const raw = readInventories(Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) })));
  const checked = checkItems({ raw: raw.items, refused: raw.refused, declared, classes, organisation });
  return { items: checked.items, diagnostics: sortDiagnostics([...raw.diagnostics, ...checked.diagnostics]) };
}

/** `file:line:column code` of each. */
function told(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, position }) => `${position === undefined ? '-' : printSpan(position)} ${code}`);
}

const host = 'class: host, site: hq, owner: hq-ops, attributes: { address: a.b }';
const head = 'id,site,owner,address';

describe('an inventory', () => {
  it('gives the same item from YAML, CSV and TypeScript', () => {
    const yaml = `
- id: a
  class: host
  title: { en: Server, zh: 服务器 }
  site: hq
  owner: hq-ops
  tenant: mes
  supplier: hengtong
  criticality: high
  identity: { serial: "00123" }
  attributes: { tags: [x, y], address: a.b, memory: 64 }
  relations: { runs-on: b }
- { id: b, ${host} }
`;
    const csv = `id,class,title_en,title_zh,site,owner,tenant,supplier,criticality,stage,identity.serial,memory,address,tags,runs-on
a,host,Server,服务器,hq,hq-ops,mes,hengtong,high,,00123,64,a.b,x; y,b
b,host,,,hq,hq-ops,,,,,,,a.b,,
`;
    const declared: DeclaredItem[] = [
      {
        id: 'a',
        class: 'host',
        title: { en: 'Server', zh: '服务器' },
        site: 'hq',
        owner: 'hq-ops',
        tenant: 'mes',
        supplier: 'hengtong',
        criticality: 'high',
        identity: { serial: '00123' },
        attributes: { address: 'a.b', memory: 64, tags: ['x', 'y'] },
        relations: { 'runs-on': 'b' },
        source,
      },
      { id: 'b', class: 'host', site: 'hq', owner: 'hq-ops', attributes: { address: 'a.b' }, source },
    ];
    const expected = [
      {
        id: 'a',
        class: 'host',
        title: { en: 'Server', zh: '服务器' },
        site: 'hq',
        owner: 'hq-ops',
        tenant: 'mes',
        criticality: 'high',
        stage: 'in-service',
        supplier: 'hengtong',
        identity: { serial: '00123' },
        attributes: { address: 'a.b', kind: 'virtual', memory: 64, tags: ['x', 'y'] },
        relations: [{ type: 'runs-on', to: 'b' }],
      },
      {
        id: 'b',
        class: 'host',
        title: { en: 'b', zh: 'b' },
        site: 'hq',
        owner: 'hq-ops',
        tenant: null,
        criticality: 'medium',
        stage: 'in-service',
        supplier: null,
        identity: {},
        attributes: { address: 'a.b', kind: 'virtual' },
        relations: [],
      },
    ];
    for (const checked of [check({ 'a.yaml': yaml }), check({ 'a.csv': csv }), check({}, declared)]) {
      expect(checked.diagnostics).toEqual([]);
      expect(checked.items.map(({ source: _, ...item }) => item)).toEqual(expected);
    }
  });

  it('takes the class of a CSV file from its name, and the values that items share from `defaults`', () => {
    const { items, diagnostics } = check({
      'items/host.csv': `${head}\na,hq,hq-ops,a.b\n`,
      'items/x.yaml':
        'defaults: { class: host, site: hq, owner: hq-ops, attributes: { memory: 8 } }\nitems:\n  - { id: b, attributes: { address: a.b } }\n',
    });
    expect(diagnostics).toEqual([]);
    expect(items.map(({ id, class: objectClass, attributes }) => [id, objectClass, attributes.memory ?? null])).toEqual(
      [
        ['a', 'host', null],
        ['b', 'host', 8],
      ],
    );
  });

  it('reads cells as their attributes want them', () => {
    const text = 'id,site,owner,address,memory,tags,spare\na,hq,hq-ops,a.b,64,x；y,是\nb,hq,hq-ops,a.b,,,FALSE\n';
    expect(check({ 'host.csv': text }).items.map(({ attributes }) => attributes)).toEqual([
      { address: 'a.b', kind: 'virtual', memory: 64, tags: ['x', 'y'], spare: true },
      { address: 'a.b', kind: 'virtual', spare: false },
    ]);
  });

  it('turns relations forward, and says once what both ends say', () => {
    const { items } = check({
      'a.yaml': `
- { id: vm, ${host}, relations: { runs: [web, db], powered-by: ups } }
- { id: web, ${host}, relations: { depends-on: db, runs-on: vm } }
- { id: db, ${host} }
- { id: ups, ${host} }
`,
    });
    expect(items.map(({ id, relations }) => [id, relations.map(({ type, to }) => `${type} ${to}`)])).toEqual([
      ['vm', ['powered-by ups']],
      ['web', ['runs-on vm', 'depends-on db']],
      ['db', ['runs-on vm']],
      ['ups', []],
    ]);
  });

  it('says where each field stands, when asked', () => {
    const raw = readInventories([{ path: 'host.csv', bytes: Buffer.from(`${head}\na,hq,hq-ops,a.b\n`) }]);
    const { items } = checkItems({ raw: raw.items, declared: [], classes, organisation, withFieldSources: true });
    expect(items[0]?.fieldSources?.['/attributes/address']).toMatchObject({ file: 'host.csv', line: 2, column: 13 });
  });
});

describe('a mistake in an inventory', () => {
  it.each([
    {
      name: 'an unknown class',
      yaml: `- { id: a, ${host.replace('host', 'hots')} }`,
      told: ['a.yaml:1:19 inventory/unknown-class'],
    },
    {
      name: 'an unknown field',
      yaml: `- { id: a, ${host}, tennant: mes }`,
      told: ['a.yaml:1:80 inventory/unknown-field'],
    },
    {
      name: 'an unknown site',
      yaml: `- { id: a, ${host.replace('hq,', 'hr,')} }`,
      told: ['a.yaml:1:31 inventory/unknown-reference'],
    },
    {
      name: 'a missing owner',
      yaml: '- { id: a, class: host, site: hq, attributes: { address: a.b } }',
      told: ['a.yaml:1:3 inventory/missing-field'],
    },
    {
      name: 'a criticality that is none',
      yaml: `- { id: a, ${host}, criticality: hihg }`,
      told: ['a.yaml:1:93 inventory/not-an-option'],
    },
    {
      name: 'a criticality that is a number',
      yaml: `- { id: a, ${host}, criticality: 3 }`,
      told: ['a.yaml:1:93 inventory/not-an-option'],
    },
    {
      name: 'a serial number without quotes',
      yaml: `- { id: a, ${host}, identity: { serial: 00123 } }`,
      told: ['a.yaml:1:100 inventory/wrong-field'],
    },
    {
      name: 'a missing attribute',
      yaml: '- { id: a, class: host, site: hq, owner: hq-ops }',
      told: ['a.yaml:1:3 inventory/missing-attribute'],
    },
    {
      name: 'an unknown attribute',
      yaml: `- { id: a, ${host.replace(' }', ', memroy: 1 }')} }`,
      told: ['a.yaml:1:78 inventory/unknown-attribute'],
    },
    {
      name: 'a wrong attribute',
      yaml: `- { id: a, ${host.replace(' }', ', memory: 64G }')} }`,
      told: ['a.yaml:1:86 inventory/wrong-attribute'],
    },
    {
      name: 'an unknown relation',
      yaml: `- { id: a, ${host}, relations: { run-on: b } }`,
      told: ['a.yaml:1:93 inventory/unknown-relation'],
    },
    {
      name: 'a relation to nothing',
      yaml: `- { id: a, ${host}, relations: { runs-on: b } }`,
      told: ['a.yaml:1:102 inventory/dangling-relation'],
    },
    {
      name: 'a relation to itself',
      yaml: `- { id: a, ${host}, relations: { runs-on: a } }`,
      told: ['a.yaml:1:102 inventory/self-relation'],
    },
    { name: 'an id with a blank', yaml: `- { id: a b, ${host} }`, told: ['a.yaml:1:9 inventory/bad-id'] },
    { name: 'an id with a slash', yaml: `- { id: a/b, ${host} }`, told: ['a.yaml:1:9 inventory/bad-id'] },
    {
      name: 'an id with an invisible character',
      yaml: `- { id: a\u200bb, ${host} }`,
      told: ['a.yaml:1:9 inventory/bad-id'],
    },
    { name: 'an id that is a number', yaml: `- { id: 12, ${host} }`, told: ['a.yaml:1:9 inventory/wrong-field'] },
    {
      name: 'an id that is too long',
      yaml: `- { id: ${'a'.repeat(121)}, ${host} }`,
      told: ['a.yaml:1:9 inventory/bad-id'],
    },
    { name: 'an item without an id', yaml: `- { ${host} }`, told: ['a.yaml:1:3 inventory/missing-field'] },
    { name: 'an entry that is no item', yaml: '- host', told: ['a.yaml:1:3 inventory/not-an-item'] },
    { name: 'a file that is no list', yaml: 'id: a', told: ['a.yaml:1:1 inventory/not-a-list'] },
    {
      name: 'ids that differ in case',
      yaml: `- { id: A, ${host} }\n- { id: a, ${host} }`,
      told: ['a.yaml:2:9 inventory/confusing-id'],
    },
    { name: 'a Cyrillic letter', yaml: `- { id: h\u043est, ${host} }`, told: ['a.yaml:1:9 inventory/mixed-scripts'] },
    {
      name: 'blanks around a value',
      yaml: `- { id: a, ${host}, tenant: "mes " }`,
      told: ['a.yaml:1:88 inventory/blanks-trimmed'],
    },
    {
      name: 'a circle',
      yaml: `- { id: a, ${host}, relations: { runs-on: b } }\n- { id: b, ${host}, relations: { runs-on: c } }\n- { id: c, ${host}, relations: { runs-on: a } }`,
      told: ['a.yaml:1:102 inventory/relation-cycle'],
    },
  ])('in YAML: $name', ({ yaml, told: expected }) => {
    expect(told(check({ 'a.yaml': yaml }).diagnostics)).toEqual(expected);
  });

  it.each([
    {
      name: 'an unknown column is told once',
      csv: `${head},colour\na,hq,hq-ops,a.b,red\nb,hq,hq-ops,a.b,blue\n`,
      told: ['host.csv:1:23 inventory/unknown-attribute'],
    },
    {
      name: 'a wrong number',
      csv: `${head},memory\na,hq,hq-ops,a.b,"6,4"\n`,
      told: ['host.csv:2:17 inventory/wrong-attribute'],
    },
    {
      name: 'a relation to nothing',
      csv: `${head},runs-on\na,hq,hq-ops,a.b,b;c\nb,hq,hq-ops,a.b,\n`,
      told: ['host.csv:2:17 inventory/dangling-relation'],
    },
    {
      name: 'a rounded number',
      csv: `${head},identity.serial\na,hq,hq-ops,a.b,6.217E+14\n`,
      told: ['host.csv:2:17 inventory/rounded-number'],
    },
    {
      name: 'a misspelt column of every inventory',
      csv: `id,stie,owner,address\na,hq,hq-ops,a.b\nb,hq,hq-ops,a.b\n`,
      told: ['host.csv:1:4 inventory/missing-column'],
    },
    {
      name: 'a misspelt column of the class',
      csv: `id,site,owner,adress\na,hq,hq-ops,a.b\nb,hq,hq-ops,a.b\n`,
      told: ['host.csv:1:15 inventory/missing-column'],
    },
    {
      name: 'a misspelt column of ids',
      csv: `ids,site,owner,address\na,hq,hq-ops,a.b\nb,hq,hq-ops,a.b\n`,
      told: ['host.csv:1:1 inventory/missing-column'],
    },
    {
      name: 'a misspelt column that may be absent',
      csv: `${head},criticalty\na,hq,hq-ops,a.b,high\nb,hq,hq-ops,a.b,low\n`,
      told: ['host.csv:1:23 inventory/unknown-attribute'],
    },
    {
      name: 'columns that are not there at all',
      csv: `id\na\nb\n`,
      told: [
        'host.csv:1:1 inventory/missing-column',
        'host.csv:1:1 inventory/missing-column',
        'host.csv:1:1 inventory/missing-column',
      ],
    },
    {
      name: 'a misspelt column with nothing in it',
      csv: `id,stie,owner,address\na,,hq-ops,a.b\n`,
      told: ['host.csv:1:4 inventory/missing-column'],
    },
    {
      name: 'a site that is gone, for all its items',
      csv: `${head}\na,gone,hq-ops,a.b\nb,gone,hq-ops,a.b\nc,hq,hq-ops,a.b\n`,
      told: ['host.csv:2:3 inventory/unknown-reference'],
    },
    { name: 'an empty required cell', csv: `${head}\na,hq,,a.b\n`, told: ['host.csv:2:6 inventory/missing-field'] },
    {
      name: 'an empty cell of a required attribute',
      csv: `${head}\na,hq,hq-ops,\n`,
      told: ['host.csv:2:13 inventory/missing-attribute'],
    },
    {
      name: 'a column without a name, and nothing else of it',
      csv: `${head},,memory\na,hq,hq-ops,a.b,x,1\n`,
      told: ['host.csv:1:23 csv/unnamed-column'],
    },
    {
      name: 'Chinese commas, and nothing else of the file',
      csv: `${head}\na,hq,hq-ops,a.b\n`.replaceAll(',', '，'),
      told: ['host.csv:1:1 csv/wide-separator'],
    },
    {
      name: 'an unknown column without anything in its cells',
      csv: `${head},sight\na,hq,hq-ops,a.b,\n`,
      told: ['host.csv:1:23 inventory/unknown-attribute'],
    },
    {
      name: 'a column that no class of a table of several classes has',
      csv: `class,${head},port,colour\nhost,a,hq,hq-ops,a.b,,\ntcp-service,b,hq,hq-ops,a.b,80,\n`,
      told: ['host.csv:1:34 inventory/unknown-attribute'],
    },
    {
      name: 'a serial number twice',
      csv: `${head},identity.serial\na,hq,hq-ops,a.b,ht-1\nb,hq,hq-ops,b.c,HT-1\n`,
      told: ['host.csv:3:17 inventory/same-identity'],
    },
  ])('in CSV: $name', ({ csv, told: expected }) => {
    expect(told(check({ 'host.csv': csv }).diagnostics)).toEqual(expected);
  });

  it.each([
    { name: 'nothing in it', text: '', expected: ['host.yaml:1:1 inventory/empty-file'] },
    { name: 'remarks only', text: '# later\n', expected: ['host.yaml:1:1 inventory/empty-file'] },
    { name: 'an empty list', text: 'items: []\n', expected: [] },
  ])('a YAML file with $name', ({ text, expected }) => {
    expect(told(check({ 'host.yaml': text }).diagnostics)).toEqual(expected);
  });

  it('an id twice is told with both places, across YAML, CSV and TypeScript', () => {
    const declared: DeclaredItem = {
      id: 'a',
      class: 'host',
      site: 'hq',
      owner: 'hq-ops',
      attributes: { address: 'x' },
      source,
    };
    const { diagnostics } = check({ 'a.yaml': `- { id: a, ${host} }`, 'host.csv': `${head}\na,hq,hq-ops,a.b\n` }, [
      declared,
    ]);
    expect(diagnostics.map(({ detail }) => detail)).toEqual([
      'a is declared here and in a.yaml:1:9.',
      'a is declared here and in a.yaml:1:9.',
    ]);
    expect(told(diagnostics)).toEqual([
      'cmdb/organisation/index.ts:1:1 inventory/duplicate-id',
      'host.csv:2:1 inventory/duplicate-id',
    ]);
  });

  it.each([
    {
      name: 'a row that does not fit its table',
      files: { 'host.csv': `${head}\nb,hq,hq-ops\n` },
      told: ['host.csv:2:1 csv/cell-count'],
    },
    {
      name: 'a table that cannot be read',
      files: { 'host.csv': `${head}\nb,hq,hq-ops,"a.b\n` },
      told: ['host.csv:2:13 csv/quote-not-closed'],
    },
    {
      name: 'a table without a column of ids',
      files: { 'host.csv': `ids,site,owner,address\nb,hq,hq-ops,a.b\n` },
      told: ['host.csv:1:1 inventory/missing-column'],
    },
    {
      name: 'a file that is no YAML',
      files: { 'b.yaml': `- { id: b, ${host} }\n- [` },
      told: ['b.yaml:2:4 yaml/syntax'],
    },
    {
      name: 'a file that is no list',
      files: { 'b.yaml': 'id: b' },
      told: ['b.yaml:1:1 inventory/not-a-list'],
    },
    {
      name: 'an id that is a number',
      files: { 'b.yaml': `- { id: 12, ${host} }` },
      to: '"12"',
      told: ['b.yaml:1:9 inventory/wrong-field'],
    },
  ])('what names an item of $name is not told of it', ({ files, to = 'b', told: expected }) => {
    const naming = `- { id: a, ${host}, relations: { runs-on: ${to} } }`;
    expect(told(check({ 'a.yaml': naming, ...files }).diagnostics)).toEqual(expected);
  });

  it('what names an item of a file in another encoding is not told of it', () => {
    const gbk = Buffer.concat([Buffer.from('id,title\nb,'), Buffer.from([0xd6, 0xf7, 0xbb, 0xfa]), Buffer.from('\n')]);
    const naming = Buffer.from(`- { id: a, ${host}, relations: { runs-on: b } }`);
    const raw = readInventories([
      { path: 'a.yaml', bytes: naming },
      { path: 'host.csv', bytes: gbk },
    ]);
    const checked = checkItems({ raw: raw.items, refused: raw.refused, declared: [], classes, organisation });
    expect(told([...raw.diagnostics, ...checked.diagnostics])).toEqual(['host.csv:2:3 encoding/not-utf-8']);
  });

  it.each([
    {
      name: 'in YAML',
      files: { 'a.yaml': '- { id: a, class: host, site: hq, attributes: { address: a.b } }' },
      hint: 'Write `owner:` at the item, or once below `defaults` for all items of the file.',
    },
    {
      name: 'in CSV',
      files: { 'host.csv': `${head}\na,hq,,a.b\n` },
      hint: 'Fill in the cell of the column owner.',
    },
  ])('how a field is given is said in the words of its file: $name', ({ files, hint }) => {
    expect(check(files).diagnostics.map((found) => [found.code, found.hint])).toEqual([
      ['inventory/missing-field', hint],
    ]);
  });

  it('how a field is given is said of an item in TypeScript', () => {
    const declared = { id: 'a', class: 'host', site: 'hq', attributes: { address: 'a.b' }, source };
    expect(check({}, [declared as unknown as DeclaredItem]).diagnostics).toMatchObject([
      { code: 'inventory/missing-field', hint: 'Give the item a field `owner` in this call.' },
    ]);
  });

  it('one number of two items is told with both places', () => {
    const first = `- { id: a, ${host}, identity: { serial: "1" } }`;
    const csv = `${head},identity.serial\nb,hq,hq-ops,a.b,1\n`;
    expect(check({ 'a.yaml': first, 'host.csv': csv }).diagnostics).toMatchObject([
      {
        code: 'inventory/same-identity',
        severity: 'error',
        subject: 'b',
        detail: 'b has the serial 1, which a has too (a.yaml:1:100).',
        position: { file: 'host.csv', line: 2, column: 17 },
      },
    ]);
  });

  const service =
    'class: tcp-service, site: hq, owner: hq-ops, attributes: { address: a.b, port: 1 }, identity: { sn: "1" }';
  it.each([
    { name: 'of two classes is warned of', second: `id: b, ${service}`, expected: ['inventory/shared-identity'] },
    { name: 'of related ones is theirs', second: `id: b, ${service}, relations: { runs-on: a }`, expected: [] },
    {
      name: 'is free again once an item is retired',
      second: `id: b, ${host}, stage: retired, identity: { serial: "1" }`,
      expected: [],
    },
    { name: 'that means nothing may be there twice', second: `id: b, ${host}, identity: { rack: "1" }`, expected: [] },
  ])('one number $name', ({ second, expected }) => {
    const first = `id: a, ${host}, identity: { serial: "1", serialNumber: "2", rack: "1" }`;
    const { diagnostics } = check({ 'a.yaml': `- { ${first} }\n- { ${second} }` });
    expect(diagnostics.map(({ code }) => code)).toEqual(expected);
  });

  it('suggests the name that was meant', () => {
    const yaml = `- { id: mes-db-1, ${host}, relations: { runs-on: mes-vm-2 } }\n- { id: mes-vm-1, ${host} }`;
    expect(check({ 'a.yaml': yaml }).diagnostics).toMatchObject([
      {
        code: 'inventory/dangling-relation',
        subject: 'mes-db-1',
        expected: 'the id of an item',
        found: 'mes-vm-2',
        detail: 'mes-db-1 runs-on mes-vm-2, and no item has that id.',
        hint: 'Did you mean mes-vm-1?',
      },
    ]);
  });

  it('suggests the column that was meant, those of every inventory too', () => {
    const { diagnostics } = check({ 'host.csv': 'id,stie,owner,adress,criticalty\na,hq,hq-ops,a.b,high\n' });
    expect(diagnostics.map(({ detail, hint, found }) => [detail, hint, found])).toEqual([
      ['host.csv has no column site, which each of its items needs.', 'Is stie misspelt? Call it site.', 'stie'],
      [
        'host.csv has no column address, which each of its items needs.',
        'Is adress misspelt? Call it address.',
        'adress',
      ],
      ['"criticalty" is no attribute of the class host, and no relation.', 'Did you mean criticality?', 'criticalty'],
    ]);
  });

  it.each([
    { column: 'serail', hint: 'Did you mean identity.serial?' },
    { column: 'run-on', hint: 'Did you mean runs-on?' },
  ])('suggests the column that $column was meant to be', ({ column, hint }) => {
    const { diagnostics } = check({ 'host.csv': `${head},${column}\na,hq,hq-ops,a.b,\nb,hq,hq-ops,a.b,x\n` });
    expect(diagnostics.map((found) => [found.code, found.hint])).toEqual([['inventory/unknown-attribute', hint]]);
  });

  it('says of a site that is gone how many items name it, wherever they are written', () => {
    const yaml = `- { id: c, class: host, site: gone, owner: hq-ops, attributes: { address: a.b } }`;
    const csv = `${head}\na,gone,hq-ops,a.b\nb,gone,hq-ops,a.b\n`;
    expect(check({ 'a.yaml': yaml, 'host.csv': csv }).diagnostics).toMatchObject([
      {
        code: 'inventory/unknown-reference',
        subject: 'c',
        detail: 'c names "gone" as its site, and there is none with that id. So do 2 more items.',
        position: { file: 'a.yaml', line: 1 },
      },
    ]);
  });

  it.each(['public', 'env:public-1', '12345', '[public]'])(
    'a credential instead of its place is not repeated: %s',
    (value) => {
      const yaml = `- { id: a, class: host, site: hq, owner: hq-ops, attributes: { address: a.b, community: ${value} } }`;
      const [found, ...others] = check({ 'a.yaml': yaml }).diagnostics;
      expect(others).toEqual([]);
      expect(found).toMatchObject({ code: 'inventory/wrong-attribute', subject: 'a', found: 'something else' });
      expect(JSON.stringify(found)).not.toMatch(/public|12345/);
    },
  );

  it('10,000 times is told twenty times, with the number of the others', () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => `h${index},hq,hq-ops,a.b,much`);
    const { diagnostics } = check({ 'host.csv': [`${head},memory`, ...rows].join('\n') });
    expect(diagnostics).toHaveLength(21);
    expect(diagnostics.at(-1)).toMatchObject({
      code: 'inventory/wrong-attribute',
      detail: 'The same was found 9,980 more times in this file, the next time here.',
      position: { file: 'host.csv', line: 22 },
    });
  });

  it.each([
    { name: 'with the value that it was given', tls: 'tls: false, ' },
    { name: 'with the value that the class gives it', tls: '' },
  ])('attributes that exclude each other are refused, $name', ({ tls }) => {
    const yaml = `- { id: a, class: tcp-service, site: hq, owner: hq-ops, attributes: { address: a.b, port: 1, ${tls}certificate: ca } }`;
    const { items, diagnostics } = check({ 'a.yaml': yaml });
    expect(items).toEqual([]);
    expect(diagnostics).toMatchObject([
      {
        code: 'inventory/attributes-conflict',
        subject: 'a',
        detail: 'a has certificate: Without TLS there is no certificate.',
        position: { file: 'a.yaml', line: 1 },
      },
    ]);
  });

  it('attributes that could exclude each other and do not are taken', () => {
    const yaml = `- { id: a, class: tcp-service, site: hq, owner: hq-ops, attributes: { address: a.b, port: 1, tls: true, certificate: ca } }`;
    expect(check({ 'a.yaml': yaml }).diagnostics).toEqual([]);
  });

  it('a class whose schema cannot be used is told once', () => {
    const bad = [{ id: 'host', attributes: { address: { ...networkName('x'), schema: { $ref: '#' } } } }];
    const raw = readInventories([
      { path: 'host.csv', bytes: Buffer.from(`${head}\na,hq,hq-ops,a.b\nb,hq,hq-ops,a.b\n`) },
    ]);
    const { diagnostics } = checkItems({ raw: raw.items, declared: [], classes: bad, organisation });
    expect(diagnostics.map(({ code, subject }) => [code, subject])).toEqual([['inventory/bad-class-schema', 'host']]);
  });

  it('in one file does not hide the items of another', () => {
    const { items, diagnostics } = check({ 'a.yaml': 'a: [', 'host.csv': `${head}\na,hq,hq-ops,a.b\n` });
    expect(told(diagnostics)).toEqual(['a.yaml:1:5 yaml/syntax']);
    expect(items.map(({ id }) => id)).toEqual(['a']);
  });
});

describe('an inventory with any damage', () => {
  const yaml = `defaults: { site: hq, owner: hq-ops, class: host }
items:
  - { id: a, attributes: { address: a.b, memory: 4, tags: [x] }, relations: { runs-on: b, depends-on: [c, b] } }
  - id: b
    title: { en: B, zh: 乙 }
    identity: { serial: "1" }
    attributes: { address: b.c }
  - { id: c, attributes: { address: c.d }, relations: { runs: a } }
`;
  const csv = `id,site,owner,title_en,identity.serial,address,memory,runs-on\na,hq,hq-ops,"A, ""a""",1,a.b,4,b;c\nb,hq,hq-ops,,,b.c,,\nc,hq,hq-ops,,,c.d,,\n`;

  it.each([
    { path: 'a.yaml', text: yaml },
    { path: 'host.csv', text: csv },
  ])('gives items or says what is wrong, and never breaks ($path)', ({ path, text }) => {
    expect(check({ [path]: text })).toMatchObject({ items: [{ id: 'a' }, { id: 'b' }, { id: 'c' }], diagnostics: [] });
    fc.assert(
      fc.property(mutatedText(text), (damaged) => {
        const { items, diagnostics } = check({ [path]: damaged });
        for (const { source: found } of items) expect(found).toMatchObject({ file: path, line: expect.any(Number) });
        for (const { position } of diagnostics) expect(position?.file).toBe(path);
      }),
      { numRuns: 500 },
    );
  });
});
