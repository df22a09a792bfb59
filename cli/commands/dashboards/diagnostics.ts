import { defineDiagnostics } from '../../../toolkit/diagnostics/index.ts';

export const previewDiagnostics = defineDiagnostics('preview', {
  'unknown-dashboard': {
    severity: 'error',
    summary: 'No such dashboard',
    detail: ({ name }: { name: string; nearest: string | null }) =>
      `${name} is neither a dashboard of a stack nor a file.`,
    hint: ({ nearest }) =>
      `${nearest === null ? '' : `Did you mean ${nearest}? `}\`opsctl dashboards list\` names those that there are.`,
  },
  'several-dashboards': {
    severity: 'error',
    summary: 'Dashboard of several stacks',
    detail: ({ name, found }: { name: string; found: readonly string[] }) => `${name} may be ${found.join(', ')}.`,
    hint: 'Name one with its stack, or choose a stack with --stack.',
  },
  'no-dashboard': {
    severity: 'error',
    summary: 'File holds no dashboard',
    detail: ({ file, reason }: { file: string; reason: string }) => `${file}: ${reason}`,
    hint: 'Give it the JSON of a dashboard as Grafana exports it, with its panels.',
  },
  'too-large': {
    severity: 'error',
    summary: 'Dashboard too large to be drawn',
    detail: ({ file, megabytes }: { file: string; megabytes: number }) => `${file} has ${megabytes} MB.`,
    hint: 'Take out what is not shown: data of snapshots makes dashboards this large.',
  },
  'not-bound': {
    severity: 'notice',
    summary: 'Dashboard drawn with generated data',
    detail: ({ name, reason }: { name: string; reason: string }) => `${name}: ${reason}.`,
    hint: 'Name a Prometheus with --prometheus, or an environment that binds one; --generated says that this is meant.',
  },
  'no-charts': {
    severity: 'error',
    summary: 'Chart library is not installed',
    detail: () => 'The package echarts, which draws the charts, was left out when opsctl was installed.',
    hint: 'Install it beside opsctl, or install opsctl with its optional packages.',
  },
});
