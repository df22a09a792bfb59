import * as pulumi from '@pulumi/pulumi';

/** What a program has registered so far, by Pulumi's own stand-in for its engine. For tests. */
export interface Registrations {
  readonly registered: readonly pulumi.runtime.MockResourceArgs[];
  /** Ends when all that was begun is registered. */
  settled(): Promise<void>;
  resolved<Value>(output: pulumi.Output<Value>): Promise<Value>;
}

export async function recordRegistrations(project: string, stack: string): Promise<Registrations> {
  const registered: pulumi.runtime.MockResourceArgs[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource(args) {
        registered.push(args);
        return { id: args.name, state: args.inputs };
      },
      call: () => ({}),
    },
    project,
    stack,
    false,
  );
  return {
    registered,
    settled: () => pulumi.runtime.disconnect(),
    resolved: (output) => new Promise((resolve) => output.apply((value) => resolve(value as never))),
  };
}
