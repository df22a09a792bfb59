import { standardPolicies } from 'opsctl/policies';
import { page, pageHead, table } from './markdown.ts';

const levels = [
  ['advisory', 'Shown as a warning.'],
  ['approval-needed', 'A warning, and the plan is not applied until `--approved-by` names who approved it.'],
  ['mandatory', 'An error: the plan is not applied.'],
];

/** `docs/reference/policies.md`; each policy has a page of its own beside its code. */
export async function renderPolicies(): Promise<string> {
  const byArea = Map.groupBy(standardPolicies, ({ id }) => id.split('/')[0] ?? '');
  const areas = [...byArea].map(([area, policies]) =>
    page([
      `## ${area}`,
      table(
        ['Policy', 'Level', 'Claim', '中文', 'Clauses'],
        policies.map(({ id, level, title, clauses }) => [
          `[\`${id}\`](../../policies/catalogue/${id}.md)`,
          level,
          title.en,
          title.zh,
          clauses.join(', '),
        ]),
      ),
    ]),
  );
  return page([
    pageHead('Policies', 'policies/catalogue'),
    `${standardPolicies.length} policies come with the product, as \`standardPolicies\` of \`opsctl/policies\`. A finding ` +
      'has the code `policy/<id>`. `.waive(...)` of a stack excuses items from one, with a reason, an approver and a last day.',
    table(['Level', 'Effect'], levels),
    ...areas,
  ]);
}
