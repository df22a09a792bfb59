import { programNames } from '../../tools/programs/catalogue.ts';
import { installPrograms } from '../../tools/programs.ts';

/** Runs once before all tests, so that no test waits for a download or is skipped where it could have run. */
export default async function installAllPrograms(): Promise<void> {
  const { reason } = await installPrograms(programNames, (line) => console.log(line));
  if (reason !== '') console.log(`Tests against real programs will be skipped. ${reason}`);
}
