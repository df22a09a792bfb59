import type { AnyCommand } from '../arguments/command.ts';

/** A command before it is loaded: what the list of commands shows. */
export interface CommandEntry {
  /** `plan`, or `state mv` for one in a group. */
  readonly name: string;
  readonly summary: string;
  readonly isHidden?: boolean;
  readonly load: () => Promise<AnyCommand>;
}

/** Every command, in the order of the help text. Loading one loads only what that one needs. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'init',
    summary: 'Make a new repository that works at once.',
    load: async () => (await import('./init/command.ts')).command,
  },
  {
    name: 'validate',
    summary: 'Compile the content and run the policies over it.',
    load: async () => (await import('./validate.ts')).command,
  },
  {
    name: 'check',
    summary: 'Validate, and compile a second time in other surroundings.',
    load: async () => (await import('./check.ts')).command,
  },
  {
    name: 'lint',
    summary: 'Look for mistakes in rules, routes and dashboards.',
    load: async () => (await import('./lint/command.ts')).command,
  },
  {
    name: 'import rules',
    summary: 'Write rule files as content.',
    load: async () => (await import('./import/rules.ts')).command,
  },
  {
    name: 'import dashboards',
    summary: 'Write dashboards of Grafana as content.',
    load: async () => (await import('./import/dashboards.ts')).command,
  },
  {
    name: 'import alertmanager',
    summary: 'Write a configuration of Alertmanager as content.',
    load: async () => (await import('./import/alertmanager.ts')).command,
  },
  {
    name: 'test',
    summary: 'Test every alert rule with promtool.',
    load: async () => (await import('./test/command.ts')).command,
  },
  {
    name: 'backtest',
    summary: 'Say what alerts would have done over the last weeks.',
    load: async () => (await import('./backtest/command.ts')).command,
  },
  {
    name: 'baseline',
    summary: 'Read thresholds off history.',
    load: async () => (await import('./baseline/command.ts')).command,
  },
  {
    name: 'explain',
    summary: 'Say why an object is there, or what follows from an item.',
    load: async () => (await import('./explain/command.ts')).command,
  },
  {
    name: 'plan',
    summary: 'Show what apply would do.',
    load: async () => (await import('./plan/command.ts')).command,
  },
  {
    name: 'apply',
    summary: 'Carry out a saved plan, or plan, ask and apply.',
    load: async () => (await import('./apply.ts')).command,
  },
  {
    name: 'drift',
    summary: 'Audit what the targets hold against what was applied.',
    load: async () => (await import('./drift/command.ts')).command,
  },
  {
    name: 'adopt',
    summary: 'Take over objects that are in their targets already.',
    load: async () => (await import('./adopt.ts')).command,
  },
  {
    name: 'destroy',
    summary: 'Remove what was applied.',
    load: async () => (await import('./destroy.ts')).command,
  },
  {
    name: 'state list',
    summary: 'List the managed objects.',
    load: async () => (await import('./state/list.ts')).command,
  },
  {
    name: 'state show',
    summary: 'Show what was last applied for one object.',
    load: async () => (await import('./state/show.ts')).command,
  },
  {
    name: 'state history',
    summary: 'Say who applied what, when, and by whose approval.',
    load: async () => (await import('./state/history.ts')).command,
  },
  {
    name: 'state mv',
    summary: 'Give a record another address.',
    load: async () => (await import('./state/mv.ts')).command,
  },
  {
    name: 'state rm',
    summary: 'Drop a record, and leave its object in place.',
    load: async () => (await import('./state/rm.ts')).command,
  },
  {
    name: 'state migrate',
    summary: 'Move a state from one engine to the other.',
    load: async () => (await import('./state/migrate.ts')).command,
  },
  {
    name: 'state repair',
    summary: 'Make a damaged state whole again.',
    load: async () => (await import('./state/repair.ts')).command,
  },
  {
    name: 'state unlock',
    summary: 'List locks, or take one away.',
    load: async () => (await import('./state/unlock.ts')).command,
  },
  {
    name: 'slo list',
    summary: 'List the service level objectives.',
    load: async () => (await import('./slo/list.ts')).command,
  },
  {
    name: 'slo status',
    summary: 'Ask how they are met, and what is left of their error budgets.',
    load: async () => (await import('./slo/status.ts')).command,
  },
  {
    name: 'slo gate',
    summary: 'Refuse a saved plan while an error budget is spent.',
    load: async () => (await import('./slo/gate.ts')).command,
  },
  {
    name: 'slo export',
    summary: 'Write objectives as OpenSLO documents.',
    load: async () => (await import('./slo/export.ts')).command,
  },
  {
    name: 'slo import',
    summary: 'Write OpenSLO documents as content.',
    load: async () => (await import('./slo/import.ts')).command,
  },
  {
    name: 'agents list',
    summary: 'Show every agent of every tier: declared, seen, version, state.',
    load: async () => (await import('./agents/list.ts')).command,
  },
  {
    name: 'agents update',
    summary: 'Plan the update of agents, in batches.',
    load: async () => (await import('./agents/update.ts')).command,
  },
  {
    name: 'agents uninstall',
    summary: 'Plan the removal of agents, in batches.',
    load: async () => (await import('./agents/uninstall.ts')).command,
  },
  {
    name: 'tenancy verify',
    summary: 'Try what tenants can do to each other in a cluster.',
    load: async () => (await import('./tenancy/verify.ts')).command,
  },
  {
    name: 'dashboards list',
    summary: 'List the dashboards that the stacks compile to.',
    load: async () => (await import('./dashboards/list.ts')).command,
  },
  {
    name: 'dashboards preview',
    summary: 'Draw a dashboard as HTML or SVG.',
    load: async () => (await import('./dashboards/preview.ts')).command,
  },
  {
    name: 'graph',
    summary: 'Draw what waits for what.',
    load: async () => (await import('./graph.ts')).command,
  },
  {
    name: 'render',
    summary: 'Write what apply would write as files.',
    load: async () => (await import('./render/command.ts')).command,
  },
  {
    name: 'doctor',
    summary: 'Look at the surroundings, and say how to put them right.',
    load: async () => (await import('./doctor/command.ts')).command,
  },
  {
    name: 'generate',
    summary: 'Write the item ids of the inventories as a type.',
    load: async () => (await import('./generate.ts')).command,
  },
  {
    name: 'dev generate',
    summary: 'Write a made-up organisation of any size.',
    load: async () => (await import('./dev/generate-command.ts')).command,
  },
  {
    name: 'completion',
    summary: 'Print a completion script for a shell.',
    load: async () => (await import('./completion/command.ts')).command,
  },
  {
    name: '__complete',
    summary: 'Print what may stand at the cursor.',
    isHidden: true,
    load: async () => (await import('./completion/complete-command.ts')).completeCommand(commands),
  },
];
