import { addressFields, definePolicy, type PolicyInput } from 'opsctl';

const mostSites = 3;
const mostTenants = 1;

export const blastRadius = definePolicy({
  id: 'changes/blast-radius',
  level: 'approval-needed',
  title: { en: 'Changes of many sites or tenants need an approval', zh: '跨多个站点或租户的变更须经审批' },
  rationale: 'One mistake in a shared place reaches all at once, and there is no healthy site left to compare with.',
  remedy: 'Plan a few sites at a time with --stack, the least important first, or have the plan approved.',
  clauses: ['S0:A.7.2.b/1', 'S0:A.7.1.a/2', 'S1:7.7.1.d'],
  check: ({ plan, stacks }) => {
    const sites = new Map(stacks.map(({ name, site }) => [name, site]));
    const touched = (plan?.changes ?? []).filter(changesWhatIsThere);
    return [
      ...tooMany(
        'sites',
        mostSites,
        touched.map(({ address }) => sites.get(addressFields(address).stack) ?? addressFields(address).stack),
      ),
      ...tooMany(
        'tenants',
        mostTenants,
        touched.flatMap(({ change }) => ('desired' in change ? (change.desired.tenant ?? []) : [])),
      ),
    ];
  },
});

type PlannedChange = NonNullable<PolicyInput['plan']>['changes'][number];

/** What is new breaks nothing that runs, and a record is only a record. */
function changesWhatIsThere({ change }: PlannedChange): boolean {
  if (change.action === 'adopt') return change.fields.length > 0;
  return change.action === 'update' || change.action === 'replace' || change.action === 'delete';
}

function tooMany(what: string, most: number, names: readonly string[]) {
  const distinct = [...new Set(names)].sort();
  if (distinct.length <= most) return [];
  const message = `The plan changes what is in place for ${distinct.length} ${what}: ${distinct.join(', ')}.`;
  return [{ subject: what, item: null, message, expected: `at most ${most}`, found: String(distinct.length) }];
}
