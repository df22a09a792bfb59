/** Options of a component, as Pulumi has them. */
export type { ComponentResourceOptions as ComponentOptions } from '@pulumi/pulumi';
