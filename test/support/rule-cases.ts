import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standardAlerts } from 'opsctl/alerts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import { runProgram } from '../../toolkit/host/run-program.ts';
import { printYaml } from '../../toolkit/languages/yaml/index.ts';
import {
  defineStack,
  items,
  type JsonValue,
  type StackDeclaration,
  standardTargets,
} from '../../toolkit/model/index.ts';
import { sampleGroup, sampleItem, sampleStacks } from '../../toolkit/testing/sample-group.ts';
import { realPrograms } from './programs.ts';

const programs = realPrograms(['promtool']);

/** An item that cases are about. */
export interface RuleItem {
  readonly id: string;
  readonly class: string;
  /** The source of the class that its series come from. */
  readonly source: string;
  readonly attributes?: Readonly<Record<string, JsonValue>>;
}

/** What series of an item make of one alert. */
export interface RuleCase<ClassId extends string = string> {
  readonly name: string;
  readonly class: ClassId;
  /** `metric{labels} values`, where the labels of the item are added and the interval is 30 s. */
  readonly series: readonly string[];
  readonly at: string;
  readonly alert: string;
  readonly fires: boolean;
}

interface Suite {
  readonly title: string;
  readonly items: readonly RuleItem[];
  /** Each with the id of its item. */
  readonly cases: readonly (RuleCase & { readonly item: string })[];
}

/** Holds compiled rules of the catalogue against promtool, with series that somebody wrote down. */
export function describeRuleCases({ title, items, cases }: Suite): void {
  const classes = [...new Set(items.map((item) => item.class))];
  describe.skipIf(!programs.available)(programs.title(title), () => {
    let folder = '';
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'opsctl-class-rules-'));
      await writeRules(folder, classes, items);
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    it.each(classes)('those of %s are accepted', async (id) => {
      const result = await promtool('check', 'rules', join(folder, `${id}.yaml`));
      expect(result).toMatch(/SUCCESS: \d+ rules found/);
    });

    it.each(cases)('$class: $name', async ({ class: id, series, at, alert, fires, item }) => {
      const own = items.find((one) => one.id === item);
      const test = {
        rule_files: [join(folder, `${id}.yaml`)],
        evaluation_interval: '30s',
        tests: [
          {
            interval: '30s',
            input_series: series.map((line) => withItem(line, own)),
            // The alert has the labels of its item, or nobody would know whom it is about.
            promql_expr_test: [
              {
                expr: `count by (item, site, tier, team) (ALERTS{alertname="${alert}",alertstate="firing"})`,
                eval_time: at,
                exp_samples: fires
                  ? [{ labels: `{item="${item}",site="plant",tier="L3",team="plant-ops"}`, value: 1 }]
                  : [],
              },
            ],
          },
        ],
      };
      const file = join(folder, 'test.yaml');
      await writeFile(file, printYaml(test));
      expect(await promtool('test', 'rules', file)).toContain('SUCCESS');
    });

    it('each alert of the table is one of the class', () => {
      const known = new Set(standardAlerts.flatMap((pack) => Object.values(pack.alerts).map((own) => own.name)));
      expect(cases.filter(({ alert }) => !known.has(alert))).toEqual([]);
    });
  });
}

async function promtool(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await runProgram(programs.path('promtool'), args, { timeoutMs: 60_000 });
  return `${stdout}${stderr}`;
}

/** `pg_up 0x20` as Prometheus would have it of the item. */
function withItem(line: string, item: RuleItem | undefined): { readonly series: string; readonly values: string } {
  if (item === undefined) throw new Error(`${line} is about an item that the suite has not.`);
  const [, metric = '', labels = '', values = ''] = /^(\w+)(?:\{(.*)\})? (.+)$/.exec(line) ?? [];
  const own = `item="${item.id}",class="${item.class}",tier="L3",site="plant",tenant="shared",team="plant-ops",criticality="high"`;
  const target = `instance="db.plant.example:1",job="${item.class}-${item.source}"`;
  return { series: `${metric}{${[own, target, ...(labels === '' ? [] : [labels])].join(',')}}`, values };
}

/** One file for each class, as the plant would get it. */
async function writeRules(folder: string, classes: readonly string[], own: readonly RuleItem[]): Promise<void> {
  const samples = own.map(({ id, class: of, attributes }) =>
    sampleItem(id, of, { address: 'db.plant.example', ...attributes }),
  );
  const { resources, diagnostics } = compileGroup(sampleGroup({ items: samples, stacks: sampleStacks(withSnmp) }));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  for (const id of classes) {
    const rules = resources.find(({ address }) => address === `plant/prometheus-rules/${id}`);
    await writeFile(join(folder, `${id}.yaml`), printYaml({ groups: [rules?.spec.group ?? {}] }));
  }
}

function withSnmp(): StackDeclaration {
  const head = { name: 'plant', tier: 'L3', site: 'plant', parent: 'region', team: 'plant-ops' } as const;
  return defineStack({ ...head, targets: [...standardTargets, 'snmp'] }).operate(items.where({ site: 'plant' }));
}
