import { describe, expect, it } from 'vitest';
import { fieldManagers, heldPointers, mergeTrees, noFields, parseFields, withoutField } from './managed-fields.ts';
import type { Manifest } from './manifest.ts';
import { inWordsOf, projectFields } from './project-fields.ts';

const container = 'k:{"name":"gate"}';
const port = 'k:{"containerPort":8080,"protocol":"TCP"}';
const all = parseFields({
  'f:spec': {
    'f:replicas': {},
    'f:selector': {},
    'f:paused': {},
    'f:finalizers': { '.': {}, 'v:"a"': {}, 'v:"b"': {} },
    'f:containers': {
      [container]: {
        '.': {},
        'f:name': {},
        'f:image': {},
        'f:args': {},
        'f:ports': { [port]: { '.': {}, 'f:containerPort': {} } },
      },
      'k:{"name":"sidecar"}': { '.': {}, 'f:name': {}, 'f:image': {} },
    },
  },
});

const live = {
  spec: {
    replicas: 5,
    paused: false,
    selector: { a: 'b', c: 'd' },
    finalizers: ['a', 'b'],
    containers: [
      { name: 'sidecar', image: 'mesh:1' },
      {
        name: 'gate',
        image: 'gate:1',
        args: ['--a'],
        ports: [{ containerPort: 8080, protocol: 'TCP' }],
        policy: 'Always',
      },
    ],
  },
};

const project = (wanted: Manifest, own = noFields) => projectFields(live, wanted, { own, all });

describe('of a live object there remains', () => {
  it.each<{ name: string; wanted: Manifest; found: Manifest }>([
    { name: 'what is declared, and no default', wanted: { spec: { replicas: 3 } }, found: { spec: { replicas: 5 } } },
    { name: 'nothing where nothing is', wanted: { spec: { strategy: 'x' } }, found: { spec: {} } },
    {
      name: 'a mapping that one hand writes, as a whole',
      wanted: { spec: { selector: { a: 'b' } } },
      found: { spec: { selector: { a: 'b', c: 'd' } } },
    },
    {
      name: 'an element by its key, without those of others, and with the key that it leaves to the server',
      wanted: { spec: { containers: [{ name: 'gate', image: 'gate:2', ports: [{ containerPort: 8080 }] }] } },
      found: { spec: { containers: [{ name: 'gate', image: 'gate:1', ports: [{ containerPort: 8080 }] }] } },
    },
    {
      name: 'a list without keys as a whole',
      wanted: { spec: { containers: [{ name: 'gate', args: [] }] } },
      found: { spec: { containers: [{ name: 'gate', args: ['--a'] }] } },
    },
    {
      name: 'of a set what is declared',
      wanted: { spec: { finalizers: ['b', 'z'] } },
      found: { spec: { finalizers: ['b'] } },
    },
  ])('$name', ({ wanted, found }) => {
    expect(project(wanted)).toEqual(found);
  });

  it('what is ours, also where it is not declared any more', () => {
    const own = parseFields({
      'f:spec': { 'f:paused': {}, 'f:containers': { 'k:{"name":"sidecar"}': { '.': {}, 'f:image': {} } } },
    });
    expect(project({ spec: { replicas: 3, containers: [{ name: 'gate', image: 'x' }] } }, own)).toEqual({
      spec: {
        replicas: 5,
        paused: false,
        containers: [{ name: 'gate', image: 'gate:1' }, { image: 'mesh:1' }],
      },
    });
  });

  it('of a mapping that is declared empty nothing that others have put into it', () => {
    const own = parseFields({ 'f:data': {} });
    const others = parseFields({ 'f:data': { '.': {}, 'f:theirs': {} } });
    const object = { data: { theirs: 'x' } };
    expect(projectFields(object, { data: {} }, { own, all: mergeTrees([own, others]) })).toEqual({ data: {} });
  });

  it('nothing of a label that is left out of what is ours, not even the place of labels', () => {
    const own = parseFields({ 'f:metadata': { 'f:labels': { 'f:opsctl/stack': {} } }, 'f:data': { 'f:a': {} } });
    const left = withoutField(own, ['metadata', 'labels', 'opsctl/stack']);
    const object = { metadata: { labels: { 'opsctl/stack': 'plant', other: 'x' } }, data: { a: '1', b: '2' } };
    expect(projectFields(object, {}, { own: left, all: own })).toEqual({ data: { a: '1' } });
  });
});

describe('what somebody holds', () => {
  it('is told by pointers into the manifest', () => {
    const wanted = {
      spec: {
        replicas: 1,
        containers: [{ name: 'other' }, { name: 'gate', image: 'x', ports: [{ containerPort: 8080 }] }],
      },
    };
    expect(heldPointers(all, wanted)).toEqual([
      '/spec/replicas',
      '/spec/containers/1/name',
      '/spec/containers/1/image',
      '/spec/containers/1/ports/0/containerPort',
    ]);
  });

  it('is not a mapping in which it holds nothing', () => {
    const shell = parseFields({ 'f:metadata': { 'f:labels': { '.': {} }, 'f:annotations': { '.': {}, 'f:a': {} } } });
    const wanted = { metadata: { labels: { b: 'c' }, annotations: { a: 'x', b: 'y' } } };
    expect(heldPointers(shell, wanted)).toEqual(['/metadata/annotations/a']);
  });

  it('is read from the object, with its writer', () => {
    const managedFields = [
      { manager: 'kubectl', operation: 'Apply', fieldsV1: { 'f:data': { 'f:a~b/c': {} } } },
      { manager: 'controller', operation: 'Update', subresource: 'status', fieldsV1: {} },
    ];
    const managers = fieldManagers({ metadata: { managedFields } });
    expect(managers.map(({ name, operation, subresource }) => [name, operation, subresource])).toEqual([
      ['kubectl', 'Apply', ''],
      ['controller', 'Update', 'status'],
    ]);
    const tree = mergeTrees(managers.map((manager) => manager.tree));
    expect(heldPointers(tree, { data: { 'a~b/c': 'x' } })).toEqual(['/data/a~0b~1c']);
  });
});

describe('in the words of the manifest', () => {
  it('stands what the server would not change, and what it would change as it is', () => {
    const wanted = { cpu: '0.5', list: [], image: 'a:2', ports: [{ number: '80' }], gone: 'x' };
    const seen = { cpu: '500m', image: 'a:1', ports: [{ number: 80 }] };
    const applied = { cpu: '500m', image: 'a:2', ports: [{ number: 80 }], gone: 'x' };
    expect(inWordsOf(wanted, seen, applied)).toEqual({ cpu: '0.5', list: [], image: 'a:1', ports: [{ number: '80' }] });
  });
});
