export const panelColours = ['green', 'orange', 'red', 'blue', 'grey'] as const;

/** Colours that mean something: well, warned, wrong, neither, not there. */
export type PanelColour = (typeof panelColours)[number];
