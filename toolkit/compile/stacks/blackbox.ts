import type { Diagnostic } from '../../diagnostics/index.ts';
import { type JsonObject, jsonEquals, type Resource } from '../../model/index.ts';
import { compileDiagnostics } from '../compile-diagnostics.ts';
import { makeResource, operatedStep } from '../make-resource.ts';
import type { OperatedStack } from '../operated-stack.ts';
import type { ScrapeJob } from './targets.ts';

/** The probe modules that the stack's items need, each once. */
export function compileBlackbox(
  operated: OperatedStack,
  jobs: readonly ScrapeJob[],
): { readonly resource: Resource | null; readonly diagnostics: readonly Diagnostic[] } {
  const modules: Record<string, JsonObject> = {};
  const diagnostics: Diagnostic[] = [];
  const probed = jobs.flatMap((job) => job.items.map((item) => ({ source: job.source, item })));
  for (const { source, item } of probed) {
    if (source.kind !== 'probe') continue;
    const { name, settings } = source.module(item.attributes);
    const known = modules[name];
    if (known !== undefined && !jsonEquals(known, settings)) {
      diagnostics.push(
        compileDiagnostics.create(
          'module-conflict',
          { module: name, item: item.id },
          { position: item.source, subject: item.id },
        ),
      );
    }
    modules[name] ??= settings;
  }
  const names = Object.keys(modules).sort();
  if (names.length === 0) return { resource: null, diagnostics };
  const items = probed.filter(({ source }) => source.kind === 'probe').map(({ item }) => item);
  const resource = makeResource(operated, {
    type: 'blackbox-config',
    name: 'main',
    target: 'blackbox',
    spec: { modules: Object.fromEntries(names.map((name) => [name, modules[name] as JsonObject])) },
    items,
    derivation: [operatedStep(operated, `${items.length} items that are probed from outside`)],
    parts: names.map((name) => ({
      name,
      pointer: `/modules/${name}`,
      derivation: [{ kind: 'class-rule', subject: name, text: `At least one item is probed with the module ${name}.` }],
    })),
  });
  return { resource, diagnostics };
}
