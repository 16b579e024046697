/** Okabe and Ito's colours, which people tell apart with any eyes; the dashes do without colours. */
export const colours = ['#0072b2', '#d55e00', '#009e73', '#a03070', '#000000', '#b07800', '#3a86c8', '#7f3b08'];
export const dashes = [[], [8, 4], [2, 3], [10, 3, 2, 3], [4, 4], [14, 4], [1, 2], [6, 2, 1, 2]];
export const observed = '#000000';
export const band = (colour) => `${colour}33`;

/** A stretch of a line, for legends. */
export function swatch(i, isDot = false) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('width', 34);
  svg.setAttribute('height', 12);
  svg.setAttribute('aria-hidden', 'true');
  svg.innerHTML = isDot
    ? `<circle cx="17" cy="6" r="4" fill="#fff" stroke="${observed}" stroke-width="2"/>`
    : `<line x1="1" x2="33" y1="6" y2="6" stroke="${colours[i]}" stroke-width="2.5" stroke-dasharray="${dashes[i].join(' ')}"/>`;
  return svg;
}
