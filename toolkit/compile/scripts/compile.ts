import type { Resource } from '../../model/index.ts';
import { makeResource, operatedStep } from '../make-resource.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { hostsOf } from './hosts.ts';
import { compileScriptRules } from './rules.ts';
import { scriptFiles } from './script-files.ts';

/** The files of the scripts of a stack, for each script the list of hosts that are to run it, and what tells when they do not. */
export function compileScripts(operated: OperatedStack): readonly Resource[] {
  return [...compileScriptRules(operated), ...compileFiles(operated)];
}

function compileFiles(operated: OperatedStack): readonly Resource[] {
  return operated.stack.scripts.flatMap((scheduled) => {
    const { script, source } = scheduled;
    const items = hostsOf(operated, scheduled);
    const hosts = `${items.map(({ id }) => id).join('\n')}\n`;
    const files = { ...scriptFiles(script), [`${script.id}.hosts`]: hosts };
    return Object.entries(files).map(([name, content]) =>
      makeResource(operated, {
        type: 'file',
        name: `script-${name}`,
        target: 'scripts',
        spec: { path: `${script.id}/${name}`, content },
        items,
        derivation: [
          operatedStep(operated, `${items.length} items that run the script ${script.id}`),
          { kind: 'declaration', subject: script.id, text: `${script.title.en}, every ${script.interval}.`, source },
        ],
      }),
    );
  });
}
