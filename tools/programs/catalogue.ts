export type Program = {
  /** What it is called on PATH: by its maker, and by Debian. */
  readonly commands: readonly string[];
  /** The Debian package that has it, and the file in the package. */
  readonly package: string;
  readonly file: string;
  /** What a person looks for to install it by hand. */
  readonly product: string;
};

/** Programs of others that the quickstart runs and the tests are run against. */
export const programs = {
  prometheus: {
    commands: ['prometheus'],
    package: 'prometheus',
    file: 'usr/bin/prometheus',
    product: 'Prometheus',
  },
  promtool: {
    commands: ['promtool'],
    package: 'prometheus',
    file: 'usr/bin/promtool',
    product: 'Prometheus',
  },
  alertmanager: {
    commands: ['alertmanager', 'prometheus-alertmanager'],
    package: 'prometheus-alertmanager',
    file: 'usr/bin/prometheus-alertmanager',
    product: 'Alertmanager',
  },
  amtool: {
    commands: ['amtool'],
    package: 'prometheus-alertmanager',
    file: 'usr/bin/amtool',
    product: 'Alertmanager',
  },
  'prometheus-blackbox-exporter': {
    commands: ['blackbox_exporter', 'prometheus-blackbox-exporter'],
    package: 'prometheus-blackbox-exporter',
    file: 'usr/bin/prometheus-blackbox-exporter',
    product: 'blackbox_exporter',
  },
  'prometheus-node-exporter': {
    commands: ['node_exporter', 'prometheus-node-exporter'],
    package: 'prometheus-node-exporter',
    file: 'usr/bin/prometheus-node-exporter',
    product: 'node_exporter',
  },
} as const satisfies Readonly<Record<string, Program>>;

export type ProgramName = keyof typeof programs;

export const programNames: readonly ProgramName[] = Object.keys(programs) as ProgramName[];
