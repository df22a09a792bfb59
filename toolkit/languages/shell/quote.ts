/**
 * One word of a command: a text that is passed as it is, a variable that whoever runs the command has to set, or the name of
 * a parameter of PowerShell, which takes what is quoted for a value.
 */
export type Word =
  | string
  | { readonly variable: string; readonly before?: string; readonly after?: string }
  | { readonly parameter: string };

/**
 * A command for a POSIX shell. Names of items, jobs and packages are data: whatever is in them, each stays one word. A
 * variable that is not set ends the script.
 */
export function shellLine(words: readonly Word[]): string {
  return words
    .map((word) => {
      if (typeof word === 'string') return quoteForShell(word);
      if ('parameter' in word) return quoteForShell(`-${word.parameter}`);
      const { variable, before = '', after = '' } = word;
      return `${before === '' ? '' : quoteForShell(before)}"\${${variable}:?}"${after === '' ? '' : quoteForShell(after)}`;
    })
    .join(' ');
}

/** A command for PowerShell, called by `&` so that its name may be quoted too. */
export function powershellLine(words: readonly Word[]): string {
  const printed = words.map((word) => {
    if (typeof word === 'string') return quoteForPowershell(word);
    if ('parameter' in word) return `-${word.parameter.replaceAll(/\W/g, '')}`;
    const { variable, before = '', after = '' } = word;
    return `(${quoteForPowershell(before)} + $env:${variable} + ${quoteForPowershell(after)})`;
  });
  return `& ${printed.join(' ')}`;
}

const plainWord = /^[A-Za-z0-9_/.:,+@-][A-Za-z0-9_/.:,+@=-]*$/;

/** Quoted unless it is plainly harmless, so that what people read stays readable. */
function quoteForShell(text: string): string {
  return plainWord.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** PowerShell takes the typographic quotes for quotes as well. */
function quoteForPowershell(text: string): string {
  return `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}
