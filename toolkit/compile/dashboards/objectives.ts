import { definePanel, type Objective, type PanelStep, type Resource } from '../../model/index.ts';
import { dashboardUid } from '../dashboard-uid.ts';
import { makeResource } from '../make-resource.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { labelVariable, linkTo, printDashboard } from './print-dashboard.ts';
import { printPanel } from './print-panel.ts';

/** One dashboard of all objectives that a control point sees: its own, and those of the stacks below. */
export function compileObjectives(operated: OperatedStack, objectives: readonly Objective[]): readonly Resource[] {
  const { stack } = operated;
  const [first] = objectives;
  if (first === undefined) return [];
  const document = printDashboard(operated, {
    uid: dashboardUid(stack.name, 'objectives'),
    title: { en: 'Service level objectives', zh: '服务级别目标' },
    description: 'Derived by opsctl from the objectives that are upheld; changes made here are drift.',
    tags: ['slo'],
    variables: [
      labelVariable('site', { en: 'Site', zh: '站点' }, 'label_values(slo:objective, site)'),
      labelVariable('slo', { en: 'Objective', zh: '目标' }, 'label_values(slo:objective{site=~"$site"}, slo)'),
    ],
    marks: null,
    links: [linkTo(dashboardUid(stack.name, 'overview'), { en: 'Overview', zh: '总览' })],
    panels: objectivePanels('site=~"$site",slo=~"$slo"').map((panel, index) =>
      printPanel(panel, { place: { x: (index % 2) * 12, y: Math.floor(index / 2) * 9, w: 12, h: 9 } }),
    ),
    from: 'now-7d',
  });
  return [
    makeResource(operated, {
      type: 'grafana-dashboard',
      name: 'objectives',
      target: 'grafana',
      spec: { folder: stack.name, dashboard: document },
      items: operated.monitored,
      derivation: [
        {
          kind: 'declaration',
          subject: stack.name,
          text: `Shows the ${objectives.length} objectives that ${stack.name} and the stacks below it uphold.`,
          source: first.source,
        },
      ],
    }),
  ];
}

const budgetSteps: readonly PanelStep[] = [
  { from: null, colour: 'red' },
  { from: 0.001, colour: 'orange' },
  { from: 0.25, colour: 'green' },
];

/** Burn rates are reckoned from the ratios, which are what the tiers above are sent. */
export function objectivePanels(chosen: string) {
  return [
    definePanel({
      id: 'budget-left',
      title: { en: 'Error budget left', zh: '剩余错误预算' },
      description: {
        en: '100 % is all of it, 0 % is none, less is overspent.',
        zh: '100% 为未消耗,0% 为耗尽,负值为超支。',
      },
      show: { kind: 'bars' },
      queries: [{ expr: `sort(clamp_min(slo:budget_remaining{${chosen}}, -1))`, legend: '{{slo}}', instant: true }],
      unit: 'ratio',
      minimum: 0,
      maximum: 1,
      steps: budgetSteps,
    }),
    definePanel({
      id: 'burn-rate',
      title: { en: 'Burn rate over 1h', zh: '1 小时消耗速度' },
      description: {
        en: 'How many times faster than allowed: 1 uses the budget up exactly at the end of the period.',
        zh: '为允许速度的倍数:1 表示恰好在周期末耗尽预算。',
      },
      show: { kind: 'trend' },
      queries: [
        {
          expr: `slo:error_ratio{${chosen},window="1h"} / on (slo) group_left () (1 - slo:objective{${chosen}})`,
          legend: '{{slo}}',
        },
      ],
      minimum: 0,
      steps: [
        { from: null, colour: 'green' },
        { from: 1, colour: 'orange' },
        { from: 6, colour: 'red' },
      ],
    }),
    definePanel({
      id: 'budget-over-time',
      title: { en: 'Budget over time', zh: '预算变化' },
      description: {
        en: 'A step down is an incident; a slope is something that fails all the time. What is overspent ends at -100 %.',
        zh: '陡降对应一次事件;缓降说明持续有失败;超支最多显示到 -100%。',
      },
      show: { kind: 'trend' },
      queries: [{ expr: `clamp_min(slo:budget_remaining{${chosen}}, -1)`, legend: '{{slo}}' }],
      unit: 'ratio',
      minimum: -1,
      maximum: 1,
      steps: budgetSteps,
    }),
    definePanel({
      id: 'errors-by-window',
      title: { en: 'Errors by window', zh: '各窗口错误率' },
      description: { en: 'Share of what happened that was bad.', zh: '各时间窗口内失败的占比。' },
      show: { kind: 'trend' },
      queries: [{ expr: `slo:error_ratio{${chosen}}`, legend: '{{slo}} {{window}}' }],
      unit: 'ratio',
      // No maximum: what an objective allows is a line at the bottom of a whole.
      minimum: 0,
    }),
  ] as const;
}
