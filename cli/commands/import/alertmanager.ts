import { defineCommand } from '../../arguments/command.ts';
import { importOptions, importPlaces } from './options.ts';

export const command = defineCommand({
  description:
    'Writes a configuration of Alertmanager as content: `defineRouting({...})` with the same routes, receivers, ' +
    'inhibition, times and comments, for alerts that no derived route takes. Secrets become references, and are never ' +
    'written. What it wrote is compiled in the sandbox, and thousands of label sets are routed through both; if any of ' +
    'them takes another way, nothing is written.',
  positionals: importPlaces,
  options: importOptions('alerts/imported-routing'),
  exits: ['findings', 'refused'],
  examples: [
    {
      line: 'opsctl import alertmanager /etc/alertmanager/alertmanager.yml',
      text: 'With the templates that it names.',
    },
    { line: 'opsctl import alertmanager alertmanager.yml --dry-run --json', text: 'What would be written, as events.' },
  ],
  run: async (values, session) => {
    const { runImport } = await import('./run-import.ts');
    return await runImport('alertmanager', values, session);
  },
});
