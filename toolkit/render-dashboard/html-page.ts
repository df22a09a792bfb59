import { escapeText, fontFamily } from './svg.ts';

export interface PageSetting {
  readonly title: string;
  readonly svg: string;
  readonly isDark: boolean;
}

/** A page that holds all of itself: no script, no request. The policy in its head makes browsers hold it to that. */
export function htmlPage({ title, svg, isDark }: PageSetting): string {
  const page = isDark ? '#111217' : '#f4f5f5';
  return `<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escapeText(title)}</title>
<style>
body { margin: 0; background: ${page}; font-family: ${fontFamily}; }
svg { display: block; margin: 0 auto; }
body > svg { max-width: 100%; height: auto; }
</style>
</head>
<body>
${svg}
</body>
</html>
`;
}
