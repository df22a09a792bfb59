import type { Diagnostic } from '../../diagnostics/index.ts';
import { type ConfigurationItem, type JsonObject, jsonEquals, type Resource } from '../../model/index.ts';
import { compileDiagnostics } from '../compile-diagnostics.ts';
import { makeResource, operatedStep } from '../make-resource.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { type CollectedSource, collectors, questionOf } from './collectors.ts';
import type { ScrapeJob } from './targets.ts';

/** The modules that the stack's items need of one collector, each once; null where they need none. */
export function compileCollectorConfig(
  operated: OperatedStack,
  jobs: readonly ScrapeJob[],
  kind: CollectedSource['kind'],
): { readonly resource: Resource | null; readonly diagnostics: readonly Diagnostic[] } {
  const asked = askedItems(jobs, kind);
  const { modules, diagnostics } = collectModules(asked);
  const names = Object.keys(modules).sort();
  if (names.length === 0) return { resource: null, diagnostics };
  const { target, type, what } = collectors[kind];
  const items = asked.map(({ item }) => item);
  const resource = makeResource(operated, {
    type,
    name: 'main',
    target,
    spec: { modules: Object.fromEntries(names.map((name) => [name, modules[name] as JsonObject])) },
    items,
    derivation: [operatedStep(operated, `${items.length} items that are ${what}`)],
    parts: names.map((name) => ({
      name,
      pointer: `/modules/${name}`,
      derivation: [
        {
          kind: 'class-rule',
          subject: name,
          text: `At least one item is ${kind === 'probe' ? 'probed' : 'asked'} with the module ${name}.`,
        },
      ],
    })),
  });
  return { resource, diagnostics };
}

interface AskedItem {
  readonly source: CollectedSource;
  readonly item: ConfigurationItem;
}

function askedItems(jobs: readonly ScrapeJob[], kind: CollectedSource['kind']): readonly AskedItem[] {
  return jobs.flatMap(({ source, items }) =>
    source.kind === 'exporter' || source.kind !== kind ? [] : items.map((item) => ({ source, item })),
  );
}

function collectModules(asked: readonly AskedItem[]): {
  readonly modules: Readonly<Record<string, JsonObject>>;
  readonly diagnostics: readonly Diagnostic[];
} {
  const modules: Record<string, JsonObject> = {};
  const diagnostics: Diagnostic[] = [];
  for (const { source, item } of asked) {
    const question = questionOf(source, item);
    const [name, settings] = [question.module, question.settings()];
    const known = modules[name];
    if (known !== undefined && !jsonEquals(known, settings)) {
      const facts = { module: name, item: item.id };
      const place = { position: item.source, subject: item.id };
      diagnostics.push(compileDiagnostics.create('module-conflict', facts, place));
    }
    modules[name] ??= settings;
  }
  return { modules, diagnostics };
}
