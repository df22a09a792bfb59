import type { Tool } from '../run-tool.ts';

export type Step = { readonly name: string; readonly tool: Tool };

/** What `npm run check` runs, the slowest first, so that the others end while it still works. */
export const steps: readonly Step[] = [
  { name: 'dead code', tool: ['node_modules/knip/bin/knip.js', '--no-progress'] },
  { name: 'types', tool: ['node_modules/@typescript/native/bin/tsc'] },
  {
    name: 'format and lint',
    tool: ['node_modules/@biomejs/biome/bin/biome', 'check', '--colors=off', '--diagnostic-level=warn', '.'],
  },
  { name: 'architecture', tool: ['node_modules/vitest/vitest.mjs', 'run', '--mode', 'architecture'] },
  { name: 'generated files', tool: ['tools/generate.ts', '--check'] },
];
