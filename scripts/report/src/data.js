/** The data that the program put into the page. */
export const data = JSON.parse(document.getElementById('data').textContent);

const split = new Map();

/** The numbers of one text as they were written, "-" where there is none. */
export function texts(text) {
  if (!split.has(text)) split.set(text, text === '' ? [] : text.split(' '));
  return split.get(text);
}

const read = new Map();

/** The same as numbers, NaN where there is none. */
export function numbers(text) {
  if (!read.has(text)) read.set(text, texts(text).map((word) => (word === '-' ? NaN : Number(word))));
  return read.get(text);
}

/** One number of a spread {mid, low, high}: value, band (null for a single run) and the text it was written as. */
export function at(spread, i) {
  if (!spread) return null;
  const value = numbers(spread.mid)[i];
  if (value === undefined || Number.isNaN(value)) return null;
  return {
    value,
    text: texts(spread.mid)[i],
    low: spread.low ? numbers(spread.low)[i] : null,
    high: spread.high ? numbers(spread.high)[i] : null,
  };
}

export const several = (data.groups ?? []).some((group) => group.runs > 1);
export const indicators = (data.sections ?? []).flatMap((part) => part.indicators);
export const sum = (list) => list.reduce((a, b) => a + (Number.isNaN(b) ? 0 : b), 0);
