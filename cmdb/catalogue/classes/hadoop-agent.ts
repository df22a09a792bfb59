import { networkName, port } from 'opsctl';

/** What all processes of Hadoop have: jmx_exporter as their agent, on a port that the site chose. */
export const hadoopAttributes = {
  address: networkName('DNS name or IP address of the process.'),
  metricsPort: port('Port on which its jmx_exporter answers.'),
} as const;

/** The source of the processes of one role, where a class has several. */
export function agentOf<Role extends string>(role: Role) {
  return {
    kind: 'exporter',
    exporter: 'jmx_exporter >=0.16',
    interval: '30s',
    when: (attributes: { role: string }) => attributes.role === role,
    endpoint: ({ address, metricsPort }: { address: string; metricsPort: number }) => `${address}:${metricsPort}`,
  } as const;
}
