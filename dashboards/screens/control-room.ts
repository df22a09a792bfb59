import { defineScreen, standardPanels } from 'opsctl';

const { alertsCritical, alertsWarning, alertsOverTime, errorBudgets, alertMap, itemMap, itemsInService, siteMap } =
  standardPanels;

/** The wall of the duty room in Shanghai: the group by site, what is wrong in it, and what was promised. */
export const groupScreen = defineScreen({
  id: 'group',
  title: { en: 'Group operations', zh: '集团运维监控大屏' },
  refresh: '30s',
  range: '24h',
  tiles: [
    { panel: itemsInService, x: 0, y: 0, width: 4, height: 5 },
    { panel: alertsCritical, x: 4, y: 0, width: 3, height: 5 },
    { panel: alertsWarning, x: 7, y: 0, width: 3, height: 5 },
    { panel: siteMap, x: 0, y: 5, width: 10, height: 10 },
    { panel: itemMap, x: 10, y: 0, width: 14, height: 15 },
    { panel: alertMap, x: 0, y: 15, width: 14, height: 10 },
    { panel: errorBudgets, x: 14, y: 15, width: 10, height: 10 },
  ],
});

/** The wall of a plant's control room: every item of it, large enough to be read from the desks. */
export const plantScreen = defineScreen({
  id: 'control-room',
  title: { en: 'Control room', zh: '中控室监控大屏' },
  refresh: '15s',
  range: '8h',
  tiles: [
    { panel: itemMap, x: 0, y: 0, width: 16, height: 14 },
    { panel: alertsCritical, x: 16, y: 0, width: 4, height: 6 },
    { panel: alertsWarning, x: 20, y: 0, width: 4, height: 6 },
    { panel: errorBudgets, x: 16, y: 6, width: 8, height: 8 },
    { panel: alertMap, x: 0, y: 14, width: 14, height: 11 },
    { panel: alertsOverTime, x: 14, y: 14, width: 10, height: 11 },
  ],
});
