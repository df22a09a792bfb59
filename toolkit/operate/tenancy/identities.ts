import { listOf } from '../../languages/kubernetes/index.ts';
import type { AccessTrial, TrialUser } from '../../model/index.ts';
import { nameOf, type Space } from './declared-spaces.ts';
import { judgeAnswer } from './judge-answer.ts';
import type { Evidence } from './tenancy-report.ts';

/** Somebody of a tenant, as whom requests are tried. */
export interface Identity {
  readonly tenant: string;
  /** For people: `mes-developers`, `the account default in mes-prod`. */
  readonly title: string;
  readonly user: TrialUser;
  /** Null for accounts of services. */
  readonly group: string | null;
  readonly level: string;
}

/** Nobody is called this: all rights come from the groups. The server itself adds those that everybody is in. */
export const trialUser = 'opsctl-tenancy-verify';

/** Everybody that a tenant has: a member of each of its groups, and each account that is in its namespaces now. */
export async function identitiesOf(trial: AccessTrial, spaces: readonly Space[]): Promise<Found> {
  const members = spaces.flatMap(({ tenant, groups }) =>
    groups.map(
      ({ group, level }): Identity => ({
        tenant,
        title: group,
        user: { name: trialUser, groups: [group] },
        group,
        level,
      }),
    ),
  );
  const accounts = await Promise.all(spaces.map((space) => accountsOf(trial, space)));
  const all = [...members, ...accounts.flatMap(({ identities }) => identities)];
  const identities = [...new Map(all.map((one) => [`${one.tenant} ${one.title} ${one.level}`, one])).values()];
  return { identities, evidence: accounts.flatMap(({ evidence }) => evidence) };
}

interface Found {
  readonly identities: readonly Identity[];
  /** What could not be seen: an account that nobody knows of is an account that nobody tried. */
  readonly evidence: readonly Evidence[];
}

async function accountsOf(trial: AccessTrial, { tenant, namespace }: Space): Promise<Found> {
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  const answer = await trial.try({ as: null, method: 'GET', path });
  const { status, body } = answer;
  // The one that pods run as, whether it can be seen or not.
  const names = new Set(['default', ...(status === 200 ? listOf(body.items).map(nameOf) : [])]);
  const identities = [...names].sort().map((name) => ({
    tenant,
    title: `the account ${name} of ${namespace}`,
    user: { name: `system:serviceaccount:${namespace}:${name}`, groups: [] },
    group: null,
    level: 'account',
  }));
  if (status === 200) return { identities, evidence: [] };
  const asked = `the accounts of ${namespace}`;
  const answered = judgeAnswer(answer).said;
  const unseen = (['read', 'write'] as const).map(
    (aspect): Evidence => ({ tenant, other: null, aspect, verdict: 'untried', asked, answered }),
  );
  return { identities, evidence: unseen };
}
