/** Of the plots of the view, CSS pixels. */
export const plotHeight = 150;
