/** A small number inside a sentence a model says: no leading zero, as the whole page writes them. '0.551' → '.551'. */
export const figure = (x: number, digits = 3): string => x.toFixed(digits).replace(/^(-?)0\./, '$1.');
/** The same to so many significant digits: 0.0213, 12.4. */
export const significant = (x: number, digits = 3): string => x.toPrecision(digits).replace(/^(-?)0\./, '$1.');
