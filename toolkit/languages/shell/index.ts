export { powershellLine, shellLine, type Word } from './quote.ts';
