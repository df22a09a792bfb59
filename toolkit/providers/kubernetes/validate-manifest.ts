import type { Diagnostic } from '../../diagnostics/index.ts';
import {
  findOversize,
  identityOf,
  isClusterScoped,
  isMapping,
  mappingOf,
  textOf,
} from '../../languages/kubernetes/index.ts';
import type { Resource } from '../../model/index.ts';
import { kubernetesDiagnostics } from './diagnostics.ts';

// What a name in a path of the API may hold; names of roles have colons, of most kinds they are DNS names.
const namePattern = /^[a-z0-9]([a-zA-Z0-9.:_-]{0,251}[a-z0-9])?$/;
const namespacePattern = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const apiVersionPattern = /^([a-z0-9.-]+\/)?v[0-9][a-z0-9]*$/;
const kindPattern = /^[A-Z][A-Za-z0-9]*$/;

/** What any cluster would refuse, as far as it can be known without one. */
export function validateManifest(resource: Resource): readonly Diagnostic[] {
  const shape = shapeProblems(resource);
  if (shape.length > 0) return shape;
  return [...serverFields(resource), ...oversize(resource)];
}

function shapeProblems(resource: Resource): readonly Diagnostic[] {
  const { apiVersion, kind, metadata } = resource.spec;
  const { name, namespace, labels, annotations } = mappingOf(metadata);
  const isGlobal = isClusterScoped(textOf(apiVersion), textOf(kind));
  const problems: readonly (readonly [boolean, string, string])[] = [
    [apiVersionPattern.test(textOf(apiVersion)), '/apiVersion', 'a version such as v1 or apps/v1'],
    [
      kindPattern.test(textOf(kind)) && !textOf(kind).endsWith('List'),
      '/kind',
      'a kind such as ConfigMap, one object in each manifest',
    ],
    [namePattern.test(textOf(name)), '/metadata/name', 'a name of lower-case letters, digits, dashes and dots'],
    [
      namespace === undefined || namespacePattern.test(textOf(namespace)),
      '/metadata/namespace',
      'a name of lower-case letters, digits and dashes',
    ],
    [namespace === undefined || !isGlobal, '/metadata/namespace', `left out: ${textOf(kind)} belongs to no namespace`],
    [isTexts(labels), '/metadata/labels', 'texts by name'],
    [isTexts(annotations), '/metadata/annotations', 'texts by name'],
  ];
  return problems
    .filter(([isRight]) => !isRight)
    .map(([, pointer, expected]) =>
      kubernetesDiagnostics.create('bad-manifest', { pointer, expected }, occurrenceOf(resource)),
    );
}

function isTexts(value: unknown): boolean {
  if (value === undefined) return true;
  return isMapping(value as never) && Object.values(value as object).every((text) => typeof text === 'string');
}

const ofServer = [
  'creationTimestamp',
  'deletionTimestamp',
  'generateName',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
];

function serverFields(resource: Resource): readonly Diagnostic[] {
  const metadata = mappingOf(resource.spec.metadata);
  const pointers = ofServer.filter((name) => metadata[name] !== undefined).map((name) => `/metadata/${name}`);
  const all = resource.spec.status === undefined ? pointers : [...pointers, '/status'];
  return all.length === 0
    ? []
    : [kubernetesDiagnostics.create('server-field', { pointers: all }, occurrenceOf(resource))];
}

function oversize(resource: Resource): readonly Diagnostic[] {
  const { kind } = identityOf(resource.spec);
  return findOversize(resource.spec).map(({ pointer, bytes, maxBytes }) => {
    const what = pointer === '' ? `The ${kind}` : `${pointer} of the ${kind}`;
    return kubernetesDiagnostics.create('too-large', { what, bytes, maxBytes }, occurrenceOf(resource));
  });
}

function occurrenceOf({ source, address }: Resource) {
  return { position: source, subject: address };
}
