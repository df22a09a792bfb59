import { describe, expect, it } from 'vitest';
import { checkBoundTargets, type ReadBindings, readBindings } from './index.ts';

const providers = [
  {
    name: 'prometheus',
    bindingSchema: {
      type: 'object',
      additionalProperties: false,
      required: ['directory'],
      properties: {
        directory: { type: 'string', minLength: 1 },
        url: { type: 'string', pattern: '^https?://' },
        credential: { type: 'object', properties: { $secret: { type: 'string' } } },
      },
    },
  },
  {
    name: 'files',
    bindingSchema: { type: 'object', required: ['directory'], properties: { directory: { type: 'string' } } },
  },
];

function read(text: string, file = 'stacks/bindings/production.yaml'): ReadBindings {
  return readBindings({ bytes: Buffer.from(text), file, providers });
}

const good = `environment: production
stacks:
  plant-east-1:
    prometheus: { provider: prometheus, url: 'http://127.0.0.1:9090', directory: etc/prometheus, credential: env:TOKEN }
    files:
      provider: files
      directory: /srv/out
addresses:
  'host:9100': '127.0.0.1:31001'
speed: 30
`;

describe('readBindings', () => {
  it('gives where each target lives', () => {
    expect(read(good)).toMatchObject({
      diagnostics: [],
      bindings: {
        environment: 'production',
        targets: [
          {
            stack: 'plant-east-1',
            target: 'prometheus',
            provider: 'prometheus',
            settings: {
              url: 'http://127.0.0.1:9090',
              directory: 'etc/prometheus',
              credential: { $secret: 'env:TOKEN' },
            },
          },
          { stack: 'plant-east-1', target: 'files', provider: 'files', settings: { directory: '/srv/out' } },
        ],
        addresses: { 'host:9100': '127.0.0.1:31001' },
        speed: 30,
      },
    });
  });

  it('fills in what is left out: environment from the name of the file, no addresses, the pace of the world', () => {
    expect(read('stacks:\n').bindings).toEqual({ environment: 'production', targets: [], addresses: {}, speed: 1 });
  });

  const target = (settings: string): string => `stacks:\n  p:\n    t: { ${settings} }\n`;

  it.each([
    { name: 'an empty file', text: '', code: 'bindings/empty', line: 1, column: 1 },
    { name: 'broken YAML', text: 'stacks: [', code: 'yaml/syntax', line: 1, column: 10 },
    { name: 'an unknown field', text: 'stack:\nstacks: {}\n', code: 'bindings/wrong-shape', line: 1, column: 1 },
    {
      name: 'another environment',
      text: 'environment: staging\nstacks: {}\n',
      code: 'bindings/wrong-environment',
      line: 1,
      column: 14,
    },
    { name: 'no provider', text: target('directory: x'), code: 'bindings/no-provider', line: 3, column: 5 },
    {
      name: 'an unknown provider',
      text: target('provider: promethues, directory: x'),
      code: 'bindings/unknown-provider',
      line: 3,
      column: 20,
    },
    {
      name: 'a missing setting',
      text: target('provider: prometheus'),
      code: 'bindings/wrong-setting',
      line: 3,
      column: 5,
    },
    {
      name: 'an unknown setting',
      text: target('provider: prometheus, directory: x, dir: y'),
      code: 'bindings/wrong-setting',
      line: 3,
      column: 46,
    },
    {
      name: 'a wrong setting',
      text: target('provider: prometheus, directory: x, url: "y"'),
      code: 'bindings/wrong-setting',
      line: 3,
      column: 51,
    },
    {
      name: 'a password in a URL',
      text: target("provider: files, directory: x, url: 'http://u:p@h'"),
      code: 'bindings/plain-credential',
      line: 3,
      column: 46,
    },
    {
      name: 'a token in plain text',
      text: target('provider: files, directory: x, token: abc'),
      code: 'bindings/plain-credential',
      line: 3,
      column: 48,
    },
    {
      name: 'an address with a path',
      text: 'stacks: {}\naddresses: { a: http://b/c }\n',
      code: 'bindings/wrong-shape',
      line: 2,
      column: 17,
    },
  ])('$name is refused where it stands', ({ text, code, line, column }) => {
    const { bindings, diagnostics } = read(text);
    expect({ bindings, diagnostics }).toMatchObject({
      bindings: null,
      diagnostics: [{ code, severity: 'error', position: { file: 'stacks/bindings/production.yaml', line, column } }],
    });
  });

  it('never repeats a credential', () => {
    const { diagnostics } = read(target("provider: nothing, url: 'http://u:hunter2@h', password: hunter2"));
    expect(diagnostics).toHaveLength(2);
    expect(JSON.stringify(diagnostics)).not.toContain('hunter2');
  });

  it('a file elsewhere may have any name', () => {
    expect(read(good, '../lab.yaml').bindings?.environment).toBe('production');
  });
});

describe('checkBoundTargets', () => {
  const source = { file: 'stacks/x.ts', line: 1, column: 1 };

  it('finds nothing when every target has its place', () => {
    const stacks = [{ name: 'plant-east-1', targets: ['prometheus', 'files'], source }];
    expect(checkBoundTargets(read(good), stacks)).toEqual([]);
  });

  it('finds stacks and targets that are not there, and targets without a place', () => {
    const stacks = [
      { name: 'plant-east-1', targets: ['prometheus', 'grafana'], source },
      { name: 'hq', targets: ['prometheus'], source },
    ];
    const text = good
      .replace('addresses:', '  plant-west-1: {}\naddresses:')
      .replace('plant-west-1: {}', 'plant-west-1: { files: { provider: files, directory: x } }');
    expect(
      checkBoundTargets(read(text), stacks).map(({ code, subject, position }) => [code, subject, position?.line]),
    ).toEqual([
      ['bindings/unknown-stack', 'plant-west-1', 8],
      ['bindings/unknown-target', 'plant-east-1/files', 5],
      ['bindings/target-not-bound', 'plant-east-1/grafana', 1],
      ['bindings/target-not-bound', 'hq/prometheus', 1],
    ]);
  });
});
