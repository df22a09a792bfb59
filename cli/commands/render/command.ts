import { resolve } from 'node:path';
import type { Resource } from '../../../toolkit/model/index.ts';
import type { Reconciler } from '../../../toolkit/render-manifests/index.ts';
import { defineCommand } from '../../arguments/command.ts';
import { flag, neededText, oneOf, several, text } from '../../arguments/option.ts';
import { renderView } from '../../views/render-view.ts';
import { withContent } from '../open-content.ts';
import { renderDiagnostics } from './diagnostics.ts';
import { cleanFormerRender } from './former-render.ts';
import { renderFiles } from './render-files.ts';

export const command = defineCommand({
  description:
    'Writes what apply would write as files, in a folder for each stack and target: to look at it, or to hand it to a ' +
    'tool that applies it from Git. Asks no target. Where a secret belongs, its reference is written. With --for, only the ' +
    'objects of clusters are written, as the manifests, order and prune labels that the tool works with; a Secret is left ' +
    'out and told.',
  positionals: {},
  options: {
    out: neededText('--out <directory>', 'Where to write; a folder that is empty, or that render wrote before.', {
      completion: 'directory',
    }),
    for: oneOf(
      '--for <tool>',
      'What the files are for: programs that read them, or a tool that applies objects to a cluster.',
      ['files', 'flux', 'argocd', 'kubectl'],
      'files',
    ),
    source: text(
      '--source <name or URL>',
      'Where the tool will find the files: the name of a GitRepository of Flux, `flux-system` when not given; the URL of the repository for Argo CD, which needs it.',
    ),
    path: text('--path <folder>', 'Where the rendered folder is in that repository; its root when not given.'),
    revision: text('--revision <name>', 'Branch, tag or commit for Argo CD; HEAD when not given.'),
    cluster: text(
      '--cluster <name or URL>',
      'Cluster of the objects, as Argo CD calls it; the one that it runs in when not given.',
    ),
    stack: several('--stack <name>', 'Only these stacks; all of them when not given.', { completion: 'stack' }),
    force: flag('--force', 'Write into a folder that holds something else; files of the same names are overwritten.'),
  },
  exits: ['findings', 'refused'],
  examples: [
    { line: 'opsctl render --out rendered', text: 'Everything, in rendered/<stack>/<target>/.' },
    {
      line: 'opsctl render --out manifests/plant-1 --stack plant-1',
      text: 'One control point, for a repository that another tool watches.',
    },
    {
      line: 'opsctl render --for flux --out clusters/plant-1 --path clusters/plant-1 --stack plant-1',
      text: 'A plant at home in a cluster, for Flux: its objects, and a Kustomization for each phase in plant-1/flux.',
    },
    {
      line: 'opsctl render --for argocd --source https://git.example/clusters.git --out rendered',
      text: 'Every cluster, for Argo CD: objects with sync waves, and Applications in applications/.',
    },
  ],
  run: ({ out, stack, force, ...options }, session) =>
    withContent(session, async ({ content, wiring }) => {
      const root = resolve(session.io.cwd, out);
      const isChosen = ({ address }: Resource) =>
        stack.length === 0 || stack.includes(address.slice(0, address.indexOf('/')));
      if (options.for !== 'files') {
        const { writeManifests } = await import('./write-manifests.ts');
        const [resources, reconciler] = [content.placed.filter(isChosen), reconcilerOf(options)];
        if (reconciler !== null) return await writeManifests(session, { root, out, force, resources, reconciler });
        session.tell([renderDiagnostics.create('no-source', {})]);
        return 'usage';
      }
      if (!force && !(await cleanFormerRender(root))) {
        session.tell([renderDiagnostics.create('not-empty', { directory: out })]);
        return 'refused';
      }
      const resources = content.resources.filter(isChosen);
      const { files, diagnostics } = await renderFiles(root, resources, wiring.providers, session.io.signal);
      session.tell(diagnostics);
      const left = diagnostics.filter(({ code }) => code === 'render/kept-by-server').length;
      session.show(renderView, { directory: out, files, resources: resources.length - left });
      return diagnostics.some(({ severity }) => severity === 'error') ? 'failure' : 'done';
    }),
});

interface ReconcilerOptions {
  readonly for: 'files' | Reconciler['tool'];
  readonly source: string | null;
  readonly path: string | null;
  readonly revision: string | null;
  readonly cluster: string | null;
}

/** Null where something is lacking that the tool has to be told. */
function reconcilerOf({ for: tool, source, path: given, revision, cluster }: ReconcilerOptions): Reconciler | null {
  const path = (given ?? '').replaceAll(/^\.?\/+|\/+$/g, '').replace(/^\.$/, '');
  if (tool === 'flux') return { tool, source: source ?? 'flux-system', path, namespace: 'flux-system' };
  if (tool !== 'argocd') return { tool: 'kubectl' };
  if (source === null) return null;
  return {
    tool,
    source,
    path,
    revision: revision ?? 'HEAD',
    namespace: 'argocd',
    cluster: cluster ?? 'https://kubernetes.default.svc',
  };
}
