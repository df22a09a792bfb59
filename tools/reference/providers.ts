import { wire } from '../../cli/wire.ts';
import type { JsonObject, Provider } from '../../toolkit/model/index.ts';
import { code, page, pageHead, table } from './markdown.ts';

/** `docs/reference/providers.md`: what a bindings file may say of a target, by the schemas that it is checked with. */
export async function renderProviders(): Promise<string> {
  const { providers, optionalProviders = [] } = wire('.opsctl/state', 'generate');
  for (const optional of optionalProviders) await optional.load();
  return page([
    pageHead('Providers', 'the binding schemas of toolkit/providers'),
    'A target in `stacks/bindings/<environment>.yaml` names its provider and gives it these settings. ' +
      'What the settings mean in daily use: [operating](../operating.md).',
    ...providers.map(describeProvider),
  ]);
}

function describeProvider({ name, resourceTypes, bindingSchema }: Provider): string {
  const needed = listOf(bindingSchema.required);
  const settings = Object.entries((bindingSchema.properties ?? {}) as Readonly<Record<string, JsonObject>>);
  return page([
    `## ${name}`,
    `Resource types: ${resourceTypes.map(({ type }) => code(type)).join(', ')}.`,
    table(
      ['Setting', 'Value', 'Needed', 'Meaning'],
      settings.map(([setting, schema]) => [
        code(setting),
        kindOf(schema),
        needed.includes(setting) ? 'yes' : 'no',
        String(schema.description ?? ''),
      ]),
    ),
  ]);
}

function kindOf({ type, enum: options, minimum, maximum, oneOf }: JsonObject): string {
  if (Array.isArray(oneOf)) return oneOf.map((kind: JsonObject) => kindOf(kind)).join(' or ');
  if (Array.isArray(options)) return options.map((option) => code(String(option))).join(', ');
  if (type === 'object') return 'secret reference';
  return type === 'integer' ? `whole number, ${minimum} to ${maximum}` : 'text';
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
