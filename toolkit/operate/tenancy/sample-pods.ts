import type { JsonObject } from '../../model/index.ts';

/** Sizes of one container, by the names that Kubernetes has for them. */
export type Sizes = Readonly<Record<string, string>>;

/** A pod that every standard lets through. It is only ever rehearsed. */
export function smallPod(containers: readonly (Sizes | null)[] = [null]): JsonObject {
  return pod(
    containers.map((sizes, index) => ({
      name: `c${index + 1}`,
      image: 'opsctl.invalid/tenancy-verify',
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      ...(sizes === null ? {} : { resources: { requests: sizes, limits: sizes } }),
    })),
    { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } },
  );
}

/**
 * A pod that sees the processes and the files of its node, which every standard but `privileged` refuses. Not by
 * `privileged: true`: some servers refuse that by themselves, and then the standard would not be seen at work.
 */
export function nodePod(): JsonObject {
  const image = 'opsctl.invalid/tenancy-verify';
  const manifest = pod([{ name: 'c1', image, volumeMounts: [{ name: 'node', mountPath: '/node' }] }], {});
  const spec = manifest.spec as JsonObject;
  return { ...manifest, spec: { ...spec, hostPID: true, volumes: [{ name: 'node', hostPath: { path: '/' } }] } };
}

function pod(containers: readonly JsonObject[], securityContext: JsonObject): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { generateName: 'opsctl-tenancy-verify-' },
    spec: { automountServiceAccountToken: false, restartPolicy: 'Never', securityContext, containers },
  };
}
