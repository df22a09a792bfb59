import { Failure } from '../diagnostics/index.ts';

/** A system was asked to do something and did not answer, so that it may have done it or not. */
export class Unanswered extends Failure {
  constructor({ diagnostic, cause }: Failure) {
    super(diagnostic, { cause });
    this.name = 'Unanswered';
  }
}
