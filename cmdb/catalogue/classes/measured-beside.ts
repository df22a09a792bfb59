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
  const { program, since, port: usualPort, interval = '30s', timeout, path } = exporter;
  return {
    attributes: {
      address: networkName('DNS name or IP address of the machine that the exporter is on.'),
      exporterPort: optional(port(`Port of ${program}.`), usualPort),
    },
    sources: {
      exporter: {
        kind: 'exporter',
        exporter: `${program} >=${since}`,
        interval,
        ...(timeout === undefined ? {} : { timeout }),
        ...(path === undefined ? {} : { path }),
        endpoint: ({ address, exporterPort = usualPort }: { address: string; exporterPort?: number }) =>
          `${address}:${exporterPort}`,
      },
    },
  } as const;
}

/** Attributes and source of a class whose items serve their own metrics. */
export function servesMetrics<Program extends string>(server: Exporter<Program>) {
  const { program, since, port: usualPort, interval = '30s', timeout, path } = server;
  return {
    attributes: {
      address: networkName('DNS name or IP address of the item.'),
      metricsPort: optional(port('Port on which it serves its metrics over HTTP.'), usualPort),
    },
    sources: {
      builtin: {
        kind: 'exporter',
        exporter: `${program} >=${since}`,
        interval,
        ...(timeout === undefined ? {} : { timeout }),
        ...(path === undefined ? {} : { path }),
        endpoint: ({ address, metricsPort = usualPort }: { address: string; metricsPort?: number }) =>
          `${address}:${metricsPort}`,
      },
    },
  } as const;
}
