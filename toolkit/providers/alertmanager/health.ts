import { type HttpClient, type PollOptions, pollServer } from '../../host/http/index.ts';
import type { HealthReport } from '../../model/index.ts';
import { differenceFromLoaded } from './activation.ts';

/** The files are in place; now it is whether the server is ready and has loaded them. */
export function waitForHealth(
  directory: string,
  client: HttpClient,
  inPlace: readonly HealthReport[],
  options: PollOptions,
): Promise<readonly HealthReport[]> {
  return pollServer(inPlace, options, async () => {
    const { status } = await client.request('/-/ready');
    if (status !== 200) return `Alertmanager is not ready (status ${status}).`;
    const difference = await differenceFromLoaded(directory, client);
    return difference === null ? null : `Alertmanager runs, and ${difference}.`;
  });
}
