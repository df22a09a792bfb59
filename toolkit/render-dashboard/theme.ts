/** Colours of a picture. */
export interface Theme {
  readonly page: string;
  readonly panel: string;
  readonly border: string;
  readonly text: string;
  readonly faint: string;
  readonly grid: string;
  /** Behind a bar or a dial. */
  readonly empty: string;
  readonly palette: readonly string[];
}

export const themes = {
  dark: {
    page: '#111217',
    panel: '#181b1f',
    border: '#25282e',
    text: '#d8d9da',
    faint: '#8e9299',
    grid: '#2c3036',
    empty: '#24272d',
    palette: [
      '#73bf69',
      '#f2cc0c',
      '#5794f2',
      '#ff9830',
      '#b877d9',
      '#8ab8ff',
      '#fade2a',
      '#ff7383',
      '#56a64b',
      '#e0b400',
    ],
  },
  light: {
    page: '#f4f5f5',
    panel: '#ffffff',
    border: '#dcdee0',
    text: '#24292e',
    faint: '#6a7077',
    grid: '#e6e8ea',
    empty: '#eceef0',
    palette: [
      '#56a64b',
      '#c69c00',
      '#3274d9',
      '#e8741d',
      '#8f3bb8',
      '#1f60c4',
      '#a37e00',
      '#c4162a',
      '#37872d',
      '#b8860b',
    ],
  },
} as const satisfies Record<string, Theme>;

export type ThemeName = keyof typeof themes;

/** Names that Grafana gives to colours, `dark-`, `semi-dark-`, `light-` and `super-light-` of each included. */
const named: Readonly<Record<string, readonly [string, string, string, string, string]>> = {
  red: ['#c4162a', '#e02f44', '#f2495c', '#ff7383', '#ffa6b0'],
  orange: ['#fa6400', '#ff780a', '#ff9830', '#ffb357', '#ffcb7d'],
  yellow: ['#e0b400', '#f2cc0c', '#fade2a', '#ffee52', '#fff899'],
  green: ['#37872d', '#56a64b', '#73bf69', '#96d98d', '#c8f2c2'],
  blue: ['#1f60c4', '#3274d9', '#5794f2', '#8ab8ff', '#c0d8ff'],
  purple: ['#8f3bb8', '#a352cc', '#b877d9', '#ca95e5', '#deb6f2'],
};
const shades = ['dark', 'semi-dark', '', 'light', 'super-light'];

/** A colour as SVG has it. What is none, such as a text that wants to be more than a colour, is grey. */
export function colourOf(name: string): string {
  const [, shade = '', base = ''] = /^(?:(dark|semi-dark|light|super-light)-)?([a-z]+)$/.exec(name) ?? [];
  const found = named[base]?.[shades.indexOf(shade)];
  if (found !== undefined) return found;
  if (/^#[0-9a-f]{3,8}$/i.test(name)) return name;
  if (/^rgba?\([\d\s.,%]{3,40}\)$/.test(name)) return name;
  if (name === 'transparent') return 'transparent';
  if (/^(white|black|gray|grey)$/.test(name)) return name;
  return '#8e9299';
}

/** Black or white, whichever is read better on the colour. */
export function inkOn(colour: string): string {
  const [red = 0, green = 0, blue = 0] = (/^#(..)(..)(..)/.exec(colour) ?? [])
    .slice(1)
    .map((hex) => Number.parseInt(hex, 16));
  return red * 0.299 + green * 0.587 + blue * 0.114 > 140 ? '#111217' : '#ffffff';
}
