const words = [[1e12, 'trillion'], [1e9, 'billion'], [1e6, 'million'], [1e3, 'thousand']];
const minus = (text) => (/^-[0.,]*$/.test(text) ? text.slice(1) : text.replace('-', '\u2212'));
const signed = (value, text) => (value > 0 && !/^[0.,]*$/.test(text) ? `+${text}` : text);

/** The word that makes numbers of this size short: {by, word}; none below ten thousand. */
export function scaleOf(size) {
  const found = words.find(([by]) => Math.abs(size) >= (by === 1e3 ? 1e4 : by));
  return found ? { by: found[0], word: found[1] } : { by: 1, word: '' };
}

function digits(value) {
  const size = Math.abs(value);
  return size === 0 ? 0 : size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : Math.min(6, 2 - Math.floor(Math.log10(size)));
}

export function plain(value, wanted = digits(value)) {
  const places = value === 0 ? 0 : wanted;
  return minus(value.toLocaleString('en-GB', { minimumFractionDigits: places, maximumFractionDigits: places }));
}

/** How an indicator is shown: recorded values to numbers with words and units. */
export class Shown {
  constructor({ unit, factor, recorded_unit: recorded }) {
    this.unit = unit;
    this.factor = factor;
    this.recorded = recorded;
    this.isShare = unit === '%';
  }

  /** The unit with the word of a size: "trillion CNY". */
  unitAt(size) {
    if (this.isShare) return '%';
    return [scaleOf(size * this.factor).word, this.unit].filter(Boolean).join(' ');
  }

  /** A recorded value as text without a unit, scaled by the word of a size. */
  number(value, size = value) {
    if (this.isShare) return plain(value * this.factor, 1);
    const scaled = (value * this.factor) / scaleOf(size * this.factor).by;
    return Number.isInteger(scaled) && scaleOf(size * this.factor).by === 1 ? plain(scaled, 0) : plain(scaled);
  }

  /** A recorded value with its unit: "1.43 trillion CNY", "76.4 %". */
  text(value) {
    return `${this.number(value)} ${this.unitAt(value)}`.trim();
  }

  /** The same without the unit's own name, where that stands elsewhere: "1.43 trillion". */
  short(value) {
    return this.isShare ? `${this.number(value)} %` : `${this.number(value)} ${scaleOf(value * this.factor).word}`.trim();
  }

  /** A difference of recorded values: "+0.31 billion CNY", "-0.30 points". */
  difference(value) {
    if (!this.isShare) return signed(value, this.text(value));
    const points = value * this.factor;
    return `${signed(points, plain(points, Math.abs(points) < 0.1 ? 3 : 2))} points`;
  }

  /** A change from a to b: in points for a share, else in per cent of a. */
  change(a, b) {
    if (this.isShare) return `${signed(b - a, plain((b - a) * this.factor, 1))} points`;
    if (a === 0) return '';
    const percent = (100 * (b - a)) / Math.abs(a);
    return `${signed(percent, plain(percent, Math.abs(percent) < 0.1 ? 3 : Math.abs(percent) < 10 ? 2 : 1))} %`;
  }

  /** What is in the file, for those who want all digits. */
  exact(text) {
    return `exactly ${text}${this.recorded && this.recorded !== '1' ? ` ${this.recorded}` : ''}`;
  }
}

/** "+0.85 to +2.18 %" of "+0.85 %" and "+2.18 %". */
export function range(low, high) {
  const unit = / (points|%|[a-z].*)$/.exec(high);
  return unit && low.endsWith(unit[0]) ? `${low.slice(0, -unit[0].length)} to ${high}` : `${low} to ${high}`;
}

/** What stands at the ticks of an axis that are so far apart. */
export function tick(shown, size, step) {
  const by = shown.isShare ? 1 : scaleOf(size * shown.factor).by;
  const places = Math.max(0, -Math.floor(Math.log10((step * shown.factor) / by) + 1e-9));
  return (value) => plain((value * shown.factor) / by, Math.min(places, 6));
}

export const plural = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
/** "little_giants" as people write it. */
export const spoken = (code) => capital(code.replaceAll('_', ' '));

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
export const monthText = (date) => `${months[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;
