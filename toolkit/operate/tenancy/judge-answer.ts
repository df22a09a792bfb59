import type { TrialAnswer } from '../../model/index.ts';

/** What an answer says of the right to ask, apart from what else may have been wrong with the request. */
export type Judged =
  | { readonly right: 'none'; readonly said: string }
  | { readonly right: 'given'; readonly said: string }
  /** Neither can be told. */
  | { readonly right: 'unknown'; readonly said: string };

/**
 * Rights are looked at before anything else: who is told that there is no such object, or that the quota does not allow
 * it, was allowed to ask. A refusal to be somebody else says nothing of what that somebody may do.
 */
export function judgeAnswer({ status, body }: TrialAnswer): Judged {
  const message = typeof body.message === 'string' ? body.message : '';
  const said = `${status}${message === '' ? '' : `: ${message}`}`;
  if (status === 403 && /cannot impersonate/.test(message)) return { right: 'unknown', said };
  if (status === 403 && /" cannot [a-z]+ (resource|path) /.test(message)) return { right: 'none', said };
  if (status >= 500 || status === 429 || status === 401) return { right: 'unknown', said };
  return { right: 'given', said };
}
