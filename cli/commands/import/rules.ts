import { defineCommand } from '../../arguments/command.ts';
import { importOptions, importPlaces } from './options.ts';

export const command = defineCommand({
  description:
    'Writes rule files, PrometheusRule and ConfigMap objects as content: `defineRules({...})` with the same groups, ' +
    'rules and comments. What it wrote is compiled in the sandbox and compared with what was read, rule by rule; if ' +
    'anything differs, nothing is written. What cannot be carried is told one by one, and it ends with 3.',
  positionals: importPlaces,
  options: importOptions('alerts/imported'),
  exits: ['findings', 'refused'],
  examples: [
    { line: 'opsctl import rules /etc/prometheus/rules', text: 'All rule files below a folder.' },
    { line: 'opsctl import rules node.yml --out alerts/node --dry-run', text: 'Only says what would be written.' },
  ],
  run: async (values, session) => {
    const { runImport } = await import('./run-import.ts');
    return await runImport('rules', values, session);
  },
});
