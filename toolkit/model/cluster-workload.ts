import { fieldsOf, matching, maybe, oneField, type Shape, value } from './shape.ts';

/**
 * Where in its cluster the metrics of an item are: behind the Services with these labels, or at Pods with them. Each Pod
 * is a target then, with all labels of the item.
 */
export type Workload = { readonly service: WorkloadEndpoint } | { readonly pods: WorkloadEndpoint };

export interface WorkloadEndpoint {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Name of the port of the Service or Pod. */
  readonly port: string;
}

const isTexts = (given: unknown) =>
  typeof given === 'object' &&
  given !== null &&
  Object.keys(given).length > 0 &&
  Object.values(given).every((text) => typeof text === 'string');

const endpoint = fieldsOf<WorkloadEndpoint>({
  namespace: matching('a name of a namespace, such as mes', /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/),
  // Without one, every Service of the namespace would be the item.
  labels: value("at least one label such as { app: 'mes' }", isTexts),
  port: matching('the name of a port, such as metrics', /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/),
});

export const workloadShape: Shape = oneField(
  fieldsOf<{ service?: WorkloadEndpoint; pods?: WorkloadEndpoint }>(
    { service: maybe(endpoint), pods: maybe(endpoint) },
    'a place in the cluster with exactly one of service and pods',
  ),
);
