import type { Diagnostic } from '../../diagnostics/index.ts';
import { type FileKind, fileNameOf } from '../../host/file-set/index.ts';
import type { JsonObject, Resource } from '../../model/index.ts';
import { badSpec } from './config.ts';

export const templatesFolder = 'templates';

/** A file of notification templates: `{ name, text }` lies in `templates/<name>.tmpl`. */
export const templateKind: FileKind<JsonObject> = {
  type: 'alertmanager-template',
  path: (spec) => `${templatesFolder}/${fileNameOf(nameOf(spec))}.tmpl`,
  print: (spec) => String(spec.text),
  parse: (text, known) => ({ state: 'present', spec: { name: nameOf(known), text } }),
  identity: (spec) => ({ name: nameOf(spec) }),
};

export function validateTemplate(resource: Resource): readonly Diagnostic[] {
  const { name, text } = resource.spec;
  if (typeof name !== 'string' || name === '') return [badSpec(resource, '/name', 'a text')];
  return typeof text === 'string' ? [] : [badSpec(resource, '/text', 'a text')];
}

function nameOf(spec: JsonObject): string {
  return String(spec.name);
}
