// Whether what arrived is what a client's own type declarations promise.
//
// The declarations are generated and regular: interfaces of named fields, enums as constants, maps,
// arrays. Optional fields may be null, as they are on real frames.

import { readFileSync } from 'node:fs';

const PRIMITIVES = new Set(['string', 'number', 'boolean']);
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function declared(file) {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8').replace(/\/\*[^]*?\*\//g, '');
  const interfaces = new Map();
  for (const [, name, body] of text.matchAll(/^export interface (\w+) \{\n([^]*?)^\}/gm)) {
    const fields = body.matchAll(/^ {4}'?([\w-]+)'?(\??): ([^]*?);$(?=\n(?: {4}['\w]|$|\s*$))/gm);
    interfaces.set(
      name,
      [...fields].map(([, field, optional, type]) => ({ field, optional: !!optional, type })),
    );
  }
  const enums = new Map();
  for (const [, name, body] of text.matchAll(/^export declare const (\w+): \{\n([^]*?)^\}/gm)) {
    enums.set(name, [...body.matchAll(/: "([^"]*)";/g)].map(([, value]) => value));
  }
  const events = new Map(
    [...text.matchAll(/type: '([\w.]+)';\s*\} & (\w+)\)/g)].map(([, type, name]) => [type, name]),
  );
  return { interfaces, enums, events };
}

/** Checks values against one package's declarations; `problems` are sentences, each once. */
export class Declarations {
  constructor(file) {
    Object.assign(this, declared(file));
    this.problems = new Set();
    this.checked = 0;
  }

  /** Check one event by its `type`. */
  event(event) {
    const name = this.events.get(event.type);
    if (name) this.value(event, name, event.type);
    else this.problems.add(`${event.type}: no such event`);
  }

  /** Check a value that must be of the type that is written `type`. */
  value(value, type, where) {
    this.checked += 1;
    const whole = type.replace(/\s+/g, ' ').trim();
    const array = /^Array<(.+)>$/.exec(whole) ?? /^(\w+)\[\]$/.exec(whole);
    const map =
      /^\{ \[key: string\]: (.+); \}$/.exec(whole) ?? /^Record<string, (.+)>$/.exec(whole);
    const wrong = () =>
      this.problems.add(`${where}: ${JSON.stringify(value)?.slice(0, 60)} is no ${whole}`);
    if (whole === 'any' || whole === 'object') return;
    if (whole === 'Date') {
      if (!(value instanceof Date) || Number.isNaN(value.getTime())) wrong();
      return;
    }
    if (/^'[^']*'( \| '[^']*')*$/.test(whole)) {
      if (!whole.split(' | ').includes(`'${value}'`)) wrong();
      return;
    }
    if (PRIMITIVES.has(whole)) {
      if (typeof value !== whole) wrong();
      else if (/_at$|_time$/.test(where) && whole === 'string' && !DATE.test(value)) wrong();
    } else if (array) {
      if (!Array.isArray(value)) wrong();
      else value.forEach((one) => this.value(one, array[1], `${where}[]`));
    } else if (map) {
      if (value === null || typeof value !== 'object' || Array.isArray(value)) wrong();
      else Object.values(value).forEach((one) => this.value(one, map[1], `${where}{}`));
    } else if (this.enums.has(whole)) {
      if (!this.enums.get(whole).includes(value)) wrong();
    } else if (this.interfaces.has(whole)) {
      if (value === null || typeof value !== 'object' || Array.isArray(value)) wrong();
      else this.fields(value, whole, where);
    } else {
      this.problems.add(`${where}: the type ${whole} is not understood`);
    }
  }

  fields(value, name, where) {
    for (const { field, optional, type } of this.interfaces.get(name)) {
      const found = value[field];
      if (found === undefined || found === null) {
        if (!optional) this.problems.add(`${where}.${field}: missing`);
      } else {
        this.value(found, type, `${where}.${field}`);
      }
    }
  }
}
