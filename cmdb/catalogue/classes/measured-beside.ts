import { networkName, optional, port } from 'opsctl';

/** The exporter that a class is measured by. */
interface Exporter<Program extends string> {
  /** Such as `postgres_exporter`. */
  readonly program: Program;
  /** The version that the signals were written for: `0.11`. */
  readonly since: string;
  /** The port that it has unless told otherwise. */
  readonly port: number;
  readonly interval?: string;
  readonly timeout?: string;
  readonly path?: string;
}

/** Attributes and source of a class whose items are each measured by one exporter beside them. */
export function measuredBeside<Program extends string>(exporter: Exporter<Program>) {
  const { program, port: usualPort } = exporter;
  return {
    attributes: {
      address: networkName('DNS name or IP address of the machine that the exporter is on.'),
      exporterPort: optional(port(`Port of ${program}.`), usualPort),
    },
    sources: {
      exporter: {
        ...scrapeOf(exporter),
        endpoint: ({ address, exporterPort = usualPort }: { address: string; exporterPort?: number }) =>
          `${address}:${exporterPort}`,
      },
    },
  } as const;
}

/** Attributes and source of a class whose items serve their own metrics. */
export function servesMetrics<Program extends string>(server: Exporter<Program>) {
  const { port: usualPort } = server;
  return {
    attributes: {
      address: networkName('DNS name or IP address of the item.'),
      metricsPort: optional(port('Port on which it serves its metrics over HTTP.'), usualPort),
    },
    sources: {
      builtin: {
        ...scrapeOf(server),
        endpoint: ({ address, metricsPort = usualPort }: { address: string; metricsPort?: number }) =>
          `${address}:${metricsPort}`,
      },
    },
  } as const;
}

/** What both have in common: which program answers, and how it is asked. */
function scrapeOf<Program extends string>({ program, since, interval = '30s', timeout, path }: Exporter<Program>) {
  return {
    kind: 'exporter',
    exporter: `${program} >=${since}`,
    interval,
    ...(timeout === undefined ? {} : { timeout }),
    ...(path === undefined ? {} : { path }),
  } as const;
}
