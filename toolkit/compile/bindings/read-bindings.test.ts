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
  it('gives where each target lives, and notes that times are not the declared ones', () => {
    expect(read(good)).toMatchObject({
      diagnostics: [{ code: 'bindings/other-speed', severity: 'notice', position: { line: 10, column: 1 } }],
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
    ...['http://h:99999', 'http://h:abc', 'http://[::1', 'http://:9090'].map((url) => ({
      name: `the URL ${url}`,
      text: target(`provider: prometheus, directory: x, url: '${url}'`),
      code: 'bindings/wrong-url',
      line: 3,
      column: 51,
    })),
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
      name: 'an address with a port that there cannot be',
      text: 'stacks: {}\naddresses: { "a:1": "b:99999" }\n',
      code: 'bindings/wrong-address',
      line: 2,
      column: 21,
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

  const typo = `stacks:
  plant-est-1:
    prometheus: { provider: prometheus, directory: a }
  hq:
    promethues: { provider: prometheus, directory: b }
`;

  it('finds names that look like those of something unbound, and targets without a place', () => {
    const stacks = [
      { name: 'plant-east-1', targets: ['prometheus'], source },
      { name: 'hq', targets: ['prometheus'], source },
    ];
    expect(
      checkBoundTargets(read(typo), stacks).map(({ code, subject, position, hint }) => [
        code,
        subject,
        position?.line,
        hint.split('.')[0],
      ]),
    ).toEqual([
      ['bindings/unknown-stack', 'plant-est-1', 2, 'Did you mean plant-east-1?'],
      [
        'bindings/target-not-bound',
        'plant-east-1/prometheus',
        1,
        'Add prometheus below `stacks: plant-east-1:` in stacks/bindings/production',
      ],
      ['bindings/unknown-target', 'hq/promethues', 5, 'Did you mean prometheus?'],
      [
        'bindings/target-not-bound',
        'hq/prometheus',
        1,
        'Add prometheus below `stacks: hq:` in stacks/bindings/production',
      ],
    ]);
  });

  const former = `stacks:
  plant-1:
    files: { provider: files, directory: a }
  plant-2:
    files: { provider: files, directory: b }
    grafana: { provider: files, directory: c }
`;
  const plant2 = { name: 'plant-2', targets: ['files'], source };

  it('lets a binding stay whose stack or target is not declared any more, and says what comes first', () => {
    const recorded = new Map([
      ['plant-1/files', 3],
      ['plant-2/grafana', 1],
    ]);
    expect(checkBoundTargets(read(former), [plant2], recorded)).toMatchObject([
      {
        code: 'bindings/stack-not-declared',
        severity: 'warning',
        position: { line: 2 },
        detail: 'No stack is named plant-1, but its state still records 3 objects there.',
        hint: 'Remove them with `opsctl destroy --stack plant-1`; take its bindings away after that, not before.',
      },
      {
        code: 'bindings/target-not-declared',
        severity: 'warning',
        position: { line: 6 },
        detail: 'The stack plant-2 declares no target grafana, but its state still records 1 object there.',
        hint: 'The next `opsctl apply --stack plant-2` removes them; take this binding away after that, not before.',
      },
    ]);
  });

  it('says that a binding can go when no state here knows of anything there', () => {
    expect(
      checkBoundTargets(read(former), [plant2]).map(({ code, severity, detail }) => [code, severity, detail]),
    ).toEqual([
      [
        'bindings/stack-not-declared',
        'warning',
        'No stack is named plant-1, and no state here records an object of it.',
      ],
      [
        'bindings/target-not-declared',
        'warning',
        'The stack plant-2 declares no target grafana, and no state here records an object in it.',
      ],
    ]);
  });

  it('takes a recorded stack for what it is, though its name looks like that of an unbound one', () => {
    const stacks = [plant2, { name: 'plant-3', targets: ['files'], source }];
    const codes = (recorded: ReadonlyMap<string, number>) =>
      checkBoundTargets(read(former), stacks, recorded).map(({ code }) => code);
    expect(codes(new Map())).toContain('bindings/unknown-stack');
    expect(codes(new Map([['plant-1/files', 1]]))).not.toContain('bindings/unknown-stack');
  });
});
