import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../diagnostics/index.ts';
import { findChecker } from '../check-program.ts';
import type { HttpClient } from './client.ts';
import type { EndpointSettings } from './endpoint-settings.ts';
import type { Server } from './server.ts';
import { unknownVersion } from './started-with.ts';

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
    if (status !== 200) return [notReady(program, client.base, inspected.readyPath, status)];
    const facts = await askFacts(inspected, client);
    if ('status' in facts) return [facts];
    return [
      saysWho(program, facts.version, client.base),
      await configCheck(inspected, facts.configFile),
      reloadCheck(settings, facts),
    ];
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    const { summary, detail, hint } = cause.diagnostic;
    return [problem('server', `${summary}. ${detail}`, hint)];
  }
}

/** Another program may be ready, too; what it then answers is not what this one does. */
async function askFacts({ program, facts }: InspectedProgram, client: HttpClient): Promise<ServerFacts | Check> {
  try {
    return await facts(client);
  } catch (cause) {
    if (!(cause instanceof Failure) || cause.diagnostic.code.startsWith('http/not-ready')) throw cause;
    const { summary, detail } = cause.diagnostic;
    return stranger(`something answers at ${client.base}, and not as ${program} does: ${summary}. ${detail}`);
  }
}

function notReady(program: string, base: string, readyPath: string, status: number): Check {
  if (status === 401 || status === 403)
    return problem(
      'server',
      `${program} at ${base} refuses who asks (status ${status})`,
      'Name a credential in the binding, or correct the one that it names.',
    );
  if (status < 500)
    return stranger(`something answers at ${base}, and not as ${program} does: status ${status} for ${readyPath}`);
  const detail = `${program} at ${base} answers and is not ready (status ${status})`;
  return problem('server', detail, 'Wait until it has started; its log says what it waits for.');
}

function stranger(detail: string): Check {
  return problem('server', detail, 'Correct the url in the binding: another program seems to be there.');
}

function saysWho(program: string, version: string, base: string): Check {
  if (version !== unknownVersion) return ok('server', `${program} ${version} at ${base}, ready`);
  const detail = `something at ${base} is ready, and does not say that it is ${program}`;
  return { subject: 'server', status: 'warning', detail, remedy: 'See whether the url in the binding is right.' };
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
