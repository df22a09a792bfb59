import {
  type LabelSet,
  parseAlertmanager,
  routeAlert,
  simulate,
} from '../../../toolkit/languages/alert-routing/index.ts';
import { type Result, timed } from '../result.ts';
import type { TimedRun } from '../timed-run.ts';
import { count, type Section } from './section.ts';

const alerts = 10_000;
const routes = 500;

/** Routing trees of three kinds: routes told apart by a value, by a pattern, and in two steps as the toolkit writes them. */
const trees: Readonly<Record<string, (index: number) => object>> = {
  'by team, then by severity': (index) => ({
    ...{ receiver: `r${index}`, matchers: [`team="t${index}"`] },
    routes: ['critical', 'warning', 'info'].map((severity) => ({ matchers: [`severity="${severity}"`] })),
  }),
  'by a value': (index) => ({ receiver: `r${index}`, matchers: [`team="t${index}"`, 'severity=~"critical|warning"'] }),
  'by a pattern, each continuing': (index) => ({
    ...{ receiver: `r${index}`, continue: true },
    matchers: [`item=~"plant-${index}-.*"`, 'severity!="info"'],
  }),
};

/** Where alerts go, without a server: what a check of every alert of an organisation costs. */
export const routing: Section = {
  name: 'routing',
  run: async ({ runs, say }) =>
    Object.entries(trees).flatMap(([kind, routeOf]) => {
      const work = `routing of ${count(alerts)} alerts over ${count(routes)} routes, ${kind}`;
      say(work);
      return measure(work, routeOf, runs);
    }),
};

function measure(work: string, routeOf: (index: number) => object, runs: number): readonly Result[] {
  const labels = Array.from({ length: alerts }, (_, index) => labelsOf(index));
  const perEntry = 'routes' in routeOf(0) ? 4 : 1;
  const tree = Array.from({ length: routes / perEntry }, (_, index) => routeOf(index));
  const receivers = [{ name: 'a' }, ...tree.map((_, index) => ({ name: `r${index}` }))];
  const document = { route: { receiver: 'a', group_by: ['alertname', 'site'], routes: tree }, receivers };
  const routed = repeat(runs, () => {
    const { config } = parseAlertmanager(document);
    for (const alert of labels) routeAlert(config.root, alert);
  });
  const simulated = repeat(runs, () => simulate(parseAlertmanager(document).config, { firing: labels, atMs: 0 }));
  return [timed(work, routed, 1), timed(`${work}: with groups and messages`, simulated, null)];
}

function labelsOf(index: number): LabelSet {
  return {
    alertname: `Alert${index % 200}`,
    team: `t${(index * 7) % 600}`,
    severity: ['critical', 'warning', 'info'][index % 3] ?? '',
    item: `plant-${index % 600}-host-${index}`,
    site: `s${index % 9}`,
    tenant: `n${index % 5}`,
  };
}

function repeat(runs: number, run: () => void): readonly TimedRun[] {
  return Array.from({ length: runs }, () => {
    const [started, used] = [performance.now(), process.cpuUsage()];
    run();
    const { user, system } = process.cpuUsage(used);
    return { seconds: (performance.now() - started) / 1000, processorSeconds: (user + system) / 1e6 };
  });
}
