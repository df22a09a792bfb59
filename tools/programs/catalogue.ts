import type { Program } from './program.ts';
import { serverPrograms } from './servers.ts';

/** Programs of others that the quickstart runs and the tests are run against. */
const usualPrograms = {
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
  'prometheus-snmp-exporter': {
    commands: ['snmp_exporter', 'prometheus-snmp-exporter'],
    package: 'prometheus-snmp-exporter',
    file: 'usr/bin/prometheus-snmp-exporter',
    product: 'snmp_exporter',
  },
  'prometheus-ipmi-exporter': {
    commands: ['ipmi_exporter', 'prometheus-ipmi-exporter'],
    package: 'prometheus-ipmi-exporter',
    file: 'usr/bin/prometheus-ipmi-exporter',
    product: 'ipmi_exporter',
  },
  'prometheus-pushgateway': {
    commands: ['pushgateway', 'prometheus-pushgateway'],
    package: 'prometheus-pushgateway',
    file: 'usr/bin/prometheus-pushgateway',
    product: 'Pushgateway',
  },
  mtail: {
    commands: ['mtail'],
    package: 'mtail',
    file: 'usr/bin/mtail',
    product: 'mtail',
  },
} as const satisfies Readonly<Record<string, Program>>;

export type ProgramName = keyof typeof usualPrograms | keyof typeof serverPrograms;

export const programs: Readonly<Record<ProgramName, Program>> = { ...usualPrograms, ...serverPrograms };

/** What every test may count on where it can be had. */
export const programNames: readonly ProgramName[] = Object.keys(usualPrograms) as ProgramName[];

/** What the long tests need besides: a hundred megabytes that nobody else should wait for. */
export const serverProgramNames: readonly ProgramName[] = Object.keys(serverPrograms) as ProgramName[];
