import { type OptionValues, oneOf, several, text } from '../../arguments/option.ts';

export const verifyOptions = {
  stack: several('--stack <name>', 'Only the clusters of these stacks.', { completion: 'stack' }),
  tenant: several('--tenant <id>', 'Only what concerns these tenants, in either direction.', { completion: 'tenant' }),
  format: oneOf(
    '--format <name>',
    'How the result is written; `md` is a report with all evidence.',
    ['text', 'md'],
    'text',
  ),
  rights: text(
    '--rights <group>',
    'Print the roles and bindings that let this group verify, as manifests, and try nothing.',
  ),
};

export type VerifyValues = OptionValues<typeof verifyOptions>;
