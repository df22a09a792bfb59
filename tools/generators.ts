import { renderCatalogue } from './reference/catalogue.ts';
import { renderCommands } from './reference/commands.ts';
import { renderContentApi } from './reference/content-api.ts';
import { renderDiagnostics } from './reference/diagnostics.ts';
import { renderLint } from './reference/lint.ts';
import { renderMetricTypes } from './reference/metric-types.ts';
import { renderPolicies } from './reference/policies.ts';
import { renderProviders } from './reference/providers.ts';

/** Makes files that are committed because people read them, or their diff. */
export type Generator = {
  readonly name: string;
  /** The whole text of each file, by its path from the repository's root. */
  readonly generate: () => Promise<ReadonlyMap<string, string>>;
};

/** Run by `npm run generate`; `npm run check` fails when a file on the disk differs from what they give. */
export const generators: readonly Generator[] = [
  reference('commands', renderCommands),
  reference('content', renderContentApi),
  reference('catalogue', renderCatalogue),
  reference('policies', renderPolicies),
  reference('lint', renderLint),
  reference('providers', renderProviders),
  reference('diagnostics', renderDiagnostics),
  {
    name: 'types of metrics for the linter',
    generate: async () => new Map([['toolkit/lint/facts/metric-types.generated.ts', await renderMetricTypes()]]),
  },
];

function reference(name: string, render: () => Promise<string>): Generator {
  return {
    name: `reference of ${name}`,
    generate: async () => new Map([[`docs/reference/${name}.md`, await render()]]),
  };
}
