import { operateDiagnostics } from '../../toolkit/operate/operate-diagnostics.ts';
import { defineCommand } from '../arguments/command.ts';
import { flag, oneOf, several } from '../arguments/option.ts';
import { graphOfItems, graphOfResources, printGraph } from '../views/graph-view.ts';
import { withContent } from './open-content.ts';

export const command = defineCommand({
  description:
    'Shows what waits for what among the resources, or with --items how the configuration items are related. An arrow ' +
    'points to what is needed first.',
  positionals: {},
  options: {
    format: oneOf('--format <name>', 'How the graph is written.', ['dot', 'mermaid', 'json'], 'dot'),
    items: flag('--items', 'Items and their relations instead of resources.'),
    stack: several('--stack <name>', 'Only these stacks; all of them when not given.', { completion: 'stack' }),
  },
  exits: ['findings'],
  examples: [
    {
      line: 'opsctl graph --stack plant-1 | dot -Tsvg > plant-1.svg',
      text: 'A picture of one stack, drawn by Graphviz.',
    },
    { line: 'opsctl graph --items --format mermaid', text: 'The items for a Markdown page, where GitHub draws them.' },
  ],
  run: ({ format, items, stack }, session) =>
    withContent(session, async ({ content }) => {
      const known = content.stacks.map(({ name }) => name);
      const unknown = stack.filter((name) => !known.includes(name));
      session.tell(
        unknown.map((name) => operateDiagnostics.create('unknown-stack', { stack: name, known }, { found: name })),
      );
      if (unknown.length > 0) return 'usage';
      const graph = items ? graphOfItems(content, stack) : graphOfResources(content, stack);
      if (session.globals.json) session.emit({ event: 'graph', ...graph });
      else session.print(printGraph(graph, format));
      return 'done';
    }),
});
