import type { HttpClient } from './client.ts';

/** A flag that a Go program was started with, where its profiler is open; null where it is not. */
export async function startedWith(client: HttpClient, flag: string): Promise<string | null> {
  const { status, body } = await client.request('/debug/pprof/cmdline');
  if (status !== 200) return null;
  const args = body.split('\0');
  const index = args.findIndex((arg) => new RegExp(`^--?${flag.replaceAll('.', '\\.')}(=|$)`).test(arg));
  const arg = args[index];
  if (arg === undefined) return null;
  return arg.includes('=') ? arg.slice(arg.indexOf('=') + 1) : (args[index + 1] ?? null);
}

export const unknownVersion = 'of an unknown version';

/** The version in the build information of a program, such as `alertmanager_build_info{...,version="0.25.0"} 1`. */
export async function versionIn(client: HttpClient, metric: string): Promise<string> {
  const line = (await client.text('/metrics')).split('\n').find((one) => one.startsWith(`${metric}{`)) ?? '';
  return /[{,]version="([^"]*)"/.exec(line)?.[1] ?? unknownVersion;
}
