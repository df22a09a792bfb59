import { serverProgramNames } from '../../tools/programs/catalogue.ts';
import { installPrograms } from '../../tools/programs.ts';

/** Runs once before the long tests: the servers that only they start. */
export default async function installServerPrograms(): Promise<void> {
  const { reason } = await installPrograms(serverProgramNames, (line) => console.log(line));
  if (reason !== '') console.log(`Tests against real servers will be skipped. ${reason}`);
}
