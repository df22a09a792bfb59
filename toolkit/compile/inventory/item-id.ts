const longestId = 120;

/**
 * Why a text cannot be an id, or null. Ids stand in addresses, file names, labels and terminals: nothing in them may need
 * escaping anywhere.
 */
export function refuseId(id: string): string | null {
  if (id.length > longestId) return `has ${id.length} characters`;
  const stranger = /[^\p{L}\p{M}\p{N}_.-]/u.exec(id)?.[0];
  if (stranger !== undefined) return `holds ${nameCharacter(stranger)}`;
  if (!/^[\p{L}\p{N}]/u.test(id)) return 'does not begin with a letter or digit';
  return id === id.normalize('NFC') ? null : 'holds letters with separate accents, which look like other letters';
}

function nameCharacter(character: string): string {
  if (character === ' ') return 'a blank';
  return /[\p{C}\p{Z}]/u.test(character) ? codeOf(character) : `${character} (${codeOf(character)})`;
}

/** `U+200B` */
export function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
