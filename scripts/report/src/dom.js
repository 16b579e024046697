/** An element: name, attributes (null leaves one out), children (texts and elements; null and false are left out). */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A section with a heading that can be linked to. */
export function section(id, title, lead, ...children) {
  return h('section', { id, 'aria-labelledby': `${id}-title` }, h('h2', { id: `${id}-title` }, title), lead && h('p', { class: 'lead' }, lead), ...children);
}

let fields = 0;

/** A labelled choice. @param options  list of [value, text] */
export function choice(label, options, value, onchange) {
  const id = `field-${++fields}`;
  return h('span', { class: 'field' }, h('label', { for: id }, label),
    h('select', { id, onchange: (event) => onchange(event.target.value) },
      options.map(([key, text]) => h('option', { value: key, selected: key === value }, text))));
}

/** A name that may be broken after each part of it. */
const breakable = (name) => name.replaceAll('_', '_\u200b');

/** A table whose rows become cards where the screen is narrow.
 *  @param columns  list of {title, number}; the first is the row's header
 *  @param groups   list of {title, rows}; a row is a list of cells, a cell a text or an element */
export function table(caption, columns, groups, attributes = {}) {
  const isEmpty = (content) => content === '' || (Array.isArray(content) && content.length === 0);
  const cell = (content, i) => (i === 0
    ? h('th', { scope: 'row' }, content)
    : h('td', { class: columns[i].number ? 'number' : null, 'data-label': columns[i].title }, !isEmpty(content) && h('div', { class: 'value' }, content)));
  return h('table', { class: 'cards', ...attributes }, h('caption', {}, caption),
    h('thead', {}, h('tr', {}, columns.map((column) => h('th', { scope: 'col', class: column.number ? 'number' : null }, breakable(column.title))))),
    groups.map((group) => h('tbody', {},
      group.title && h('tr', { class: 'group' }, h('th', { scope: 'rowgroup', colspan: columns.length }, group.title)),
      group.rows.map((row) => h('tr', {}, row.map(cell))))));
}

export function details(summary, ...children) {
  return h('details', {}, h('summary', {}, summary), ...children);
}
