import { agentKinds, agentStates } from '../../../toolkit/operate/agents/agent.ts';
import { duration, flag, type OptionValues, several } from '../../arguments/option.ts';
import { UsageError } from '../../arguments/usage-error.ts';

/** Which agents a command is about, and how long they are asked for. */
export const agentOptions = {
  tier: several('--tier <tier>', 'Only agents of these tiers, such as L3.'),
  tenant: several('--tenant <id>', 'Only agents of items of these tenants; `shared` for those of no tenant.'),
  site: several('--site <id>', 'Only agents at these sites.'),
  stack: several('--stack <name>', 'Only agents of these stacks; no other Prometheus is asked.', {
    completion: 'stack',
  }),
  program: several('--program <name>', 'Only these programs, such as node_exporter.'),
  item: several('--item <id>', 'Only agents of these items.', { completion: 'item' }),
  kind: someOf('--kind <name>', 'Only these kinds.', agentKinds),
  state: someOf('--state <name>', 'Only agents in these states.', agentStates),
  timeout: duration('--timeout <duration>', 'How long each Prometheus may take to answer.', '10s'),
  offline: flag('--offline', 'Only what is declared: asks no Prometheus, needs no credential.'),
};

export type AgentValues = OptionValues<typeof agentOptions>;

/** Of a few known words several may be given. */
function someOf(flags: string, doc: string, choices: readonly string[]): ReturnType<typeof several> {
  const declared = several(flags, `${doc} Any of ${choices.join(', ')}.`);
  return {
    ...declared,
    choices,
    read(given) {
      const values = declared.read(given);
      const strange = values.find((value) => !choices.includes(value));
      if (strange === undefined) return values;
      throw new UsageError(`${flags.split(' ')[0]} is one of ${choices.join(', ')}, not '${strange}'.`);
    },
  };
}
