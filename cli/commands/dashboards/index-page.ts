import { relative } from 'node:path';
import { escapeText } from '../../../toolkit/render-dashboard/index.ts';
import type { WrittenPreview } from '../../views/preview-view.ts';

/** A page that leads to all that were drawn. */
export function indexPage(folder: string, written: readonly WrittenPreview[]): string {
  const entries = written.map(({ file, title, problems }) => {
    const path = relative(folder, file).split('/').map(encodeURIComponent).join('/');
    const note = problems.length === 0 ? '' : ` <small>${problems.length} panels without values</small>`;
    return `<li><a href="${escapeText(path)}">${escapeText(`${path.split('/')[0] ?? ''}: ${title}`)}</a>${note}</li>`;
  });
  return `<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Dashboards · 看板</title>
<style>body { font-family: sans-serif; margin: 2em; line-height: 1.7 } small { color: #777 }</style>
</head>
<body>
<h1>Dashboards · 看板</h1>
<ul>
${entries.join('\n')}
</ul>
</body>
</html>
`;
}
