import { findProgram, type ProgramName } from '../../tools/programs.ts';

export type RealPrograms<Name extends ProgramName> = {
  readonly available: boolean;
  /** The title for a suite that is skipped when a program is missing: it then says why. */
  readonly title: (title: string) => string;
  readonly path: (name: Name) => string;
};

/**
 * Programs of others to test against, installed before the tests began where that was possible.
 *
 * ```ts
 * const programs = realPrograms(['prometheus', 'promtool']);
 * describe.skipIf(!programs.available)(programs.title('a real Prometheus'), () => { ... programs.path('promtool') ... });
 * ```
 */
export function realPrograms<Name extends ProgramName>(names: readonly Name[]): RealPrograms<Name> {
  const paths = new Map(names.map((name) => [name, findProgram(name)]));
  const missing = names.filter((name) => paths.get(name) === undefined);
  return {
    available: missing.length === 0,
    title: (title) => (missing.length === 0 ? title : `${title} (skipped: ${missing.join(', ')} not installed)`),
    path: (name) => {
      const path = paths.get(name);
      if (path === undefined) throw new Error(`${name} is not installed: guard this test with programs.available.`);
      return path;
    },
  };
}
