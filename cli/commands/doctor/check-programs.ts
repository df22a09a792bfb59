import { findProgram } from '../../../toolkit/host/run-program.ts';
import { type Check, ok } from './check.ts';

/** Node itself, and the programs that make a check before a reload possible. */
export async function checkPrograms(): Promise<readonly Check[]> {
  return [checkNode(), ...(await Promise.all(programs.map(checkProgram)))];
}

const programs = [
  { name: 'git', use: 'state in Git and change records need it', install: 'Install git.' },
  {
    name: 'promtool',
    use: 'without it, Prometheus files are not checked before a reload',
    install: 'Install the package prometheus, or name it as `check` in the binding.',
  },
  {
    name: 'amtool',
    use: 'without it, the Alertmanager configuration is not checked before a reload',
    install: 'Install the package prometheus-alertmanager, or name it as `check` in the binding.',
  },
];

function checkNode(): Check {
  const major = Number.parseInt(process.versions.node, 10);
  const detail = `${process.versions.node} (${process.execPath})`;
  if (major >= 26) return ok('node', detail);
  return { name: 'node', status: 'problem', detail, remedy: 'Run opsctl by its own launcher, which brings Node 26.' };
}

async function checkProgram({ name, use, install }: (typeof programs)[number]): Promise<Check> {
  const path = await findProgram(name);
  return path === null ? { name, status: 'warning', detail: `not found; ${use}`, remedy: install } : ok(name, path);
}
