import type { SourceSpan } from '../../diagnostics/index.ts';
import {
  type ConfigurationItem,
  isSelected,
  type Pipeline,
  type PipelineBackend,
  type Stack,
} from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { followFields, type KnownFields } from './known-fields.ts';

/** A pipeline where it is collected, with the items that its data are of. */
export interface Collected {
  readonly pipeline: Pipeline;
  readonly stack: Stack;
  /** By id; only what is in service sends. */
  readonly items: readonly ConfigurationItem[];
  /** Of the `.collect(...)`. */
  readonly source: SourceSpan;
}

export function collectedBy({ stack, monitored }: OperatedStack): readonly Collected[] {
  return stack.collections.map(({ pipeline, selection, source }) => ({
    pipeline,
    stack,
    items: monitored.filter((item) => isSelected(selection, item)),
    source,
  }));
}

/** Those of one program, by id: the order of statements means nothing. */
export function collectedWith(operated: OperatedStack, backend: PipelineBackend): readonly Collected[] {
  return collectedBy(operated)
    .filter(({ pipeline }) => pipeline.with === backend)
    .sort((left, right) => (left.pipeline.id < right.pipeline.id ? -1 : 1));
}

/** Pipelines from the one that reads files to this one; a circle ends where it closes. */
export function sourcesOf(pipeline: Pipeline, all: readonly Collected[]): readonly Pipeline[] {
  const path: Pipeline[] = [pipeline];
  for (let at = pipeline; at.from.kind === 'pipeline'; ) {
    const { id } = at.from;
    const source = all.find((other) => other.pipeline.id === id && other.pipeline.with === pipeline.with)?.pipeline;
    if (source === undefined || path.includes(source)) break;
    path.unshift(source);
    at = source;
  }
  return path;
}

/** Fields that a pipeline gets from the one that it reads; null where it reads files or metrics. */
export function upstreamFields(pipeline: Pipeline, all: readonly Collected[]): KnownFields | null {
  let fields: KnownFields | null = null;
  for (const source of sourcesOf(pipeline, all).slice(0, -1)) fields = followFields(source, fields).atEnd;
  return fields;
}
