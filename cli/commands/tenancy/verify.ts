import { defineCommand } from '../../arguments/command.ts';
import { whileSandboxStarts } from '../begin-sandbox.ts';
import { verifyOptions } from './verify-options.ts';

export const command = defineCommand({
  description:
    'Shows, on the API server itself, whether the tenants of a cluster are kept apart. As somebody of each tenant, and as ' +
    'each of its accounts, it asks what they may do in the namespaces of the others, and tries: reading, writing, using ' +
    'more than the quota, starting a pod with the files of its node; and it compares network policies and role bindings with what is ' +
    'declared. Everything is a look or a rehearsal: nothing is changed. A way from one tenant to another ends with 3; what ' +
    'could not be tried, with 1. Whether packets are held up is the work of the network, and cannot be seen this way.',
  positionals: {},
  options: verifyOptions,
  exits: ['findings'],
  examples: [
    { line: 'opsctl tenancy verify', text: 'Every tenant against every other, as a matrix.' },
    { line: 'opsctl tenancy verify --stack plant-east-1 --tenant mes', text: 'One tenant of one cluster.' },
    {
      line: 'opsctl tenancy verify --rights operators | kubectl apply -f -',
      text: 'Lets a group verify: what it takes, and nothing beyond.',
    },
    { line: 'opsctl tenancy verify --format md > isolation.md', text: 'A report with all evidence, for an auditor.' },
  ],
  run: async (values, session) => {
    const { begun, work } = await whileSandboxStarts(session, () => import('./run-verify.ts'));
    return await work.runVerify(values, session, begun);
  },
});
