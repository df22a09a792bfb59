import { defineOrganisation } from 'opsctl';
import { standardAlerts } from 'opsctl/alerts';
import { standardClasses } from 'opsctl/cmdb';
import { standardDashboards } from 'opsctl/dashboards';
import { calendars } from './calendars.ts';
import { people } from './people.ts';
import { sites, tiers } from './sites.ts';
import { teams } from './teams.ts';
import { suppliers, tenants } from './tenants.ts';

/** The reference organisation: a process-industry group with a headquarters, two regions and three plants. */
export default defineOrganisation({
  id: 'huayuan',
  title: { en: 'Huayuan Chemical Group (reference organisation)', zh: '华源化工集团(参考组织)' },
  tiers,
  sites,
  teams,
  people,
  tenants,
  suppliers,
  calendars,
  runbookBase: 'https://runbooks.huayuan.example',
  dashboardBase: 'https://grafana.{stack}.huayuan.example',
  catalogue: { classes: standardClasses, alerts: standardAlerts, dashboards: standardDashboards },
});
