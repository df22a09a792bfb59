import type { FieldOverride, FieldSettings, JsonFields, ReadMapping, ReadStep } from './dashboard.ts';
import { asFields, listOf, numberOf, textOf } from './json-fields.ts';

/** The settings of all fields of a panel. Old graphs have their unit at an axis, old single values at the panel. */
export function readField(defaults: JsonFields, panel: JsonFields): FieldSettings {
  const axis = asFields(listOf(panel.yaxes)[0]);
  return {
    unit: textOf(defaults.unit) || textOf(panel.format) || textOf(axis.format),
    decimals: numberOf(defaults.decimals ?? panel.decimals),
    min: numberOf(defaults.min ?? axis.min),
    max: numberOf(defaults.max ?? axis.max),
    displayName: textOf(defaults.displayName),
    noValue: textOf(defaults.noValue),
    steps: readSteps(asFields(defaults.thresholds), panel),
    arePercentages: asFields(defaults.thresholds).mode === 'percentage',
    mappings: readMappings(defaults.mappings),
    fixedColour: fixedColour(asFields(defaults.color)),
    custom: asFields(defaults.custom),
  };
}

function fixedColour({ mode, fixedColor }: JsonFields): string {
  return mode === 'fixed' || mode === 'shades' ? textOf(fixedColor) : '';
}

function readSteps(thresholds: JsonFields, panel: JsonFields): readonly ReadStep[] {
  const steps = listOf(thresholds.steps).map(asFields);
  if (steps.length > 0)
    return steps.map(({ color, value }, index) => ({
      from: index === 0 ? null : numberOf(value),
      colour: textOf(color) || 'green',
    }));
  // `thresholds: "80,90"` and `colors: [green, orange, red]` of a singlestat.
  const bounds = textOf(panel.thresholds).split(',').map(numberOf);
  const colours = listOf(panel.colors).map(textOf);
  if (colours.length === 0 || bounds.every((bound) => bound === null)) return [];
  return [null, ...bounds].map((from, index) => ({ from, colour: colours[index] ?? 'green' }));
}

function readMappings(mappings: unknown): readonly ReadMapping[] {
  return listOf(mappings).flatMap((given) => {
    const mapping = asFields(given);
    const options = asFields(mapping.options);
    const result = asFields(options.result);
    const [text, colour] = [textOf(result.text), textOf(result.color)];
    switch (mapping.type) {
      case 'value':
        return Object.entries(options).map(([key, one]) => ({
          matches: (value: number | null, shown: string) => shown === key || (value !== null && String(value) === key),
          text: textOf(asFields(one).text),
          colour: textOf(asFields(one).color),
        }));
      case 'range':
        return [{ matches: rangeMatcher(options), text, colour }];
      case 'regex': {
        const pattern = patternOf(textOf(options.pattern));
        return [{ matches: (_: number | null, shown: string) => pattern?.test(shown) === true, text, colour }];
      }
      case 'special':
        return [{ matches: specialMatcher(textOf(options.match)), text, colour }];
      default:
        return oldMapping(mapping);
    }
  });
}

function rangeMatcher(options: JsonFields): ReadMapping['matches'] {
  const [from, to] = [numberOf(options.from), numberOf(options.to)];
  return (value) =>
    value !== null && value >= (from ?? Number.NEGATIVE_INFINITY) && value <= (to ?? Number.POSITIVE_INFINITY);
}

function specialMatcher(match: string): ReadMapping['matches'] {
  if (match === 'nan') return (value) => Number.isNaN(value);
  if (match === 'null+nan') return (value) => value === null || Number.isNaN(value);
  return match === 'null'
    ? (value) => value === null
    : (_, text) => match === text || (match === 'empty' && text === '');
}

/** Before Grafana 8: `{ type: 1, value: "1", text: "up" }` and `{ type: 2, from, to, text }`. */
function oldMapping(mapping: JsonFields): readonly ReadMapping[] {
  const text = textOf(mapping.text);
  if (mapping.type === 1 || mapping.op === '=')
    return [
      {
        matches: (value, shown) => textOf(mapping.value) === (value === null ? shown : String(value)),
        text,
        colour: '',
      },
    ];
  return mapping.type === 2 ? [{ matches: rangeMatcher(mapping), text, colour: '' }] : [];
}

export function readOverrides(overrides: unknown): readonly FieldOverride[] {
  return listOf(overrides).flatMap((given) => {
    const { matcher, properties } = asFields(given);
    const { id, options } = asFields(matcher);
    const change = changeOf(listOf(properties).map(asFields));
    if (id === 'byName') return [{ matches: (name: string) => name === textOf(options), change }];
    if (id === 'byFrameRefID') return [{ matches: (_: string, refId: string) => refId === textOf(options), change }];
    if (id === 'byNames') {
      const names = listOf(asFields(options).names).map(textOf);
      return [{ matches: (name: string) => names.includes(name), change }];
    }
    const pattern = id === 'byRegexp' ? patternOf(textOf(options)) : null;
    return pattern === null ? [] : [{ matches: (name: string) => pattern.test(name), change }];
  });
}

function changeOf(properties: readonly JsonFields[]): Partial<FieldSettings> {
  const change: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  for (const { id, value } of properties) {
    const name = textOf(id);
    if (name.startsWith('custom.')) custom[name.slice(7)] = value;
    else if (name === 'unit' || name === 'displayName' || name === 'noValue') change[name] = textOf(value);
    else if (name === 'decimals' || name === 'min' || name === 'max') change[name] = numberOf(value);
    else if (name === 'mappings') change[name] = readMappings(value);
    else if (name === 'thresholds') change.steps = readSteps(asFields(value), {});
    else if (name === 'color') change.fixedColour = fixedColour(asFields(value));
  }
  return { ...change, ...(Object.keys(custom).length === 0 ? {} : { custom }) };
}

/** Grafana writes `/pattern/flags` or the pattern alone. What does not compile matches nothing. */
export function patternOf(text: string): RegExp | null {
  const [, body = text, flags = ''] = /^\/(.*)\/([gimsuy]*)$/s.exec(text) ?? [];
  try {
    return new RegExp(body, flags.replaceAll(/[gy]/g, ''));
  } catch {
    return null;
  }
}
