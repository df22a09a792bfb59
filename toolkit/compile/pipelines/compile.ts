import type { Resource } from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { compileCollectorRules } from './collector-rules.ts';
import { compilePipelineDashboard } from './dashboard.ts';
import { compileProgramConfigs } from './program-configs.ts';
import { compilePipelineRules } from './rules.ts';

/** All that follows from the pipelines of a stack; the scrape jobs are part of Prometheus' main configuration. */
export function compilePipelines(operated: OperatedStack): readonly Resource[] {
  if (operated.stack.collections.length === 0) return [];
  return [
    ...compileProgramConfigs(operated),
    ...compilePipelineRules(operated),
    ...compileCollectorRules(operated),
    ...compilePipelineDashboard(operated),
  ];
}
