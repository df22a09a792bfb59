/** JSON Schema of a binding to a cluster. Loaded by every plan, so nothing else is in this file. */
export const bindingSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    kubeconfig: {
      description:
        'File with the address and the credentials of the cluster; a relative path starts at the repository. Or its text as a secret reference: { $secret: "env:KUBECONFIG_OF_THE_PLANT" }. Without it what kubectl would take: KUBECONFIG, the one in the home directory, or the service account of the pod that opsctl runs in.',
      oneOf: [
        { type: 'string', minLength: 1 },
        {
          type: 'object',
          additionalProperties: false,
          required: ['$secret'],
          properties: { $secret: { type: 'string', minLength: 1 } },
        },
      ],
    },
    context: {
      type: 'string',
      minLength: 1,
      description: 'Context of the kubeconfig; its current one when not given.',
    },
    namespace: { type: 'string', minLength: 1, description: 'Namespace of objects that name none.' },
    fieldManager: {
      type: 'string',
      minLength: 1,
      maxLength: 128,
      description:
        'Name under which the cluster keeps which fields are ours; `opsctl-<stack>` when not given. With another name, objects have to be adopted again.',
    },
    reconciledBy: {
      enum: ['flux', 'argocd'],
      description:
        'Who applies what is rendered, where a controller keeps the cluster: plan and apply leave it alone then, and drift compares with what that controller has left.',
    },
    timeoutMs: {
      type: 'integer',
      minimum: 1,
      maximum: 600_000,
      description:
        'How long a call may take, and how long a server that does not answer is tried again; 15000 by default.',
    },
    deletionTimeoutMs: {
      type: 'integer',
      minimum: 1,
      maximum: 50_000,
      description: 'How long an object may take to be gone once it is deleted; 30000 by default.',
    },
  },
} as const;
