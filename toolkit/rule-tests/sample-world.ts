import { debianDialect, parseExpression, type Selector } from '../languages/promql/index.ts';
import type { SampleValues } from '../model/index.ts';
import { pickSeries, type Subject } from './aim/pick-series.ts';
import { demand, emptyWorld, type World } from './aim/world.ts';

/** The series that the author of an alert gave, as those of one item; null where one of them is none. */
export function sampleWorld(samples: SampleValues, subject: Subject): World | null {
  let world: World | null = emptyWorld;
  for (const [text, value] of Object.entries(samples)) {
    const selector = selectorOf(text);
    const labels = selector === null ? null : pickSeries(selector, subject);
    if (labels === null || world === null) return null;
    world = demand(world, labels, typeof value === 'number' ? { level: value } : { slope: Number.parseFloat(value) });
  }
  return world;
}

function selectorOf(text: string): Selector | null {
  const parsed = parseExpression(text, debianDialect);
  return parsed.kind === 'parsed' && parsed.expression.kind === 'selector' ? parsed.expression : null;
}
