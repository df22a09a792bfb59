import { counted, defineDiagnostics } from '../../diagnostics/index.ts';

interface OfStep {
  readonly pipeline: string;
  readonly step: string;
}

/** What the compiler tells about pipelines. */
export const pipelineDiagnostics = defineDiagnostics('pipeline', {
  'step-not-possible': {
    severity: 'error',
    summary: 'Step that this program cannot carry out',
    detail: ({ pipeline, step, backend, what }: OfStep & { backend: string; what: string; able: readonly string[] }) =>
      `${pipeline} runs with ${backend}, which cannot ${what} (${step}).`,
    hint: ({ able }) =>
      able.length === 0 ? 'Write the step in another way.' : `Let ${able.join(' or ')} run it, or leave the step out.`,
  },
  'field-unknown': {
    severity: 'error',
    summary: 'Step on a field that is not there',
    detail: ({ pipeline, step, field }: OfStep & { field: string; known: readonly string[]; nearest: string | null }) =>
      `${step} of ${pipeline} reads ${field}, which no step before it gives.`,
    hint: ({ known, nearest }) =>
      nearest === null ? `There are: ${known.join(', ') || 'none'}.` : `Did you mean ${nearest}?`,
  },
  'field-not-a-number': {
    severity: 'error',
    summary: 'Reckoning with a field that is a text',
    detail: ({ pipeline, step, field }: OfStep & { field: string }) =>
      `${step} of ${pipeline} reckons with ${field}, which is a text.`,
    hint: ({ field }) => `Say in the schema what it is: ${field}: { type: 'number', unit: ... }.`,
  },
  'pattern-invalid': {
    severity: 'error',
    summary: 'Pattern that cannot be read',
    detail: ({ pipeline, step, pattern, reason }: OfStep & { pattern: string; reason: string }) =>
      `${step} of ${pipeline}: ${pattern} is no pattern that all programs read alike: ${reason}.`,
    hint: 'Write it as RE2 has it, with groups such as (?P<status>[0-9]{3}).',
  },
  'unit-mismatch': {
    severity: 'error',
    summary: 'Values of another unit',
    detail: ({ pipeline, step, field, unit, wanted }: OfStep & { field: string; unit: string; wanted: string }) =>
      `${step} of ${pipeline} takes ${field} for ${wanted}, and it is in ${unit}.`,
    hint: ({ unit, wanted, field }) =>
      `Convert it before: steps.convert({ field: '${field}', from: '${unit}', to: '${wanted}' }).`,
  },
  'label-unbounded': {
    severity: 'error',
    summary: 'Label with any number of values',
    detail: ({ pipeline, metric, label }: { pipeline: string; metric: string; label: string }) =>
      `${metric} of ${pipeline} has the label ${label}, and nothing says how many values it has: each is a series for as long as samples are kept.`,
    hint: ({ label }) =>
      `Map it to a few values, or say in the schema how many there are: ${label}: { values: [...] } or { atMost: 50, because: '...' }.`,
  },
  'series-too-many': {
    severity: 'warning',
    summary: 'Metric with very many series',
    detail: ({ pipeline, metric, series }: { pipeline: string; metric: string; series: number }) =>
      `${metric} of ${pipeline} can have ${series} series for each item, by what is known of its labels.`,
    hint: 'Take a label away, or map it to fewer values.',
  },
  'label-reserved': {
    severity: 'error',
    summary: 'Label that belongs to the contract of alerts',
    detail: ({ pipeline, metric, label }: { pipeline: string; metric: string; label: string }) =>
      `${metric} of ${pipeline} has the label ${label}, which every series gets from its item.`,
    hint: ({ label }) => `Give the field another name: steps.rename({ field: '${label}', to: '...' }).`,
  },
  'metric-name': {
    severity: 'error',
    summary: 'Name that does not say what the metric is',
    detail: ({ pipeline, metric, reason }: { pipeline: string; metric: string; reason: string; suffix: string }) =>
      `${metric} of ${pipeline} is ${reason}.`,
    hint: ({ suffix }) => `Let its name end in ${suffix}.`,
  },
  'metric-twice': {
    severity: 'error',
    summary: 'Metric with two meanings',
    detail: ({ metric, first, second }: { metric: string; first: string; second: string }) =>
      `${metric} is made by ${first} and by ${second}, in two ways that one name cannot stand for.`,
    hint: 'Give one of them another name, or both the same kind, help and labels in one pipeline.',
  },
  'buckets-unordered': {
    severity: 'error',
    summary: 'Buckets that do not rise',
    detail: ({ pipeline, metric }: { pipeline: string; metric: string }) =>
      `The buckets of ${metric} of ${pipeline} are not a list of rising numbers.`,
    hint: 'Write upper bounds from small to large, without +Inf.',
  },
  'sink-unknown': {
    severity: 'error',
    summary: 'Records for a sink that is not declared',
    detail: ({ pipeline, sink }: { pipeline: string; sink: string; nearest: string | null }) =>
      `${pipeline} ships to ${sink}, which is not among its sinks.`,
    hint: ({ nearest }) => (nearest === null ? 'Declare it in sinks.' : `Did you mean ${nearest}?`),
  },
  'sink-unused': {
    severity: 'warning',
    summary: 'Sink that gets nothing',
    detail: ({ pipeline, sink }: { pipeline: string; sink: string }) => `No step of ${pipeline} ships to ${sink}.`,
    hint: ({ sink }) => `Add steps.ship({ to: '${sink}' }), or remove the sink.`,
  },
  'source-unknown': {
    severity: 'error',
    summary: 'Pipeline without its source',
    detail: ({ pipeline, from, stack }: { pipeline: string; from: string; stack: string; nearest: string | null }) =>
      `${pipeline} takes the records of ${from}, which ${stack} does not collect with the same program.`,
    hint: ({ nearest, from }) => (nearest === null ? `Collect ${from} there too.` : `Did you mean ${nearest}?`),
  },
  'source-circle': {
    severity: 'error',
    summary: 'Pipelines in a circle',
    detail: ({ path }: { path: readonly string[] }) => `${path.join(' -> ')}: records would go round for ever.`,
    hint: 'Let one of them read files.',
  },
  'job-unknown': {
    severity: 'error',
    summary: 'Pipeline of a scrape job that is not there',
    detail: ({ pipeline, job, stack }: { pipeline: string; job: string; stack: string; nearest: string | null }) =>
      `${pipeline} cleans the metrics of ${job}, and ${stack} has no such job.`,
    hint: ({ nearest }) =>
      nearest === null ? 'A job is a class and one of its sources: host-node.' : `Did you mean ${nearest}?`,
  },
  'join-not-first': {
    severity: 'error',
    summary: 'Lines joined after something was done to them',
    detail: ({ pipeline }: { pipeline: string }) => `${pipeline} joins lines after another step, or twice.`,
    hint: 'Let steps.join be the first step.',
  },
  'counted-after-sample': {
    severity: 'warning',
    summary: 'Count of a sample',
    detail: ({ pipeline, metric }: { pipeline: string; metric: string }) =>
      `${metric} of ${pipeline} is counted after records were sampled, so it counts a part of them.`,
    hint: 'Count before sampling.',
  },
  'sender-unknown': {
    severity: 'error',
    summary: 'Records of nobody',
    detail: ({ pipeline, items, stack }: { pipeline: string; items: number; stack: string }) =>
      `${stack} collects ${pipeline} for ${counted(items, 'item')}, and no field says which of them a record is of.`,
    hint: "Give the pipeline a sender, such as a name in its path: '/var/log/remote/{host}/auth.log' and sender: 'host'.",
  },
  'sender-ambiguous': {
    severity: 'error',
    summary: 'Two items with one sender',
    detail: ({ pipeline, name, items }: { pipeline: string; name: string; items: readonly string[] }) =>
      `Records of ${pipeline} from ${name} would be of ${items.join(' and of ')}.`,
    hint: 'Select the items that send, for one: by class.',
  },
  'senders-many': {
    severity: 'warning',
    summary: 'Very many senders for one scrape',
    detail: ({ stack, backend, senders }: { stack: string; backend: string; senders: number }) =>
      `The pipelines of ${stack} that ${backend} runs have ${senders} senders: when Prometheus starts, putting the labels of items on their series takes longer than a scrape may.`,
    hint: 'Divide the pipelines among several control points or programs, or collect for the items that matter.',
  },
  'declared-twice': {
    severity: 'error',
    summary: 'Pipeline collected twice',
    detail: ({ pipeline, stack }: { pipeline: string; stack: string }) =>
      `${stack} collects ${pipeline} twice, or two pipelines of this id.`,
    hint: 'Collect once, for items.where({ ... }) with a list; or give the other an id of its own.',
  },
  'collects-nothing': {
    severity: 'error',
    summary: 'Pipeline of no item',
    detail: ({ pipeline, stack, selection }: { pipeline: string; stack: string; selection: string }) =>
      `${stack} collects ${pipeline} for ${selection}, and has no such item in service.`,
    hint: 'Correct the selection, or collect where the items are operated.',
  },
  'target-missing': {
    severity: 'error',
    summary: 'Pipeline without its program',
    detail: ({ pipeline, stack, target }: { pipeline: string; stack: string; target: string }) =>
      `${pipeline} runs with ${target}, which is not among the targets of ${stack}.`,
    hint: ({ target }) => `Add it: targets: [...standardTargets, '${target}'], and bind it.`,
  },
  'alert-series-unknown': {
    severity: 'error',
    summary: 'Alert on what is not counted',
    detail: ({ alert, pipeline, what }: { alert: string; pipeline: string; what: string; nearest: string | null }) =>
      `${alert} of ${pipeline} looks at ${what}, which the pipeline does not make.`,
    hint: ({ nearest }) => (nearest === null ? 'Count it in a step, or correct the name.' : `Did you mean ${nearest}?`),
  },
  'signal-lost': {
    severity: 'error',
    summary: 'Metric cleaned away that a signal needs',
    detail: ({
      pipeline,
      job,
      metric,
      signals,
    }: {
      pipeline: string;
      job: string;
      metric: string;
      signals: readonly string[];
    }) =>
      `${pipeline} drops or renames ${metric} of ${job}, which ${signals.join(', ')} is read from: its alerts would be silent.`,
    hint: 'Keep the metric.',
  },
  'no-threshold': {
    severity: 'error',
    summary: 'Tuned threshold of an alert that has none',
    detail: ({ alert }: { alert: string }) =>
      `${alert} tells that nothing was counted, so there is no number to change.`,
    hint: 'Change its severity or waiting time, or waive it.',
  },
  untested: {
    severity: 'warning',
    summary: 'Pipeline without a test',
    detail: ({ pipeline }: { pipeline: string }) => `Nothing says what ${pipeline} makes of a line.`,
    hint: 'Add tests: [{ name, lines, metrics }], with lines as they really are; `opsctl test` runs them.',
  },
  'test-failed': {
    severity: 'error',
    summary: 'Pipeline does not do what its test says',
    detail: ({ pipeline, test, by, difference }: { pipeline: string; test: string; by: string; difference: string }) =>
      `${pipeline}, ${test} (${by}): ${difference}`,
    hint: 'Correct the pipeline or the test.',
  },
  'program-refuses': {
    severity: 'error',
    summary: 'Program refuses a pipeline',
    detail: ({ pipeline, program, reason }: { pipeline: string; program: string; reason: string }) =>
      `${program} does not take ${pipeline}: ${reason}`,
    hint: 'Write the step that it names in another way.',
  },
  'no-such-pipeline': {
    severity: 'error',
    summary: 'No such pipeline',
    detail: ({ pipeline }: { pipeline: string; known: readonly string[] }) => `No stack collects ${pipeline}.`,
    hint: ({ known }) => (known.length === 0 ? 'No stack collects any.' : `There are: ${known.join(', ')}.`),
  },
});
