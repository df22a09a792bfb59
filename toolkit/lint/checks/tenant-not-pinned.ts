import { metricOf, type Selector } from '../../languages/promql/index.ts';
import type { Check, PlacedProblem } from '../check.ts';
import { selectorsOf } from '../facts/selected-metrics.ts';
import type { LintContext } from '../lint-context.ts';
import type { DashboardFile, Rule, Target } from '../lint-input.ts';
import { panelQuery } from '../panel-query.ts';

/** Of rules that say whose they are by the label `tenant`, and of dashboards that are opened for one by a variable. */
export const check: Check = {
  code: 'tenant-not-pinned',
  about: 'everything',
  severity: 'warning',
  summary: 'Expression of one tenant that reads what others have',
  why: 'One tenant is woken by the faults of another, or sees what is not for its eyes.',
  hint: 'Select tenant="..." in each selector of the rule, and tenant=~"$tenant" in those of the dashboard; keep tenants apart in joins.',
  bad: '- alert: QueueLong\n  expr: queue_length > 100\n  for: 5m\n  labels: {tenant: mes}\n',
  good: '- alert: QueueLong\n  expr: queue_length{tenant="mes"} > 100\n  for: 5m\n  labels: {tenant: mes}\n',
  judge: (context) => [
    ...context.rules.flatMap((rule) => [...judgeTenant(rule, context), ...judgeJoin(rule, context)]),
    ...context.input.dashboards
      .filter(({ variables }) => variables.some(({ name }) => name === 'tenant'))
      .flatMap((dashboard) => judgeDashboard(dashboard, context)),
  ],
};

const shared = new Set(['', 'shared']);

function judgeTenant(rule: Rule, context: LintContext): readonly PlacedProblem[] {
  const { tenant = '' } = rule.labels;
  if (shared.has(tenant) || tenant.includes('{{')) return [];
  return selectorsOf(rule, context).flatMap((selector) => {
    if (tenantOf(selector) === tenant || isOfItem(selector) || isRecordedFor(selector, tenant, context)) return [];
    const pinned = selector.matchers.some(({ label }) => label === 'tenant');
    return [
      {
        place: rule,
        text: `The rule is of the tenant ${tenant}, and ${metricOf(selector) ?? 'a selector'} is read of ${pinned ? 'another' : 'all'}.`,
        span: selector.span,
        ...fixOf(rule.expression, selector, tenant),
      },
    ];
  });
}

/** Rules that belong to nobody may look at all tenants; but one at a time. */
function judgeJoin(rule: Rule, context: LintContext): readonly PlacedProblem[] {
  if (!rule.expression.includes('tenant')) return [];
  const tenants = [...new Set(selectorsOf(rule, context).flatMap((selector) => tenantOf(selector) ?? []))].sort();
  if (tenants.length < 2) return [];
  return [
    { place: rule, text: `One expression joins what is of the tenants ${tenants.join(', ')}.`, pointer: '/expr' },
  ];
}

/**
 * Where targets are labelled by tenant, each series has one. Elsewhere, tenants may be those of the program that is looked at,
 * such as Loki: then only what is pinned in one panel is missed in another.
 */
function judgeDashboard({ panels }: DashboardFile, context: LintContext): readonly PlacedProblem[] {
  const asked = panels.flatMap(({ targets }) =>
    targets.map((target) => [target, selectorsIn(target, context)] as const),
  );
  const isOfEach = context.input.targets.some(({ labels }) => labels.tenant !== undefined);
  const pinned = new Set(asked.flatMap(([, selectors]) => selectors.filter(isPinned).map(metricOf)));
  return asked.flatMap(([place, selectors]) => {
    const open = selectors.filter((selector) => !isPinned(selector) && (isOfEach || pinned.has(metricOf(selector))));
    const names = [...new Set(open.map((selector) => metricOf(selector) ?? 'a selector'))];
    if (names.length === 0) return [];
    return [{ place, text: `The dashboard is opened for a tenant, and ${names.join(', ')} is read of all.` }];
  });
}

function selectorsIn(target: Target, context: LintContext): readonly Selector[] {
  const [expression] = panelQuery(target)?.expressions ?? [];
  const index = expression === undefined ? null : context.indexOf(expression, 'panel');
  return (index?.entries('selector') ?? []).map(({ node }) => node);
}

function isPinned({ matchers }: Selector): boolean {
  return matchers.some(({ label }) => label === 'tenant');
}

/** An item belongs to one tenant, so whoever names it has pinned that too. */
function isOfItem({ matchers }: Selector): boolean {
  return matchers.some(({ label, operator }) => label === 'item' && operator.startsWith('='));
}

/** The one tenant that a selector is pinned to. */
function tenantOf({ matchers }: Selector): string | null {
  const pinned = matchers.find(({ label, operator }) => label === 'tenant' && operator === '=');
  return pinned?.value ?? null;
}

function isRecordedFor(selector: Selector, tenant: string, { recorded }: LintContext): boolean {
  const rules = recorded.get(metricOf(selector) ?? '') ?? [];
  return rules.length > 0 && rules.every(({ labels }) => labels.tenant === tenant);
}

/** Another tenant is no slip of the pen, so nobody writes over it; nor into a selector with an offset behind it. */
function fixOf(expression: string, { span, matchers }: Selector, tenant: string): Pick<PlacedProblem, 'fix'> {
  const written = expression.slice(span.from, span.to);
  if (matchers.some(({ label }) => label === 'tenant') || !/^[\w:]*(?:\{.*\})?$/s.test(written)) return {};
  const matcher = `tenant="${tenant}"`;
  if (!written.endsWith('}')) return { fix: { span, text: `${written}{${matcher}}` } };
  const inside = written.slice(0, -1).trimEnd().replace(/,$/, '');
  return { fix: { span, text: `${inside}${inside.endsWith('{') ? '' : ','}${matcher}}` } };
}
