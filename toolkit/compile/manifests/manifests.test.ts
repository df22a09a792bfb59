import { describe, expect, it } from 'vitest';
import { defineStack, manifests } from '../../model/index.ts';
import { expandManifests } from './expand-manifests.ts';
import { includedManifests } from './included-manifests.ts';

const call = { file: 'stacks/plant.ts', line: 3, column: 12 };

function read(files: Readonly<Record<string, string>>, pattern = '*.yaml') {
  const found = Object.entries(files).map(([name, text]) => ({
    path: `stacks/manifests/${name}`,
    bytes: new TextEncoder().encode(text),
  }));
  return includedManifests(found, [{ pattern, source: call }]);
}

const map = (name: string, rest = '') => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n${rest}`;

describe('manifest files', () => {
  it('give each document and each member of a list as an object, with the place where it is written', () => {
    const list = 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: { name: c }\n';
    const text = `# a comment\n---\n${map('a')}---\n# nothing\n---\n${map('b')}...\n---\n${list}`;
    const { manifests: found, diagnostics } = read({ 'gate.yaml': text });
    expect(diagnostics).toEqual([]);
    const objects = found.map(({ manifest, source }) => [manifest.kind, manifest.metadata, source.line]);
    expect(objects).toEqual([
      ['ConfigMap', { name: 'a' }, 3],
      ['ConfigMap', { name: 'b' }, 9],
      ['Secret', { name: 'c' }, 17],
    ]);
  });

  it('are those of the pattern, and of the others nothing is told', () => {
    const files = { 'gate/a.yaml': map('a'), 'gate/b.yml': map('b'), 'other.yaml': '{{ broken', 'notes.csv': 'x' };
    const { manifests: found, diagnostics } = read(files, 'gate/*.yaml');
    expect({ files: found.map(({ file }) => file), diagnostics }).toEqual({ files: ['gate/a.yaml'], diagnostics: [] });
  });

  it('that nobody has written are told where they are included, with those that there are', () => {
    expect(read({ 'a.yaml': map('a') }, 'gate/*.yaml').diagnostics).toMatchObject([
      { code: 'manifest-file/no-files', position: call, detail: expect.stringContaining('There are a.yaml.') },
    ]);
  });

  it.each([
    { name: 'values of Helm', text: map('a', 'data:\n  level: "{{ .Values.level }}"\n'), at: [5, 11] },
    { name: 'a name that Helm makes', text: 'kind: A\nmetadata:\n  name: {{ include "x.name" . }}\n', at: [3, 9] },
    { name: 'a condition around a document', text: `{{- if .Values.on }}\n${map('a')}{{- end }}\n`, at: [1, 1] },
    { name: 'a value that somebody else fills in', text: map('a', 'data:\n  level: {{ level }}\n'), at: [5, 10] },
  ])('that are templates are refused: $name', ({ text, at: [line, column] }) => {
    const { manifests: found, diagnostics } = read({ 'a.yaml': text });
    expect(found).toEqual([]);
    expect(diagnostics).toMatchObject([
      { code: 'manifest-file/template', position: { file: 'stacks/manifests/a.yaml', line, column } },
    ]);
  });

  it.each([
    { name: 'annotations of alerts', rest: 'data:\n  text: "{{ $labels.item }} is at {{ $value }}"\n' },
    {
      name: 'a template in a text of several lines',
      rest: 'data:\n  text: |\n    {{ range .Alerts }}{{ end }}\n    a: {{ x }}\n',
    },
  ])('that hold templates for others are none: $name', ({ rest }) => {
    expect(read({ 'a.yaml': map('a', rest) })).toMatchObject({ manifests: [{ file: 'a.yaml' }], diagnostics: [] });
  });

  it.each([
    { name: 'without a version', text: 'kind: A\nmetadata: { name: a }\n', lacks: 'apiVersion' },
    { name: 'without a kind', text: 'apiVersion: v1\nmetadata: { name: a }\n', lacks: 'kind' },
    {
      name: 'without a name',
      text: 'apiVersion: v1\nkind: A\nmetadata: { generateName: a- }\n',
      lacks: 'metadata.name',
    },
    { name: 'that is a text', text: 'just words\n', lacks: 'apiVersion' },
  ])('with a document $name are refused at its place', ({ text, lacks }) => {
    expect(read({ 'a.yaml': `${map('a')}---\n${text}` })).toMatchObject({
      manifests: [{ manifest: { kind: 'ConfigMap' } }],
      diagnostics: [{ code: 'manifest-file/no-object', detail: `It has no ${lacks}.`, position: { line: 5 } }],
    });
  });

  it.each([
    { written: '0644', here: '644', there: '420' },
    { written: 'yes', here: 'a text', there: 'true' },
    { written: 'Off', here: 'a text', there: 'false' },
  ])('with $written, which kubectl reads as $there, are refused', ({ written, here, there }) => {
    const [told, ...more] = read({ 'a.yaml': map('a', `spec:\n  mode: ${written}\n`) }).diagnostics;
    expect(more).toEqual([]);
    expect(told).toMatchObject({
      code: 'manifest-file/two-meanings',
      detail: `${written} is ${here} in YAML 1.2, as it is read here, and ${there} in YAML 1.1, as kubectl reads it.`,
      position: { line: 5, column: 9 },
    });
  });

  it.each(['"0644"', "'yes'", '0', '10', '420', 'true', 'nothing', '0x1f'])('with %s are taken', (written) => {
    expect(read({ 'a.yaml': map('a', `spec:\n  mode: ${written}\n`) }).diagnostics).toEqual([]);
  });

  it('that are no YAML are told with the place', () => {
    expect(read({ 'a.yaml': `${map('a')}---\na: [1\n` }).diagnostics).toMatchObject([
      { code: 'yaml/syntax', position: { file: 'stacks/manifests/a.yaml', line: 6 } },
    ]);
  });
});

describe('a stack that includes manifest files', () => {
  it('includes their objects, each at its place, on the same terms', () => {
    const terms = { reason: 'Of the vendor.', approver: 'lead', until: '2030-01-01' };
    const stack = defineStack({ name: 'plant', tier: 'L1', site: 'hq', team: 'ops', targets: ['kubernetes'] }).include(
      manifests('gate/*.yaml'),
      terms,
    );
    const { manifests: written } = read({ 'gate/a.yaml': `${map('a')}---\n${map('b')}` }, 'gate/*.yaml');
    const [expanded] = expandManifests([stack], [...written, ...read({ 'x.yaml': map('x') }).manifests]);
    expect(
      expanded?.inclusions.map(({ content: { kind, id }, terms: own, source }) => [kind, id, own, source.line]),
    ).toEqual([
      ['kubernetes-object', 'configmap.a', terms, 1],
      ['kubernetes-object', 'configmap.b', terms, 5],
    ]);
  });

  it.each(['/etc/x.yaml', '../x.yaml', 'a/../../x.yaml', 'x.json', ''])('does not reach %s', (pattern) => {
    expect(() => manifests(pattern)).toThrow('a YAML file below stacks/manifests/');
  });
});
