// A record between its YAML file and the form: what a form shows of a text, and the text that a form's values make.
//
// A file is changed, not written anew: keys that keep their value keep their line, comments and quotes.
// Every scalar but null, true and false is text, as our loader has it: `010`, `no` and `12:30` stay what was typed.

import { Document, isMap, isSeq, parseDocument, Scalar, stringify } from "yaml";

const NULL = { tag: "tag:yaml.org,2002:null", default: true, test: /^(?:~|null)?$/, resolve: () => null,
  stringify: () => "null", identify: (value) => value === null };
const FLAG = { tag: "tag:yaml.org,2002:bool", default: true, test: /^(?:true|false)$/, resolve: (s) => s === "true",
  stringify: ({ value }) => String(value), identify: (value) => typeof value === "boolean" };
const READ = { schema: "failsafe", customTags: (tags) => [...tags, NULL, FLAG] };
const WRITE = { lineWidth: 0, flowCollectionPadding: false };
const PLAIN = ["day", "whole", "number", "period", "id", "ref", "choice"];
// Whatever some reader of YAML takes for something else than text.
const LOOKS_TYPED = /^(?:[-+.]?\d[\d_.,:eExXoO+-]*(?:[a-fA-F\d]*)?|[-+]?\.(?:inf|nan)|y|yes|n|no|on|off|true|false|null|~|=|<<)$/i;
const WITH_TIME = /^\d{4}-\d{2}-\d{2} /;
const PHOTOS = "/photos/";

/** Return what the form shows of a file: a value for each field, its id and day, and the text that it was.
 *
 * dated: the field that lists are sorted by. `_day` is its day as far as known, `_told` what a list says of it.
 */
export function opened(text, path, fields, dated = "") {
  const document = parseDocument(text, READ);
  if (document.errors.length) throw document.errors[0];
  const record = document.toJS() ?? {};
  const shown = { ...record };
  for (const field of fields) if (record[field.name] !== undefined) shown[field.name] = shownValue(field, record[field.name]);
  const when = record[dated] ?? "";
  const day = typeof when === "string" ? when : when.value ?? "";
  const told = day || when.words;
  return { ...shown, _id: path.split("/").pop().replace(/\.yml$/, ""), _day: day, _told: told ? ` · ${told}` : "",
    _text: text };
}

/** Return the file that the form's values make; of a file that was, all that did not change stays as it stood. */
export function closed(content, fields) {
  const { _text, ...shown } = content;
  const made = writtenMap(shown, fields);
  if (!_text) return tidy(new Document(nodeOf(made, { parts: fields }), READ).toString(WRITE));
  const document = parseDocument(_text, READ);
  const before = document.toJS() ?? {};
  if (!isMap(document.contents)) document.contents = nodeOf({}, {});
  changeMap(document.contents, before, made, fields);
  return tidy(document.toString(WRITE));
}

const tidy = (text) => `${text.trim()}\n`;

// ── from the file to the form ──

function shownValue(field, value) {
  if (value === null) return null;
  if (field.many) return (Array.isArray(value) ? value : [value]).map((one) => shownOne(field, one));
  return shownOne(field, value);
}

function shownOne(field, value) {
  if (field.form === "day") return typeof value === "object" ? flow(value) : value;
  if (field.form === "ref") return typeof value === "string" ? shownReference(field, value) : value;
  if (field.form === "part") return shownPart(field, value);
  if (field.photo) return typeof value === "string" ? PHOTOS + value : value;
  return value;
}

function shownReference(field, value) {
  const [id, kind] = value.split("/").reverse();
  return field.kinds.length > 1 ? { kind: kind ?? "", id } : id;
}

function shownPart(field, value) {
  if (typeof value === "string") value = { [bareName(field, value)]: value };
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const known = field.parts.filter((part) => value[part.name] !== undefined);
  return { ...value, ...Object.fromEntries(known.map((part) => [part.name, shownValue(part, value[part.name])])) };
}

/** Return which part a bare text stands for: a reference where it is written as one, as in `person/p-0001`. */
function bareName(field, text) {
  const kind = /^([a-z]+)\/[a-z0-9-]+$/.exec(text)?.[1];
  return field.parts.find((part) => part.form === "ref" && part.kinds.length > 1 && part.kinds.includes(kind))?.name
    ?? field.bare;
}

const flow = (value) => stringify(value, { ...WRITE, collectionStyle: "flow", ...READ }).trim();

// ── from the form to the file ──

function writtenMap(shown, fields) {
  const known = new Set(fields.map((field) => field.name));
  const made = {};
  for (const field of fields) {
    const value = writtenValue(field, shown[field.name]);
    if (value !== undefined && value !== field.default) made[field.name] = value;
  }
  for (const [name, value] of Object.entries(shown)) if (!known.has(name) && !name.startsWith("_")) made[name] = value;
  return made;
}

/** Return what stands in the file for a form's value, undefined for nothing. */
function writtenValue(field, value) {
  if (!field.many) return writtenOne(field, value);
  const some = (Array.isArray(value) ? value : value === undefined || value === null || value === "" ? [] : [value])
    .map((one) => writtenOne(field, one)).filter((one) => one !== undefined);
  return some.length === 0 ? undefined : some.length === 1 && field.single ? some[0] : some;
}

function writtenOne(field, value) {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string") value = field.form === "text" ? value.replace(/\s+$/, "") : value.trim();
  if (value === "") return undefined;
  if (field.form === "day") return writtenDay(value);
  if (field.form === "ref") return writtenReference(value);
  if (field.form === "part") return writtenPart(field, value);
  if (field.form === "words") return Object.keys(value).length ? value : undefined;
  if (field.photo) return value.replace(PHOTOS, "");
  return value;
}

/** Return a date's long form as its parts; what can't be read as one stays the text that was typed, for `check`. */
function writtenDay(value) {
  if (!value.startsWith?.("{")) return value;
  const document = parseDocument(value, READ);
  const parts = document.errors.length ? {} : document.toJS();
  const read = Object.values(parts);
  return read.length && read.every((part) => typeof part === "string") ? parts : value;
}

function writtenReference(value) {
  if (typeof value !== "object") return value.split("/").pop();
  return value.id ? (value.kind ? `${value.kind}/${value.id}` : value.id) : undefined;
}

function writtenPart(field, value) {
  if (typeof value !== "object" || Array.isArray(value)) return value;
  const made = writtenMap(value, field.parts);
  const names = Object.keys(made);
  if (names.length === 0) return undefined;
  const only = made[names[0]];
  return names.length === 1 && field.bare && typeof only === "string" && bareName(field, only) === names[0] ? only : made;
}

// ── changing a file ──

/** Make `node` say what `made` says, touching only what differs. before: what it says; fields: in their order. */
function changeMap(node, before, made, fields) {
  const known = byName(fields);
  const names = [...fields.map((field) => field.name), ...Object.keys(made)];
  for (const name of new Set([...names, ...Object.keys(before)])) {
    const field = known[name] ?? {};
    const stays = unsaid(field, before[name]);
    const [was, is] = [meant(field, before[name]) ?? stays, made[name] ?? stays];
    if (same(was, is)) continue;
    if (is === undefined) node.delete(name);
    else if (node.has(name)) node.set(name, changed(node.get(name, true), before[name], is, field));
    else insert(node, name, nodeOf(is, field), names);
  }
}

/** Return what a value in the file means, written as a form would write it. */
function meant(field, value) {
  if (!field.form) return value;
  const written = writtenValue(field, shownValue(field, value ?? null));
  return written === field.default ? undefined : written;
}

/** Return what is written though it goes without saying: it stays where it was said. */
const unsaid = (field, value) => (value !== undefined && value === field.default ? value : undefined);

function changed(node, before, made, field) {
  const one = { ...field, many: false };
  if (!field.many && isMap(node) && isObject(made)) {
    changeMap(node, before, made, field.parts ?? []);
    return node;
  }
  if (field.many && isSeq(node) && Array.isArray(made)) return changedList(node, before, made, one);
  const fresh = nodeOf(made, field);
  if (node?.comment && fresh) fresh.comment = node.comment;
  if (node instanceof Scalar && fresh instanceof Scalar && node.type?.startsWith("QUOTE")) fresh.type = node.type;
  if (isMap(fresh) || isSeq(fresh)) fresh.flow = Boolean(node?.flow) || fresh.flow;
  return fresh;
}

/** Keep the entries that begin and end alike; of those between, what only moved goes with its comment, others change. */
function changedList(node, before, made, field) {
  const was = before.map((one) => meant(field, one));
  let first = 0;
  while (first < Math.min(was.length, made.length) && same(was[first], made[first])) first += 1;
  let last = 0;
  while (last < Math.min(was.length, made.length) - first && same(was.at(-1 - last), made.at(-1 - last))) last += 1;
  const kept = node.items.slice(first, node.items.length - last);
  const free = new Set(kept.keys());
  const between = made.slice(first, made.length - last);
  const moved = between.map((one) => {
    const from = [...free].find((index) => same(was[first + index], one));
    free.delete(from);
    return from;
  });
  const fresh = between.map((one, index) => {
    if (moved[index] !== undefined) return kept[moved[index]];
    return free.delete(index) ? changed(kept[index], before[first + index], one, field)
      : styled(nodeOf(one, field), node.items[0]);
  });
  node.items.splice(first, kept.length, ...fresh);
  return node;
}

function styled(node, beside) {
  if (isMap(node) && isMap(beside)) node.flow = beside.flow;
  return node;
}

/** Put a new key after those that stand before it in the model. */
function insert(node, name, value, names) {
  const earlier = new Set(names.slice(0, names.indexOf(name)));
  let at = node.items.length;
  while (at > 0 && !earlier.has(String(node.items[at - 1].key))) at -= 1;
  const pair = new Document().createPair(name, null);
  pair.value = value;
  node.items.splice(at, 0, pair);
}

/** Return a node in the house's style: short mappings of a list on one line, quotes where a reader might mistake it. */
function nodeOf(value, field, inside = false) {
  const one = { ...field, many: false };
  if (Array.isArray(value)) {
    const node = new Document([]).contents;
    node.items = value.map((item) => nodeOf(item, one, true));
    node.flow = value.every((item) => typeof item !== "object") && flow(value).length < 80;
    return node;
  }
  if (isObject(value)) {
    const node = new Document({}).contents;
    const parts = field.form === "day" ? { value: field } : byName(field.parts ?? []);
    for (const [name, item] of Object.entries(value)) {
      const pair = new Document().createPair(name, null);
      pair.value = nodeOf(item, parts[name] ?? {}, true);
      node.items.push(pair);
    }
    node.flow = field.form === "day" || ((inside || Boolean(field.form)) && flow(value).length < 100);
    return node;
  }
  const node = new Scalar(typeof value === "string" && value.includes("\n") ? `${value}\n` : value);
  if (typeof value === "string") node.type = scalarType(value, field.form);
  return node;
}

function scalarType(text, form) {
  if (text.includes("\n")) return "BLOCK_LITERAL";
  if (form === "money" || (form === "day" ? WITH_TIME.test(text) : !PLAIN.includes(form) && LOOKS_TYPED.test(text))) {
    return "QUOTE_DOUBLE";
  }
  return /^(?:true|false|null|~)$/i.test(text) ? "QUOTE_DOUBLE" : "PLAIN";
}

const byName = (fields) => Object.fromEntries(fields.map((field) => [field.name, field]));
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

function same(one, other) {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => same(item, other[index]));
  }
  if (!isObject(one) || !isObject(other)) return one === other;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => same(one[name], other[name]));
}
