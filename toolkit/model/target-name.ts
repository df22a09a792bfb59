/** Systems that a control point may have. */
export type TargetName = 'prometheus' | 'alertmanager' | 'blackbox' | 'grafana' | 'cmdb';
/** What a stack has when it does not say. */
export const targetNames: readonly TargetName[] = ['prometheus', 'alertmanager', 'blackbox', 'grafana', 'cmdb'];
