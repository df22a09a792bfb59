import type { Diagnostic } from '../diagnostics/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../model/index.ts';
import type { Plan } from './plan.ts';
import { planDiagnostics } from './plan-diagnostics.ts';
import { digestOfPlan } from './plan-digest.ts';
import { findShapeFault } from './plan-shape.ts';

export type ParsedPlan =
  | { readonly plan: Plan; readonly diagnostic: null }
  | { readonly plan: null; readonly diagnostic: Diagnostic };

const formatVersion = 1 satisfies Plan['formatVersion'];

/**
 * The bytes of a plan file: JSON and a newline. Keys stay in the order in which the content has them, for providers write
 * them in it: a saved plan makes the same files as one that is applied at once. The digest knows no order of keys.
 */
export function serialisePlan(plan: Plan): string {
  return `${JSON.stringify(plan)}\n`;
}

/** Reads a plan file. What comes back is exactly what was serialised, or one diagnostic that says why it is not. */
export function parsePlan(text: string): ParsedPlan {
  if (text.trim() === '') return refuse(planDiagnostics.create('file-empty', {}));
  const content = parseJson(text);
  if (content === undefined) return refuse(brokenJson(text));
  if (!isJsonObject(content)) return corrupted('it holds no object');
  if (!Object.hasOwn(content, 'formatVersion')) return corrupted('it has no formatVersion');
  const found = content.formatVersion;
  if (found !== formatVersion) {
    return refuse(planDiagnostics.create('file-other-version', { found: JSON.stringify(found), known: formatVersion }));
  }
  return verify(content);
}

/** The digest first: a plan that was edited is that, whatever the edit did to its shape. */
function verify(content: JsonObject): ParsedPlan {
  const stated = content.digest;
  if (typeof stated !== 'string') return corrupted('it has no digest');
  const plan = content as unknown as Plan;
  const computed = digestOfPlan(plan);
  if (computed !== stated) {
    return refuse(
      planDiagnostics.create(
        'file-digest-mismatch',
        { stated, found: computed },
        { expected: stated, found: computed },
      ),
    );
  }
  const fault = findShapeFault(content);
  return fault === null ? { plan, diagnostic: null } : corrupted(fault);
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function brokenJson(text: string): Diagnostic {
  if (endsInside(text)) return planDiagnostics.create('file-truncated', { characters: text.length });
  return planDiagnostics.create('file-corrupted', { reason: 'it is not valid JSON' });
}

/** True when a JSON object begins and does not end: in a text, or with a bracket still open. */
function endsInside(text: string): boolean {
  // The end of a plan file is there, so it is the middle that was changed.
  if (!text.trimStart().startsWith('{') || text.endsWith('}\n')) return false;
  const withoutTexts = text.replaceAll(/"(?:[^"\\]|\\.)*"/gs, '');
  if (withoutTexts.includes('"')) return true;
  const opened = withoutTexts.match(/[[{]/g)?.length ?? 0;
  const closed = withoutTexts.match(/[\]}]/g)?.length ?? 0;
  return opened > closed;
}

function corrupted(reason: string): ParsedPlan {
  return refuse(planDiagnostics.create('file-corrupted', { reason }));
}

function refuse(diagnostic: Diagnostic): ParsedPlan {
  return { plan: null, diagnostic };
}
