import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../diagnostics/index.ts';
import { findChecker } from '../check-program.ts';
import type { HttpClient } from './client.ts';
import type { EndpointSettings } from './endpoint-settings.ts';
import type { Server } from './server.ts';

interface Check {
  readonly subject: 'server' | 'configuration' | 'reload' | 'checker';
  readonly status: 'ok' | 'not-asked' | 'warning' | 'problem';
  readonly detail: string;
  readonly remedy: string | null;
}

export interface InspectedProgram {
  /** What the program is called in messages. */
  readonly program: string;
  readonly settings: EndpointSettings & { readonly check: unknown };
  readonly server: Server | null;
  /** Path that answers with 200 when the program works. */
  readonly readyPath: string;
  /** Absolute path of the file that it should have been started with. */
  readonly mainFile: string;
  /** Names of the program's own checker. */
  readonly checkers: readonly string[];
  facts(client: HttpClient): Promise<ServerFacts>;
}

export interface ServerFacts {
  readonly version: string;
  /** As it was started with; null where it does not say. */
  readonly configFile: string | null;
  readonly takesReload: boolean;
}

/** What can be known of a server of the Prometheus family without changing anything. */
export async function inspectServer(inspected: InspectedProgram): Promise<readonly Check[]> {
  return [...(await serverChecks(inspected)), await checkerCheck(inspected)];
}

async function serverChecks(inspected: InspectedProgram): Promise<readonly Check[]> {
  const { program, server, settings } = inspected;
  if (server === null) {
    const detail = 'not asked: the binding has no url, so nothing is reloaded either';
    return [{ subject: 'server', status: 'not-asked', detail, remedy: null }];
  }
  const { client } = server;
  try {
    const { status } = await client.request(inspected.readyPath);
    if (status !== 200) {
      const detail = `${program} at ${client.base} answers and is not ready (status ${status})`;
      return [problem('server', detail, 'Wait until it has started; its log says what it waits for.')];
    }
    const facts = await inspected.facts(client);
    return [
      ok('server', `${program} ${facts.version} at ${client.base}, ready`),
      await configCheck(inspected, facts.configFile),
      reloadCheck(settings, facts),
    ];
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    const { summary, detail, hint } = cause.diagnostic;
    return [problem('server', `${summary}. ${detail}`, hint)];
  }
}

/** A path of another machine or container may look otherwise and be the same file: that is a warning. */
async function configCheck({ program, mainFile }: InspectedProgram, configFile: string | null): Promise<Check> {
  if (configFile === null) return ok('configuration', `${program} does not say which file it was started with`);
  const isSame = path.isAbsolute(configFile)
    ? (await realPath(configFile)) === (await realPath(mainFile))
    : mainFile.endsWith(`/${path.normalize(configFile)}`);
  if (isSame && !existsSync(mainFile)) return isGone(configFile);
  if (isSame) return ok('configuration', configFile);
  return {
    subject: 'configuration',
    status: 'warning',
    detail: `${program} was started with ${configFile}, and opsctl writes ${mainFile}`,
    remedy: `Start it with --config.file=${mainFile}, or correct the directory or the url in the binding.`,
  };
}

function isGone(configFile: string): Check {
  return {
    subject: 'configuration',
    status: 'warning',
    detail: `${configFile} is not there: the server goes on with what it had until it is stopped`,
    remedy: null,
  };
}

async function realPath(file: string): Promise<string> {
  return await realpath(file).catch(() => path.normalize(file));
}

function reloadCheck({ reload }: EndpointSettings, { takesReload }: ServerFacts): Check {
  if (reload === 'none') return ok('reload', 'not by opsctl, the binding says so');
  if (takesReload) return ok('reload', 'allowed');
  return problem('reload', 'refused', 'Start it with --web.enable-lifecycle, or set reload: none in the binding.');
}

async function checkerCheck({ settings, checkers, server }: InspectedProgram): Promise<Check> {
  try {
    const { program: checker, note } = await findChecker(settings.check, checkers);
    if (checker !== null) return ok('checker', `${checker}${settings.check === undefined ? ', found on PATH' : ''}`);
    if (settings.check === 'none') return ok('checker', note);
    const remedy = `Install ${checkers[0]}, or name its path as \`check\` in the binding.`;
    const consequence =
      server === null ? 'nothing checks the files before a program reads them' : 'only the server itself refuses';
    const detail = `there is no ${checkers.join(' or ')} on PATH, so ${consequence}`;
    return { subject: 'checker', status: 'warning', detail, remedy };
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    return problem('checker', cause.diagnostic.detail, cause.diagnostic.hint);
  }
}

function ok(subject: Check['subject'], detail: string): Check {
  return { subject, status: 'ok', detail, remedy: null };
}

function problem(subject: Check['subject'], detail: string, remedy: string): Check {
  return { subject, status: 'problem', detail, remedy };
}
