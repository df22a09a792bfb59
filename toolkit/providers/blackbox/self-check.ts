import { existsSync } from 'node:fs';
import path from 'node:path';
import { findChecker } from '../../host/check-program.ts';
import { accepted, refused, type Verdict } from '../../host/file-set/index.ts';
import { type ProgramResult, runProgram } from '../../host/run-program.ts';
import { configFile } from './config.ts';
import type { BlackboxSettings } from './settings.ts';

/** The exporter itself, as it is called by itself and in Debian. */
export const checkerNames = ['blackbox_exporter', 'prometheus-blackbox-exporter'];

/** The exporter has no tool beside it: it judges a configuration itself and ends. */
export async function checkWithExporter(
  directory: string,
  settings: BlackboxSettings,
  signal: AbortSignal,
): Promise<Verdict> {
  const checker = await findChecker(settings.check, checkerNames);
  if (checker.program === null) return accepted(checker.note);
  // Without a configuration there is nothing to load either.
  if (!existsSync(path.join(directory, configFile))) return accepted('');
  const options = { cwd: directory, timeoutMs: settings.timeoutMs, signal };
  const result = await runProgram(checker.program, ['--config.check', `--config.file=${configFile}`], options);
  if (result.exitCode === 0) return accepted('checked by blackbox_exporter');
  return refused(`blackbox_exporter refuses it: ${configFile}: ${failureIn(result)}.`);
}

/** It says so in its log: `level=error msg="Error loading config" err="error parsing config file: ..."`. */
function failureIn({ stderr, exitCode }: ProgramResult): string {
  const error = /level=error .*?err=("(?:[^"\\]|\\.)*"|\S+)/i.exec(stderr)?.[1] ?? '';
  const said = error.startsWith('"') ? (JSON.parse(error) as string) : error || stderr.trim();
  return said.replace(/^error parsing config file: /, '') || `exit code ${exitCode} and no message`;
}
