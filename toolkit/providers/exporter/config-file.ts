import type { Diagnostic } from '../../diagnostics/index.ts';
import { type FileKind, managedHeader } from '../../host/file-set/index.ts';
import { printYaml, readYamlMapping } from '../../languages/yaml/index.ts';
import { isJsonObject, type JsonObject, type Resource } from '../../model/index.ts';
import { exporterDiagnostics } from './diagnostics.ts';
import { canonicalModules, type ExporterProgram } from './programs.ts';
import type { FileLayout } from './settings.ts';

export function configType({ name }: ExporterProgram): string {
  return `${name}-config`;
}

/** The modules of one exporter, one file per target: `{ modules: { if_mib: { walk: [...] } } }`. */
export function configKind(program: ExporterProgram, layout: FileLayout): FileKind<JsonObject> {
  return {
    type: configType(program),
    path: () => program.file,
    print: (spec) => managedHeader + printYaml(program.write(isJsonObject(spec.modules) ? spec.modules : {}, layout)),
    parse(text) {
      const read = readYamlMapping(text, program.file);
      if (read.kind === 'unreadable') return { state: 'malformed', reason: read.reason, spec: {} };
      return { state: 'present', spec: canonicalModules(program, program.read(read.value)) };
    },
    identity: () => ({}),
  };
}

export function validateConfig(resource: Resource): readonly Diagnostic[] {
  const { modules } = resource.spec;
  if (!isJsonObject(modules)) return [badSpec(resource, '/modules')];
  return Object.entries(modules)
    .filter(([, module]) => !isJsonObject(module))
    .map(([name]) => badSpec(resource, `/modules/${name}`));
}

function badSpec(resource: Resource, pointer: string): Diagnostic {
  const occurrence = { position: resource.source, subject: resource.address };
  return exporterDiagnostics.create('bad-spec', { pointer, expected: 'an object' }, occurrence);
}
