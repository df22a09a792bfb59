import type { Diagnostic } from '../../diagnostics/index.ts';
import { type FileKind, managedHeader } from '../../host/file-set/index.ts';
import { printYaml, readYamlMapping } from '../../languages/yaml/index.ts';
import { isJsonObject, type JsonObject, type Resource } from '../../model/index.ts';
import { canonicalConfig } from './canonical-config.ts';
import { blackboxDiagnostics } from './diagnostics.ts';

export const configFile = 'blackbox.yml';

/** The probe modules, one file per target: `{ modules: { http_2xx: { prober: 'http' } } }`. */
export const configKind: FileKind<JsonObject> = {
  type: 'blackbox-config',
  path: () => configFile,
  print: (spec) => managedHeader + printYaml({ modules: spec.modules ?? {} }),
  parse(text) {
    const read = readYamlMapping(text, configFile);
    if (read.kind === 'unreadable') return { state: 'malformed', reason: read.reason, spec: {} };
    return { state: 'present', spec: canonicalConfig(read.value) };
  },
  identity: () => ({}),
};

const probers: readonly string[] = ['http', 'tcp', 'icmp', 'dns', 'grpc'];

export function validateConfig(resource: Resource): readonly Diagnostic[] {
  const { modules } = resource.spec;
  if (!isJsonObject(modules)) return [badSpec(resource, '/modules', 'an object')];
  return Object.entries(modules).flatMap(([name, module]) => {
    const prober = isJsonObject(module) ? module.prober : undefined;
    if (typeof prober === 'string' && probers.includes(prober)) return [];
    return [badSpec(resource, `/modules/${name}/prober`, `one of ${probers.join(', ')}`)];
  });
}

function badSpec(resource: Resource, pointer: string, expected: string): Diagnostic {
  const occurrence = { position: resource.source, subject: resource.address };
  return blackboxDiagnostics.create('bad-spec', { pointer, expected }, occurrence);
}
