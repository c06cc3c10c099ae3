/** A button inside a card's head or a line of text: lower than those of the screen. */
export const smallButton = { root: { height: 24, paddingInline: 8, fontSize: 12.5 } };
