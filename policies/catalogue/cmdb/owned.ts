import { type ConfigurationItem, definePolicy, type Team, type TierId, tierIds } from 'opsctl';

export const owned = definePolicy({
  id: 'cmdb/owned',
  level: 'mandatory',
  title: { en: 'Items must have an owner who can be told', zh: '配置项必须有可联系的责任团队' },
  rationale: 'Alerts, changes and questions about an item go to its owner; with nobody behind the name they are lost.',
  remedy:
    'Name as owner a team of the same tier or one above that has a channel, or give the team a channel in cmdb/organisation/.',
  clauses: ['S1:8.3.5.1.b', 'S0:7.3.1.1'],
  check: ({ organisation, items }) => {
    const teams = new Map(organisation.teams.map((team) => [team.id, team]));
    const tiers = new Map(organisation.sites.map(({ id, tier }) => [id, tier]));
    return items.flatMap((item) => {
      const fault = item.stage === 'retired' ? null : faultOf(item, teams.get(item.owner), tiers);
      return fault === null
        ? []
        : [
            {
              subject: item.id,
              item: item.id,
              message: `${item.id} is owned by ${item.owner}, ${fault}.`,
              found: item.owner,
            },
          ];
    });
  },
});

function faultOf(
  { site }: ConfigurationItem,
  team: Team | undefined,
  tiers: ReadonlyMap<string, TierId>,
): string | null {
  if (team === undefined) return 'which is no team of the organisation';
  if (rankOf(tiers.get(team.site)) > rankOf(tiers.get(site)))
    return `which works at ${team.site}, a tier below ${site}`;
  return team.channels.length === 0 ? 'which has no channel to be told by' : null;
}

function rankOf(tier: TierId | undefined): number {
  return tier === undefined ? tierIds.length : tierIds.indexOf(tier);
}
