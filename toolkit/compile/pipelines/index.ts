export { checkCollections } from './check-collections.ts';
export { collectedBy } from './collected.ts';
export { compilePipelines } from './compile.ts';
export { pipelineDiagnostics } from './pipeline-diagnostics.ts';
export { compareMetrics, runTest } from './run-test.ts';
export { jobRelabelling, pipelineJobs } from './scrape-jobs.ts';
export { printSeries, readSeries } from './series-text.ts';
export { toMtail } from './to-mtail.ts';
