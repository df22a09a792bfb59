/** Systems that a control point may have. */
export type TargetName = StandardTarget | CollectorTarget | PipelineTarget | ScriptTarget | ClusterTarget;
/** What a stack has when it does not say. */
export type StandardTarget = 'prometheus' | 'alertmanager' | 'blackbox' | 'grafana' | 'cmdb';
/** Exporters that ask devices on behalf of Prometheus; a stack has those that it names. */
export type CollectorTarget = 'snmp' | 'modbus' | 'ipmi' | 'json';
/** Programs that carry out pipelines; a stack has those that it names. */
export type PipelineTarget = 'mtail' | 'vector' | 'otelcol';
/** A directory from which scripts go to the hosts that run them. */
export type ScriptTarget = 'scripts';
/** A Kubernetes cluster, for objects that are written by hand and for what a stack has there. */
export type ClusterTarget = 'kubernetes';

/** What a stack has when it does not say; to be extended: `targets: [...standardTargets, 'snmp']`. */
export const standardTargets: readonly StandardTarget[] = ['prometheus', 'alertmanager', 'blackbox', 'grafana', 'cmdb'];
/** All that a stack may name. */
export const targetNames: readonly TargetName[] = [
  ...standardTargets,
  'snmp',
  'modbus',
  'ipmi',
  'json',
  'mtail',
  'vector',
  'otelcol',
  'scripts',
  'kubernetes',
];
