/** A test for names such as `cmdb-record/pe1-hist-1`: addresses without their stack. `*` stands for any characters. */
export function namePattern(pattern: string): (name: string) => boolean {
  const expression = new RegExp(`^${pattern.split('*').map(RegExp.escape).join('.*')}$`, 'su');
  return (name) => expression.test(name);
}
