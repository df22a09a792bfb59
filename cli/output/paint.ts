import { styleText } from 'node:util';
import type { Paint } from '../../toolkit/diagnostics/reporters/index.ts';

export interface ColourWishes {
  readonly isTerminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** False with `--no-colour`. */
  readonly isAllowed: boolean;
}

/** Colours only for a terminal, and never where NO_COLOR (https://no-color.org) or CI is set. */
export function createPaint({ isTerminal, env, isAllowed }: ColourWishes): Paint {
  if (!isTerminal || !isAllowed || isSet(env['NO_COLOR']) || isSet(env['CI']) || env['TERM'] === 'dumb') return plain;
  return (style, text) => styleText(style, text, { validateStream: false });
}

const plain: Paint = (_style, text) => text;

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
