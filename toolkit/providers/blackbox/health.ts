import { type HttpClient, type PollOptions, pollServer } from '../../host/http/index.ts';
import type { HealthReport } from '../../model/index.ts';
import { differenceFromLoaded } from './activation.ts';

/** The file is in place; now it is whether the exporter answers and has loaded it. */
export function waitForHealth(
  directory: string,
  client: HttpClient,
  inPlace: readonly HealthReport[],
  options: PollOptions,
): Promise<readonly HealthReport[]> {
  return pollServer(inPlace, options, async () => {
    const { status } = await client.request('/-/healthy');
    if (status !== 200) return `The blackbox exporter is not healthy (status ${status}).`;
    const difference = await differenceFromLoaded(directory, client);
    return difference === null ? null : `The blackbox exporter runs, and ${difference}.`;
  });
}
