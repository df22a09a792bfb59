import { flag, text } from '../../arguments/option.ts';
import { words } from '../../arguments/positional.ts';

/** Options of every import; `folder` is where it writes when nothing else is said. */
export function importOptions(folder: string) {
  return {
    out: text('--out <directory>', `Folder to write; ${folder} of the repository when not given.`, {
      completion: 'directory',
    }),
    force: flag('--force', 'Overwrite files of the same names that are there already.'),
    dryRun: flag('--dry-run', 'Read, compile and compare, and write nothing.'),
  };
}

export const importPlaces = { places: words('path', 'Files and folders to read.', 'file') };
