import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { findChecker } from '../../host/check-program.ts';
import { fileFailure, isErrorCode } from '../../host/file-failure.ts';
import { accepted, managedHeader, refused, type Verdict } from '../../host/file-set/index.ts';
import { pathsNamedIn } from '../../host/file-set/paths-named-in.ts';
import { type ProgramResult, runProgram } from '../../host/run-program.ts';
import { configFile } from './config.ts';
import { rulesFolder } from './rules.ts';
import type { PrometheusSettings } from './settings.ts';

/** Lets promtool judge a directory: the main configuration with all it names, or the rules alone where there is none. */
export async function checkWithPromtool(
  directory: string,
  settings: PrometheusSettings,
  signal: AbortSignal,
): Promise<Verdict> {
  const checker = await findChecker(settings.check, ['promtool']);
  if (checker.program === null) return accepted(checker.note);
  const subject = await subjectOf(directory);
  if (subject === null) return accepted('');
  // The working directory makes the paths in messages the same as in the target.
  const options = { cwd: directory, timeoutMs: settings.timeoutMs, signal };
  const result = await runProgram(checker.program, ['check', ...subject], options);
  if (result.exitCode === 0) return accepted('checked by promtool');
  const failures = failuresIn(result);
  return refused(`promtool refuses it: ${failures}.${await sayWhose(directory, failures)}`);
}

/** What opsctl did not write it does not correct either, and it keeps every change from being loaded. */
async function sayWhose(directory: string, failures: string): Promise<string> {
  const paths = (await namesIn(path.join(directory, rulesFolder))).map((name) => `${rulesFolder}/${name}`);
  const foreign: string[] = [];
  for (const file of pathsNamedIn(failures, paths)) {
    // What is checked is a copy made of links, so they are followed here too.
    const text = await readFile(path.join(directory, file), 'utf8').catch(() => managedHeader);
    if (!text.startsWith(managedHeader)) foreign.push(file);
  }
  return foreign
    .map((file) => ` opsctl has not written ${file}: whoever keeps that file has to correct it, or to take it away.`)
    .join('');
}

async function subjectOf(directory: string): Promise<readonly string[] | null> {
  // What is checked is a copy made of links, so links are followed here.
  if ((await namesIn(directory)).includes(configFile)) return ['config', configFile];
  const rules = (await namesIn(path.join(directory, rulesFolder))).filter((name) => /\.ya?ml$/.test(name));
  return rules.length === 0 ? null : ['rules', ...rules.map((name) => `${rulesFolder}/${name}`)];
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (isErrorCode(cause, 'ENOENT', 'ENOTDIR')) return [];
    throw fileFailure('list', folder, cause);
  }
}

/** What comes after each `FAILED:`, each once, without what went well. */
function failuresIn({ stdout, stderr, exitCode }: ProgramResult): string {
  const failures = `${stderr}\n${stdout}`
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== 'FAILED:' && !/^(Checking |SUCCESS: )/.test(line))
    .map((line) => line.replace(/^FAILED: /, ''));
  return [...new Set(failures)].join('; ').replace(/\.$/, '') || `exit code ${exitCode} and no message`;
}
