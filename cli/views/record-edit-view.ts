import type { View } from '../output/view.ts';

export type RecordEdit =
  | { readonly kind: 'moved'; readonly from: string; readonly to: string }
  | { readonly kind: 'removed'; readonly address: string; readonly wasProtected: boolean };

export const recordEditView: View<RecordEdit> = {
  human: (edit) =>
    edit.kind === 'moved'
      ? `${edit.from} is ${edit.to} from now on.\n`
      : `${edit.address} is not managed any more; its object is where it was${edit.wasProtected ? ', and no longer protected' : ''}.\n`,
  events: ({ kind, ...edit }) => [{ event: `record-${kind}`, ...edit }],
};
