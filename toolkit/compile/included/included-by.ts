import type { DerivationStep, IncludedContent, Inclusion } from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';

/** An inclusion of one kind of content. */
export type IncludedBy<Content extends IncludedContent> = Inclusion & { readonly content: Content };

export function inclusionsOf<Kind extends IncludedContent['kind']>(
  { stack }: OperatedStack,
  kind: Kind,
): readonly IncludedBy<Extract<IncludedContent, { readonly kind: Kind }>>[] {
  return stack.inclusions.filter(
    (inclusion): inclusion is IncludedBy<Extract<IncludedContent, { readonly kind: Kind }>> =>
      inclusion.content.kind === kind,
  );
}

/** Which `.include(...)` brought it in, and on which terms. */
export function inclusionStep({ stack }: OperatedStack, { terms, source }: Inclusion, what: string): DerivationStep {
  const until =
    terms === undefined
      ? ''
      : ` What policies find in it is noted until ${terms.until}, allowed by ${terms.approver}: ${terms.reason}`;
  return {
    kind: 'declaration',
    subject: stack.name,
    text: `The stack ${stack.name} includes ${what}, as it is written by hand.${until}`,
    source,
  };
}
