import { existsSync } from 'node:fs';
import path from 'node:path';
import { findChecker } from '../../host/check-program.ts';
import { accepted, refused, type Verdict } from '../../host/file-set/index.ts';
import { type ProgramResult, runProgram } from '../../host/run-program.ts';
import { configFile } from './config.ts';
import type { AlertmanagerSettings } from './settings.ts';
import { templatesFolder } from './template.ts';

/** Lets amtool judge the configuration in a directory, with the templates that it names. */
export async function checkWithAmtool(
  directory: string,
  settings: AlertmanagerSettings,
  signal: AbortSignal,
): Promise<Verdict> {
  const checker = await findChecker(settings.check, ['amtool']);
  if (checker.program === null) return accepted(checker.note);
  // Without a configuration there is nothing to load either.
  if (!existsSync(path.join(directory, configFile))) return accepted('');
  const options = { cwd: directory, timeoutMs: settings.timeoutMs, signal };
  const result = await runProgram(checker.program, ['check-config', configFile], options);
  return result.exitCode === 0 ? accepted('checked by amtool') : refused(`amtool refuses it: ${failureIn(result)}.`);
}

/** amtool names a template without its folder, and says of the configuration only what is wrong with it. */
function failureIn({ stdout, stderr, exitCode }: ProgramResult): string {
  const failure = /FAILED: (.+)/s.exec(stdout)?.[1]?.trim() ?? stderr.trim();
  const said = failure.replace(/\.$/, '') || `exit code ${exitCode} and no message`;
  const template = /^template: (.+)$/s.exec(said)?.[1];
  return template === undefined ? `${configFile}: ${said}` : `${templatesFolder}/${template}`;
}
