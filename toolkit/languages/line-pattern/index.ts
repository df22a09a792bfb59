export { readLinePattern } from './line-pattern.ts';
export { countOf, literalsOf } from './read-groups.ts';
