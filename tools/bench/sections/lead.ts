import { compared, notMeasured, type Result, timed } from '../result.ts';
import { generate } from '../synthetic.ts';
import type { Terraform } from '../terraform.ts';
import { medianSeconds, type TimedRun } from '../timed-run.ts';
import { type Bench, count, type Section } from './section.ts';

interface Measured {
  readonly applied: readonly TimedRun[];
  readonly planned: readonly TimedRun[];
}

const fullSizeBudgets = { applySeconds: 5, applyLead: 40, planLead: 25 };

/** As many objects in both programs, one program after the other on the same disk. */
export const lead: Section = {
  name: 'lead',
  async run(bench) {
    const objects = count(bench.sizes.peer);
    // Terraform's time grows with the square of the number, so a lead says something at the size it was promised for.
    const budgets = bench.isQuick ? null : fullSizeBudgets;
    const own = await measureOpsctl(bench);
    const ownResults = [
      timed(`opsctl apply, ${objects} new objects, journaled and fsynced`, own.applied, budgets?.applySeconds ?? null),
      timed(`opsctl plan, ${objects} resources, nothing changed`, own.planned, null),
    ];
    if (bench.terraform === null) return [...ownResults, ...withoutPeer(objects)];
    const peer = await measureTerraform(bench, bench.terraform);
    return [
      ...ownResults,
      timed(`terraform apply, ${objects} new terraform_data`, peer.applied, null),
      timed(`terraform plan, ${objects} terraform_data, nothing changed`, peer.planned, null),
      ahead(leads(objects).apply, own.applied, peer.applied, budgets?.applyLead ?? null),
      ahead(leads(objects).plan, own.planned, peer.planned, budgets?.planLead ?? null),
    ];
  },
};

async function measureOpsctl({ folder, sizes, runs, say }: Bench): Promise<Measured> {
  say(`opsctl apply and plan, ${count(sizes.peer)} objects`);
  const synthetic = await generate(folder, sizes.peer);
  const applied = await synthetic.applyNew(runs);
  const planned = await synthetic.planUnchanged(runs);
  await synthetic.remove();
  return { applied, planned };
}

async function measureTerraform({ folder, sizes, peerRuns, say }: Bench, terraform: Terraform): Promise<Measured> {
  say(`terraform apply, ${count(sizes.peer)} objects (this takes minutes)`);
  const applied = await terraform.applyNew(folder, sizes.peer, 1);
  say(`terraform plan, ${count(sizes.peer)} objects`);
  const planned = await terraform.planUnchanged(folder, sizes.peer, peerRuns);
  return { applied, planned };
}

function leads(objects: string) {
  return {
    apply: `apply of ${objects} new objects: opsctl ahead of Terraform`,
    plan: `plan of ${objects} unchanged objects: opsctl ahead of Terraform`,
  };
}

function withoutPeer(objects: string): readonly Result[] {
  return Object.values(leads(objects)).map((work) => notMeasured(work, 'terraform is not on PATH.'));
}

function ahead(work: string, own: readonly TimedRun[], peer: readonly TimedRun[], atLeast: number | null): Result {
  const peerSeconds = medianSeconds(peer);
  const samples = own.map(({ seconds }) => peerSeconds / seconds);
  return compared(work, samples, atLeast === null ? null : { kind: 'at-least', value: atLeast });
}
