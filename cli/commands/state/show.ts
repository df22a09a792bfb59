import { Failure, nearestName } from '../../../toolkit/diagnostics/index.ts';
import { stateDiagnostics } from '../../../toolkit/engine/state/state-diagnostics.ts';
import { type Address, parseAddress } from '../../../toolkit/model/index.ts';
import { defineCommand } from '../../arguments/command.ts';
import { word } from '../../arguments/positional.ts';
import { stateShowView } from '../../views/state-show-view.ts';
import { withRepository } from '../open-content.ts';
import { engineOption, withEngine } from '../plan-options.ts';
import { stateCommandDiagnostics } from './diagnostics.ts';
import { mustLoadStackOf } from './recorded-stacks.ts';

export const command = defineCommand({
  description: 'Shows what was last applied for one object. Secrets are references here: no state holds a value.',
  positionals: { address: word('address', 'A managed address.', 'address') },
  options: { engine: engineOption },
  exits: [],
  examples: [
    { line: 'opsctl state show plant-1/prometheus-rules/host', text: 'The rule file as it was last applied.' },
    { line: 'opsctl state show plant-1/cmdb-record/plant-1-mes-1 --json', text: 'The same as an event.' },
  ],
  run: ({ address: text, engine }, session) =>
    withRepository(withEngine(session, engine), async (repository) => {
      const address = mustParse(text);
      const { state } = await mustLoadStackOf(repository, address);
      const applied = state.resources.get(address);
      if (applied === undefined)
        throw new Failure(
          stateDiagnostics.create(
            'no-such-resource',
            { address, alike: nearestName(address, state.resources.keys()) },
            { found: address },
          ),
        );
      session.show(stateShowView, applied);
      return 'done';
    }),
});

/** An address of the command line; what is none is a Failure that ends as wrong usage. */
export function mustParse(text: string): Address {
  const address = parseAddress(text);
  if (address === null) throw new Failure(stateCommandDiagnostics.create('not-an-address', { text }, { found: text }));
  return address;
}
