import type { TextSink } from '../io.ts';

/** Knows the secrets that this run has read, and keeps them out of everything it writes. */
export interface SecretMask {
  learn(secret: string): void;
  mask(text: string): string;
  /** A sink that masks what is written to `sink`. */
  over(sink: TextSink): TextSink;
}

/** Shorter ones would blot out half of any output, and give little away. */
const shortestSecret = 4;

const mark = '(secret)';

export function createSecretMask(): SecretMask {
  const spellings = new Set<string>();
  const mask = (text: string) => {
    // The longest first: one spelling may lie inside another.
    const sorted = [...spellings].sort((left, right) => right.length - left.length);
    return sorted.reduce((masked, spelling) => masked.replaceAll(spelling, mark), text);
  };
  return {
    learn(secret) {
      if (secret.length < shortestSecret) return;
      for (const spelling of spellingsOf(secret)) spellings.add(spelling);
      const lines = secret.split(/\r?\n/).filter((line) => line.length >= shortestSecret);
      for (const line of lines) spellings.add(line); // A key of several lines may be written line by line.
    },
    mask,
    over: (sink) => ({ write: (text) => sink.write(spellings.size === 0 ? text : mask(text)) }),
  };
}

/** The secret in every encoding in which a target, an error text or JSON may give it back. */
function spellingsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const hex = bytes.toString('hex');
  const json = JSON.stringify(secret).slice(1, -1);
  const spellings = [
    secret,
    json,
    encodeURIComponent(secret),
    encodeURI(secret),
    xmlOf(secret),
    hex,
    hex.toUpperCase(),
  ];
  return [...spellings, ...base64Cores(bytes)].filter((spelling) => spelling.length >= shortestSecret);
}

/**
 * Base64 of a text that has the secret in it: depending on how many bytes stand before it, its letters differ, so there
 * are three forms, without the letters at both ends that also hold bits of the neighbours.
 */
function base64Cores(secret: Buffer): readonly string[] {
  const cores = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), secret])
      .toString('base64')
      .replace(/=+$/, '');
    const isSplit = (before + secret.length) % 3 !== 0;
    return text.slice(Math.ceil((before * 8) / 6), isSplit ? -1 : undefined);
  });
  return cores.flatMap((core) => [core, core.replaceAll('+', '-').replaceAll('/', '_')]);
}

function xmlOf(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
