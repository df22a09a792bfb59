export { checkSlos } from './check.ts';
export { compileSlos } from './compile.ts';
export { describePeriod, periodName } from './period.ts';
export { upheldBy } from './upheld.ts';
