import { defineCommand } from '../../arguments/command.ts';
import { whileSandboxStarts } from '../begin-sandbox.ts';
import { agentOptions } from './agent-options.ts';

export const command = defineCommand({
  description:
    'Lists all that collects, in all tiers: exporters and log shippers at the items, the shared exporters of the control ' +
    'points, and what these ask without an agent (SNMP, IPMI, Modbus, JSON, probes). What content declares is set beside ' +
    'what each Prometheus sees: state, version, last error. A Prometheus that does not answer is told, the rest is shown, ' +
    'and the end is 1. With --fail-on warning it ends with 3 while an agent is not as declared.',
  positionals: {},
  options: agentOptions,
  exits: ['findings'],
  examples: [
    { line: 'opsctl agents list', text: 'Every agent of every tier, by control point.' },
    { line: 'opsctl agents list --tier L3 --state down,never-seen', text: 'What is missing at the plants.' },
    { line: 'opsctl agents list --program node_exporter --json', text: 'Versions of one program, for a script.' },
  ],
  run: async (values, session) => {
    const { begun, work } = await whileSandboxStarts(session, () => import('./run-list.ts'));
    return await work.runList(values, session, begun);
  },
});
