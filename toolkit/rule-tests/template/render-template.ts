import type { Labels } from '../evaluate/series.ts';
import { plainNumber } from './format-number.ts';
import { humanizers } from './humanize.ts';

/**
 * An annotation as Prometheus would fill it in: `{{ $labels.item }}` and `{{ $value | humanize }}`, which is what
 * summaries of content become. Null where a template asks for more than that.
 */
export function renderTemplate(template: string, labels: Labels, value: number): string | null {
  let isKnown = true;
  const text = template.replaceAll(/\{\{-?\s*(.*?)\s*-?\}\}/gs, (whole, action: string) => {
    const rendered = whole.startsWith('{{-') || whole.endsWith('-}}') ? null : renderAction(action, labels, value);
    if (rendered === null) isKnown = false;
    return rendered ?? '';
  });
  return isKnown && !text.includes('{{') ? text : null;
}

/** Names of labels that a template shows. */
export function labelsIn(template: string): readonly string[] {
  return [...template.matchAll(/\$labels\.([A-Za-z_]\w*)/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

function renderAction(action: string, labels: Labels, value: number): string | null {
  const label = /^(?:\$labels|\.Labels)\.([A-Za-z_]\w*)$/.exec(action)?.[1];
  if (label !== undefined) return labels[label] ?? '';
  const [, pipe] = /^(?:\$value|\.Value)(?:\s*\|\s*(\w+))?$/.exec(action) ?? [];
  if (pipe === undefined) return /^(?:\$value|\.Value)$/.test(action) ? plainNumber(value) : null;
  return humanized(value, pipe);
}

/**
 * Null on the edge between two texts. The versions of Prometheus sum up in different ways: a mean of 1.0125 is a last bit
 * more in one than in the other, so one writes 1.013 and the other 1.012. What binary fractions hold exactly has no such bit.
 */
function humanized(value: number, pipe: string): string | null {
  const humanize = humanizers[pipe];
  if (humanize === undefined) return null;
  const text = humanize(value);
  if (Number.isInteger(value * 1024)) return text;
  return [1 - lastBits, 1 + lastBits].every((factor) => humanize(value * factor) === text) ? text : null;
}

const lastBits = 1e-14;
