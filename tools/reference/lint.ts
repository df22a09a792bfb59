import { type Check, checks } from '../../toolkit/lint/index.ts';
import { codeBlock, page, pageHead, table } from './markdown.ts';

const parts: readonly (readonly [about: Check['about'], title: string])[] = [
  ['rule-file', 'Rule files'],
  ['expression', 'Expressions of rules and panels'],
  ['rule', 'Rules'],
  ['group', 'Groups'],
  ['everything', 'All files together'],
  ['alertmanager', 'Alertmanager'],
  ['dashboard', 'Dashboards'],
];

/** `docs/reference/lint.md`, from the checks themselves; a test runs their examples. */
export async function renderLint(): Promise<string> {
  return page([
    pageHead('Checks of the linter', 'toolkit/lint/checks'),
    `\`opsctl lint\` has ${checks.length} checks; a finding has the code \`lint/<check>\`. What the parsers refuse comes ` +
      'beside them, with their own codes: `promql/...`, `yaml/...`, `encoding/...`. An error is refused by the real ' +
      'system or can never work, a warning works otherwise than it looks, a notice is advice. ' +
      '[Operating](../operating.md#looking-for-mistakes-in-rules-and-dashboards) says how one is waived.',
    ...parts.flatMap(([about, title]) => [
      `## ${title}`,
      ...checks.filter((check) => check.about === about).map(describe),
    ]),
  ]);
}

function describe({ code, severity, summary, why, hint, bad, good }: Check): string {
  return page([
    `### ${code}`,
    table(['Severity', 'Finding'], [[severity, summary]]),
    why,
    hint,
    'Found in:',
    codeBlock(languageOf(bad), bad),
    'Not found in:',
    codeBlock(languageOf(good), good),
  ]);
}

function languageOf(example: string): string {
  return /^[[{]/.test(example) && !example.includes('\n---\n') ? 'json' : 'yaml';
}
