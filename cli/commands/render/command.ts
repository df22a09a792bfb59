import { resolve } from 'node:path';
import { defineCommand } from '../../arguments/command.ts';
import { flag, neededText, several } from '../../arguments/option.ts';
import { renderView } from '../../views/render-view.ts';
import { withContent } from '../open-content.ts';
import { renderDiagnostics } from './diagnostics.ts';
import { cleanFormerRender } from './former-render.ts';
import { renderFiles } from './render-files.ts';

export const command = defineCommand({
  description:
    'Writes what apply would write as files, in a folder for each stack and target: to look at it, or to hand it to a ' +
    'tool that applies it from Git. Asks no target. Where a secret belongs, its reference is written.',
  positionals: {},
  options: {
    out: neededText('--out <directory>', 'Where to write; a folder that is empty, or that render wrote before.', {
      completion: 'directory',
    }),
    stack: several('--stack <name>', 'Only these stacks; all of them when not given.', { completion: 'stack' }),
    force: flag('--force', 'Write into a folder that holds something else; files of the same names are overwritten.'),
  },
  exits: ['findings', 'refused'],
  examples: [
    { line: 'opsctl render --out rendered', text: 'Everything, in rendered/<stack>/<target>/.' },
    {
      line: 'opsctl render --out manifests/plant-1 --stack plant-1',
      text: 'One control point, for a repository that another tool watches.',
    },
  ],
  run: ({ out, stack, force }, session) =>
    withContent(session, async ({ content, wiring }) => {
      const root = resolve(session.io.cwd, out);
      if (!force && !(await cleanFormerRender(root))) {
        session.tell([renderDiagnostics.create('not-empty', { directory: out })]);
        return 'refused';
      }
      const resources = content.resources.filter(
        ({ address }) => stack.length === 0 || stack.includes(address.slice(0, address.indexOf('/'))),
      );
      const { files, diagnostics } = await renderFiles(root, resources, wiring.providers, session.io.signal);
      session.tell(diagnostics);
      session.show(renderView, { directory: out, files, resources: resources.length });
      return diagnostics.length === 0 ? 'done' : 'failure';
    }),
});
