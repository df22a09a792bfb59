import { powershellLine, shellLine, type Word } from '../../languages/shell/index.ts';
import type { WorkPlan, WorkStep } from './plan-work.ts';
import type { AgentWork } from './work-commands.ts';

/** Files of a plan of work, by path: one script for each agent, its undoing beside it, and the plan as data. */
export function printWork(plan: WorkPlan): Readonly<Record<string, string>> {
  const scripts = plan.batches.flatMap(({ number, steps }) =>
    steps.flatMap((step, index) => {
      const place = `batch-${pad(number, 2)}/${pad(index + 1, 3)}-${step.agent.replaceAll(/[^\w.-]+/g, '-')}`;
      const undo = step.undo.length === 0 ? [] : [[`${place}.undo.${ending(step)}`, undoScript(step, plan.work)]];
      return [[`${place}.${ending(step)}`, workScript(step, plan.work)], ...undo];
    }),
  );
  return { ...Object.fromEntries(scripts), 'plan.json': `${JSON.stringify(documentOf(plan), null, 2)}\n` };
}

/** The plan as it is read by programs: commands as lists of words, for whoever runs them without a shell. */
function documentOf({ work, batches }: WorkPlan) {
  return { kind: 'opsctl-agent-work', version: 1, work, batches };
}

/** One command as people read it. */
export function commandLine({ shell }: Pick<WorkStep, 'shell'>, words: readonly Word[]): string {
  return shell === 'powershell' ? powershellLine(words) : shellLine(words);
}

function workScript(step: WorkStep, work: AgentWork): string {
  const what = work.kind === 'update' ? `${step.program} to ${work.to}` : `${step.program}: uninstall`;
  return script(step, step.commands, [
    `${what}; agent ${step.agent}, on ${step.machine}.`,
    'Made by opsctl agents; nothing has been run. The first command that fails ends it.',
    `It has worked when this gives a result at the Prometheus of ${step.stack}, within ${step.check.within}:`,
    `  ${step.check.query}`,
  ]);
}

function undoScript(step: WorkStep, work: AgentWork): string {
  const before = step.from === null ? 'as it was before' : `as it was before, at ${step.from}`;
  const why = work.kind === 'update' ? `the update to ${work.to}` : 'the removal';
  return script(step, step.undo, [`${step.program} ${before}; undoes ${why} of ${step.agent}, on ${step.machine}.`]);
}

function script(step: WorkStep, commands: WorkStep['commands'], said: readonly string[]): string {
  const used = Object.entries(step.variables).filter(([name]) =>
    commands.some((words) =>
      words.some((word) => typeof word === 'object' && 'variable' in word && word.variable === name),
    ),
  );
  const comments = [...said, ...used.map(([name, meaning]) => `Set ${name}: ${meaning}.`)];
  const head = step.shell === 'powershell' ? [] : ['#!/bin/sh'];
  const begin = step.shell === 'powershell' ? "$ErrorActionPreference = 'Stop'" : 'set -eu';
  const lines = commands.map((words) => commandLine(step, words));
  return [...head, ...comments.map((line) => `# ${oneLine(line)}`), begin, ...lines, ''].join('\n');
}

/** A name with a line break in it would end the comment and be run. */
function oneLine(text: string): string {
  return text.replaceAll(/[^\P{C} ]|[\u2028\u2029]/gu, '?');
}

function ending({ shell }: WorkStep): string {
  return shell === 'powershell' ? 'ps1' : 'sh';
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, '0');
}
