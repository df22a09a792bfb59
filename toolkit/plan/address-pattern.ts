/** A test for addresses: `*` stands for any text, slashes too, so that `plant-east-1/*` is a whole stack. */
export function addressPattern(pattern: string): (address: string) => boolean {
  if (!pattern.includes('*')) return (address) => address === pattern;
  const source = pattern
    .split('*')
    .map((text) => RegExp.escape(text))
    .join('.*');
  const expression = new RegExp(`^${source}$`, 'su');
  return (address) => expression.test(address);
}
