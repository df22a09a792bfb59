import { findProgram } from '../../../toolkit/host/run-program.ts';
import { findUnpackedChecker } from '../../../toolkit/host/unpacked-programs.ts';
import { type Check, ok } from './check.ts';

/** Node itself, and the programs that make a check before a reload possible. */
export async function checkPrograms(): Promise<readonly Check[]> {
  return [checkNode(), ...(await Promise.all(programs.map(checkProgram)))];
}

interface Program {
  readonly name: string;
  readonly use: string;
  readonly install: string;
  /** A private copy that the quickstart may have unpacked, and what takes it. */
  readonly unpacked?: { readonly name: 'promtool' | 'amtool'; readonly use: string };
}

const programs: readonly Program[] = [
  { name: 'git', use: 'state in Git and change records need it', install: 'Install git.' },
  {
    name: 'promtool',
    use: 'without it, Prometheus files are not checked before a reload',
    unpacked: { name: 'promtool', use: '`opsctl test` uses it' },
    install: 'Install the package prometheus, or name it as `check` in the binding.',
  },
  {
    name: 'amtool',
    use: 'without it, the Alertmanager configuration is not checked before a reload',
    unpacked: { name: 'amtool', use: 'nothing uses it by itself' },
    install: 'Install the package prometheus-alertmanager, or name it as `check` in the binding.',
  },
];

function checkNode(): Check {
  const major = Number.parseInt(process.versions.node, 10);
  const detail = `${process.versions.node} (${process.execPath})`;
  if (major >= 26) return ok('node', detail);
  return { name: 'node', status: 'problem', detail, remedy: 'Run opsctl by its own launcher, which brings Node 26.' };
}

async function checkProgram({ name, use, install, unpacked }: Program): Promise<Check> {
  const path = await findProgram(name);
  if (path !== null) return ok(name, path);
  const copy = unpacked === undefined ? null : findUnpackedChecker(unpacked.name);
  if (copy === null) return { name, status: 'warning', detail: `not found; ${use}`, remedy: install };
  // A checker of another version than the server may refuse what the server takes: nobody gets one unasked.
  const detail = `not on PATH; ${unpacked?.use}: ${copy} (from the quickstart)`;
  const remedy = `Before a reload only one on PATH or in a binding is used: \`check: ${copy}\` where the server is of its version.`;
  return { name, status: 'warning', detail, remedy };
}
