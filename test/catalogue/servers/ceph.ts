import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runProgram } from '../../../toolkit/host/run-program.ts';
import { programsFolder } from '../../../toolkit/host/unpacked-programs.ts';
import { realPrograms } from '../../support/programs.ts';
import type { Measured } from './measured.ts';

const python = '/usr/bin/python3';

const module = realPrograms(['ceph-mgr-prometheus']);

export const cephPrograms = {
  available: module.available && existsSync(python),
  title: (title: string) => (existsSync(python) ? module.title(title) : `${title} (skipped: ${python} is not there)`),
};

/** A cluster is too much for a test; the module of its manager says by itself what it would serve. */
export async function measureCeph(): Promise<Measured> {
  const modules = dirname(dirname(module.path('ceph-mgr-prometheus')));
  const manager = join(programsFolder(), 'ceph-mgr', 'usr/share/ceph/mgr');
  const script = join(import.meta.dirname, 'ceph-metrics.py');
  const result = await runProgram(python, ['-B', script, modules, manager], { timeoutMs: 30_000 });
  if (result.exitCode !== 0) throw new Error(result.stderr);
  return { page: result.stdout };
}
