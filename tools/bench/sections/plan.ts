import { memory, timed } from '../result.ts';
import { generate } from '../synthetic.ts';
import { count, type Section } from './section.ts';

/** The plan that finds nothing to do: every object is compiled, read, compared and judged. */
export const plan: Section = {
  name: 'plan',
  async run({ folder, sizes, runs, say }) {
    const work = `opsctl plan, ${count(sizes.plan)} resources, nothing changed`;
    say(work);
    const synthetic = await generate(folder, sizes.plan);
    const plans = await synthetic.planUnchanged(runs);
    const peaks = await synthetic.planMemory(runs);
    await synthetic.remove();
    return [
      timed(work, plans, 1.5),
      memory(
        `${work}: most memory held at once`,
        peaks.map(({ heldBytes }) => heldBytes),
        400,
      ),
      memory(
        `${work}: peaks of its processes added up`,
        peaks.map(({ residentBytes }) => residentBytes),
        null,
      ),
    ];
  },
};
