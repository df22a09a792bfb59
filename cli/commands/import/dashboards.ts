import { defineCommand } from '../../arguments/command.ts';
import { importOptions, importPlaces } from './options.ts';

export const command = defineCommand({
  description:
    'Writes dashboards of Grafana as content: the exported JSON beside its `defineGrafanaDashboard({...})`. What it wrote ' +
    'is compiled in the sandbox and compared with what was read, field by field; if anything differs, nothing is ' +
    'written. What cannot be carried is told one by one, and it ends with 3.',
  positionals: importPlaces,
  options: importOptions('dashboards/imported'),
  exits: ['findings', 'refused'],
  examples: [
    { line: 'opsctl import dashboards exported/', text: 'All dashboards below a folder.' },
    { line: 'opsctl import dashboards node.json --force', text: 'One that was imported before, once more.' },
  ],
  run: async (values, session) => {
    const { runImport } = await import('./run-import.ts');
    return await runImport('dashboards', values, session);
  },
});
