import { callSite } from './call-site.ts';
import { holdToShape } from './hold-to-shape.ts';
import type { Pipeline } from './pipeline.ts';
import { fieldsOf, oneOf } from './shape.ts';

/** Names an alert of a pipeline, for tunings and waivers. */
export interface PipelineAlertReference {
  readonly kind: 'pipeline-alert';
  /** `ssh-logins.SshLoginAttack` */
  readonly id: string;
  readonly pipeline: string;
  readonly name: string;
}

/** An alert of a pipeline by its name: `.tune(item('web-1'), alertOf(sshLogins(), 'SshLoginAttack'), { ... })`. */
export function alertOf(pipeline: Pipeline, name: string): PipelineAlertReference {
  const names = (pipeline.alerts ?? []).map((alert) => alert.name);
  const shape = fieldsOf<{ name: string }>({ name: oneOf(names) });
  holdToShape(shape, { name }, `alertOf(${pipeline.id}, ...)`, callSite(alertOf));
  return Object.freeze({ kind: 'pipeline-alert', id: `${pipeline.id}.${name}`, pipeline: pipeline.id, name } as const);
}
