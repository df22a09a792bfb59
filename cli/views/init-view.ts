import type { View } from '../output/view.ts';

export interface InitResult {
  readonly directory: string;
  /** As the user wrote it; null for the current directory. */
  readonly given: string | null;
  /** How the program is called there. */
  readonly program: string;
  readonly files: readonly string[];
}

export const initView: View<InitResult> = {
  human: ({ directory, given, program, files }, { paint }) =>
    [
      `Made a repository in ${directory}:`,
      ...files.map((file) => `  ${paint('green', '+')} ${file}`),
      '',
      'Next:',
      ...(given === null ? [] : [`  cd ${given}`]),
      ...['validate', 'plan', 'apply'].map((command) => `  ${program} ${command}`),
      '',
      'README.md says how to go on from there.',
      '',
    ].join('\n'),
  events: ({ directory, files }) => [{ event: 'init', directory, files }],
};
