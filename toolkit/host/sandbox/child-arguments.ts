import { childCode, childEntry, type Installation } from './installation.ts';

/** What Node is told: the walls that do not depend on any code of ours running right. */
export function childArguments(
  installation: Installation,
  contentFolders: readonly string[],
  memoryMb: number,
): readonly string[] {
  const readable = [
    installation.manifest,
    ...installation.code,
    ...installation.dependencies,
    ...childCode,
    ...contentFolders,
  ];
  return [
    // Reading is granted path by path. Writing, processes, threads, addons, WASI, FFI, the inspector and the network are
    // denied by not being granted.
    '--permission',
    ...readable.map((path) => `--allow-fs-read=${path}`),
    // The permission model does not cover what these open or write.
    '--no-experimental-sqlite',
    '--no-experimental-webstorage',
    '--no-experimental-ffi',
    '--no-addons',
    '--no-experimental-websocket',
    '--disallow-code-generation-from-strings',
    // No debugger by signal.
    '--disable-sigusr1',
    '--no-warnings',
    `--max-old-space-size=${memoryMb}`,
    // Young objects are many and short-lived: room for three times 16 MB of them only makes the process larger, not faster.
    '--max-semi-space-size=4',
    ...(installation.runsFromSources ? ['--conditions=opsctl-source'] : []),
    childEntry,
  ];
}
