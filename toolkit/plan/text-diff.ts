import { alignLists } from './align-lists.ts';

/** One stretch in which two texts differ; empty where a side has nothing there. */
export interface TextSegment {
  /** The word before it, the same on both sides: `>`. */
  readonly lead: string;
  readonly before: string;
  readonly after: string;
}

/**
 * The stretches in which two one-line texts differ, word by word. What lies close together is one stretch: a reader wants
 * to see what changed, not the fewest letters. Brackets that only came because of what stands in them are left out.
 *
 * ```ts
 * diffText('rate(errors[5m]) > 0.9 or up == 0', 'rate(errors[5m]) > 0.95 or up == 0')   // [{ lead: '>', before: '0.9', after: '0.95' }]
 * ```
 */
export function diffText(before: string, after: string): readonly TextSegment[] {
  const segments: Segment[] = [];
  let common: string[] = [];
  for (const { before: left, after: right } of alignLists(words(before), words(after))) {
    if (left !== null && right !== null && left.value === right.value) {
      common.push(String(left.value));
      const latest = segments.at(-1);
      if (latest !== undefined) latest.following += left.value;
      continue;
    }
    const last = segments.at(-1);
    const isNear = last !== undefined && lengthOf(common) <= closeTogether;
    const open = isNear ? last : { lead: leadOf(common), before: '', after: '', following: '' };
    if (isNear) append(open, common.join(''), common.join(''));
    else segments.push(open);
    append(open, String(left?.value ?? ''), String(right?.value ?? ''));
    common = [];
  }
  return segments.map(trimmed).filter(({ before: from, after: to }) => /[^()\s]/.test(from + to));
}

interface Segment {
  lead: string;
  before: string;
  after: string;
  following: string;
}

const closeTogether = 12;

/** An operator says what a number is; the end of something else says nothing. */
function leadOf(common: readonly string[]): string {
  const lead = common.findLast((word) => word.trim() !== '') ?? '';
  return /^[\p{L}<>=!~:]+$/u.test(lead) ? lead : '';
}

function append(segment: Segment, before: string, after: string): void {
  segment.before += before;
  segment.after += after;
  segment.following = '';
}

function trimmed({ lead, before, after, following }: Segment): TextSegment {
  const [from, to] =
    before === '' || after === '' ? [before, after].map((text) => turned(text, following)) : [before, after];
  return { lead, before: (from ?? '').trim(), after: (to ?? '').trim() };
}

/** `) or b` that stands before a `)` is as well the ` or b)` after one, which reads as what it is. */
function turned(text: string, following: string): string {
  const [closing = ''] = /^[)}\]]*/.exec(text) ?? [];
  return following.startsWith(closing) ? text.slice(closing.length) + closing : text;
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((total, text) => total + text.length, 0);
}

function words(text: string): readonly string[] {
  return text.match(/"[^"]*"|[\p{L}\p{N}_.:]+|\s+|[<>=!~]+|./gsu) ?? [];
}
