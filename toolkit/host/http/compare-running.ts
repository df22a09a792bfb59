import { existsSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../diagnostics/index.ts';
import type { HttpClient } from './client.ts';
import type { EndpointSettings } from './endpoint-settings.ts';
import type { Server } from './server.ts';

type Compared =
  | { readonly state: 'as-placed' }
  | {
      readonly state: 'behind';
      readonly differences: readonly string[];
      readonly isLoadable: boolean;
      readonly isLeftOver?: true;
    }
  | { readonly state: 'not-answering'; readonly reason: string };

export interface ComparedServer {
  /** What the program is called in messages. */
  readonly program: string;
  readonly settings: EndpointSettings;
  /** Null without a url: there is nobody to ask. */
  readonly server: Server | null;
  /** Absolute path of the file that it cannot load anything without; null where it runs without one. */
  readonly mainFile: string | null;
  /** How what it runs differs from its files; each in a sentence. */
  differences(client: HttpClient): Promise<readonly string[]>;
  /** What it still runs when its main file is gone, as `51 rules`; fails where it does not answer. */
  leftOver(client: HttpClient): Promise<string>;
}

/** Asks a server how what it runs differs from its files. */
export async function compareRunning(compared: ComparedServer): Promise<Compared> {
  const { server, settings, mainFile } = compared;
  if (server === null) return { state: 'as-placed' };
  try {
    if (mainFile !== null && !existsSync(mainFile)) return await leftOverIn(compared, server, mainFile);
    const differences = await compared.differences(server.client);
    if (differences.length === 0) return { state: 'as-placed' };
    return { state: 'behind', differences, isLoadable: settings.reload === 'http' };
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    return { state: 'not-answering', reason: `${cause.diagnostic.summary}. ${cause.diagnostic.detail}` };
  }
}

/** Without its main file a program loads nothing, and goes on with the configuration that it had. */
async function leftOverIn(
  { program, leftOver }: ComparedServer,
  { client }: Server,
  mainFile: string,
): Promise<Compared> {
  const what = await leftOver(client);
  const difference = `There is no ${path.basename(mainFile)} any more, and ${program} still runs the configuration that it had (${what}).`;
  return { state: 'behind', differences: [difference], isLoadable: false, isLeftOver: true };
}
