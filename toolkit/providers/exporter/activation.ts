import { existsSync } from 'node:fs';
import path from 'node:path';
import { findChecker } from '../../host/check-program.ts';
import { type Activated, type Activation, accepted, refused, type Verdict } from '../../host/file-set/index.ts';
import { activationByReload, type HttpClient, type Server } from '../../host/http/index.ts';
import { type ProgramResult, runProgram } from '../../host/run-program.ts';
import type { ExporterProgram } from './programs.ts';
import { differencesFromRunning } from './running.ts';
import type { ExporterSettings } from './settings.ts';

/** Lets the exporter check the file where it can, reloads, and looks whether the file is what is loaded. */
export function makeActivation(
  program: ExporterProgram,
  settings: ExporterSettings,
  server: Server | null,
  signal: AbortSignal,
): Activation {
  const check = (directory: string) => checkWithExporter(program, directory, settings, signal);
  if (!program.reloads) {
    const note = `not loaded: ${program.title} reads ${program.file} when it starts, so restart it`;
    return { check, activate: async () => accepted(note) };
  }
  const mainFile = path.join(settings.directory, program.file);
  const verify = (client: HttpClient) => verifyLoaded(program, settings.directory, client);
  const reloading = activationByReload({ program: program.title, settings, mainFile, server, verify });
  return {
    check,
    ...reloading,
    activate: async (changed) => naming(program.file, await reloading.activate?.(changed)),
  };
}

/** An exporter does not always say which file it refuses; whoever is to blame is found by the file's name. */
function naming(file: string, activated: Activated = accepted('')): Activated {
  if (activated.accepted || activated.reason.includes(file)) return activated;
  return { ...activated, reason: `${file}: ${activated.reason}` };
}

async function verifyLoaded(program: ExporterProgram, directory: string, client: HttpClient): Promise<Verdict> {
  const [difference] = await differencesFromRunning(program, directory, client);
  if (difference === undefined) return accepted(program.showsConfig ? 'reloaded and seen live' : 'reloaded');
  return refused(
    `${program.title} at ${client.base} has reloaded, and: ${difference} The url and the directory of the binding may ` +
      'belong to two servers.',
  );
}

async function checkWithExporter(
  { checker, file, title }: ExporterProgram,
  directory: string,
  settings: ExporterSettings,
  signal: AbortSignal,
): Promise<Verdict> {
  if (checker === null) return accepted(`not checked before, ${title} has no way to`);
  const found = await findChecker(settings.check, checker.names);
  if (found.program === null) return accepted(found.note);
  // Without a configuration there is nothing to load either.
  if (!existsSync(path.join(directory, file))) return accepted('');
  const options = { cwd: directory, timeoutMs: settings.timeoutMs, signal };
  const result = await runProgram(found.program, checker.args, options);
  if (result.exitCode === 0) return accepted(`checked by ${title}`);
  return refused(`${title} refuses it: ${file}: ${failureIn(result)}.`);
}

/** It says so in its log: `level=error msg="Error parsing config file" err="yaml: line 1: ..."`, newer ones in JSON too. */
function failureIn({ stderr, exitCode }: ProgramResult): string {
  const error = /level=error .*?err=("(?:[^"\\]|\\.)*"|\S+)/i.exec(stderr)?.[1] ?? '';
  const said = error.startsWith('"') ? (JSON.parse(error) as string) : error || stderr.trim();
  return said === '' ? `exit code ${exitCode} and no message` : said;
}
