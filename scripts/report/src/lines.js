import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { band, colours, dashes, observed as dotColour } from './colours.js';
import { h } from './dom.js';

const ink = '#1a1a1a';
const grid = '#e3e3e3';

/** Seconds of a day "2015-01-31". */
export const seconds = (date) => Date.parse(`${date}T00:00:00Z`) / 1000;

/** A chart of lines over time.
 *  @param lines  list of {name, values, low, high, colour}: numbers in the order of the times, low and high null without a band
 *  @param dots   null, or numbers in that order
 *  @param format   distance of ticks -> (value -> text)
 *  @param readout  i -> what is said of a time */
export class Lines {
  constructor({ title, unit, times, lines, dots, format, readout, zero = false, height = 205 }) {
    this.readout = h('p', { class: lines.length > 1 ? 'readout two' : 'readout' }, '\u00a0');
    this.say = readout;
    this.place = h('div', { class: 'plot', role: 'img', 'aria-label': `${title}. The numbers are in the table below the chart.` });
    this.element = h('figure', { class: 'chart' }, h('figcaption', {}, h('strong', {}, title), h('span', { class: 'unit' }, unit)), this.place, this.readout);
    this.height = height;
    this.options = this.makeOptions(lines, dots, format, zero);
    this.data = [times, ...lines.flatMap((line) => (line.low ? [line.values, line.low, line.high] : [line.values])), ...(dots ? [dots] : [])].map((list) => Array.from(list, (x) => (Number.isNaN(x) ? null : x)));
  }

  makeOptions(lines, dots, format, zero) {
    const series = [{}];
    const bands = [];
    const few = lines.length > 0 && lines[0].values.length < 20;
    for (const line of lines) {
      const i = line.colour;
      series.push({ label: line.name, stroke: colours[i], width: 2, dash: dashes[i], points: { show: few, size: 5, fill: colours[i] } });
      if (!line.low) continue;
      const edge = { stroke: 'transparent', width: 0, points: { show: false } };
      series.push({ ...edge, label: `${line.name}, 10 %` }, { ...edge, label: `${line.name}, 90 %` });
      bands.push({ series: [series.length - 1, series.length - 2], fill: band(colours[i]) });
    }
    if (dots) series.push({ label: 'observed', stroke: dotColour, width: 0, paths: () => null, points: { show: true, size: 8, width: 2, fill: '#fff', stroke: dotColour } });
    return {
      series,
      bands,
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { size: 7 } },
      scales: { y: { range: (plot, low, high) => uPlot.rangeNum(zero ? Math.min(low, 0) : low, zero ? Math.max(high, 0) : high, 0.08, true) } },
      axes: [
        { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid }, space: 42, size: 32, values: (plot, splits) => splits.map((s) => this.year(s)) },
        { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid }, size: 52, values: (plot, splits, axis, space, step) => splits.map(format(step)) },
      ],
      hooks: { setCursor: [(plot) => { this.readout.textContent = plot.cursor.idx == null ? '\u00a0' : this.say(plot.cursor.idx); }] },
      tzDate: (s) => uPlot.tzDate(new Date(s * 1000), 'Etc/UTC'),
    };
  }

  /** A year at its beginning, a month within a year. */
  year(s) {
    const date = new Date(s * 1000);
    return date.getUTCMonth() === 0 ? String(date.getUTCFullYear()) : `${date.getUTCMonth() + 1}/${String(date.getUTCFullYear()).slice(2)}`;
  }

  /** Draws, when the element is on the page and knows its width. */
  draw() {
    const size = () => ({ width: Math.max(200, Math.floor(this.place.clientWidth)), height: this.height });
    this.plot = new uPlot({ ...this.options, ...size() }, this.data, this.place);
    new ResizeObserver(() => {
      const wanted = size();
      if (wanted.width !== this.plot.width) this.plot.setSize(wanted);
    }).observe(this.place);
  }
}
