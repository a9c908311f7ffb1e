// Check, offline, what the key of a Kalends campaign has signed; audit.md has the formats.
//
// node verify.mjs BUNDLE [--key KEY]...      a pack (.zip, or its folder) or a proof (.json)
// node verify.mjs journal.jsonl CHECKPOINT... [--key KEY]...
// The last line printed is the verdict: PROVED (exit 0), REFUSED code: why (8) or USAGE why (2).

import { createHash, createPublicKey, verify } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ID = '[0-9a-hjkmnp-tv-z]{12}';
const SIZE = '(0|[1-9][0-9]{0,14})';
const LINE = `\\{"stream":"([0-9a-z-]+)","version":${SIZE},"topic":"[0-9a-z.-]+","state":(\\{[^\\n]+\\})\\}`;
const AT = '[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z';
const P = 2n ** 255n - 19n; // RFC 8032, 5.1

class Refused extends Error {
  constructor(code, why) {
    super(why);
    this.code = code;
  }
}

function need(isSo, code, why) {
  if (!isSo) throw new Refused(code, why);
}

const compiled = new Map();

function parts(pattern, text, what) {
  if (!compiled.has(pattern)) compiled.set(pattern, new RegExp(`^${pattern}$`, 'u'));
  const match = typeof text === 'string' && compiled.get(pattern).exec(text);
  need(match, 'format', `${what} is not in its form`);
  return match.slice(1);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const sha = (...octets) => octets.reduce((hash, one) => hash.update(one), createHash('sha256')).digest();

// RFC 8032, 5.1.7, without the cofactor; what OpenSSL takes of a key beyond 5.1.3 is refused here.
function isSigned(key, text, signature) {
  const number = BigInt(`0x${Buffer.from(key).reverse().toString('hex')}`);
  const [sign, y] = [number >> 255n, number % 2n ** 255n];
  if (y >= P || (sign && (y === 1n || y === P - 1n))) return false;
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.toString('base64url') };
  return verify(null, Buffer.from(text), createPublicKey({ key: jwk, format: 'jwk' }), signature);
}

// RFC 9162, 2.1.1: the roots of all full subtrees, by height.
function tree(lines) {
  const rows = [lines.map((line) => sha('\0', line))];
  for (let row = rows[0]; row.length > 1; rows.push(row)) {
    const below = row;
    row = Array.from({ length: below.length >> 1 }, (_, n) => sha('\x01', below[2 * n], below[2 * n + 1]));
  }
  return rows;
}

// The root of the first `size` lines.
function rootOf(rows, size) {
  let root = null;
  rows.forEach((row, height) => {
    if (!((size >> height) & 1)) return;
    const left = row[(size >> height) - 1]; // a full subtree, to the left of all lower ones
    root = root ? sha('\x01', left, root) : left;
  });
  return root ?? sha();
}

// RFC 9162, 2.1.3: the root that a leaf and its inclusion proof come to.
function proved(node, index, size, hashes) {
  if (size === 1 || !hashes.length) return size === 1 && !hashes.length ? node : '';
  let split = 1;
  while (2 * split < size) split *= 2;
  const [inner, last] = [hashes.slice(0, -1), hashes.at(-1)];
  if (index < split) return sha('\x01', proved(node, index, split, inner), last);
  return sha('\x01', last, proved(node, index - split, size - split, inner));
}

// Of any size, when that is 0.
function unbase64(text, size) {
  const octets = Buffer.from(typeof text === 'string' ? text : '', 'base64');
  const isStrict = octets.toString('base64') === text && [0, octets.length].includes(size);
  need(isStrict, 'format', 'base64 is not in its only spelling, or not of its length');
  return octets;
}

function keysIn(text) {
  const keys = new Map();
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const [name, hexed, raw] = parts(`(kalends/${ID})\\+([0-9a-f]{8})\\+([^\\n]+)`, line, 'a public key');
    const key = unbase64(raw, 33);
    const known = sha(`${name}\n`, key).toString('hex', 0, 4);
    need(key[0] === 1 && known === hexed, 'format', 'a public key is not of its hash');
    keys.set(`${name} ${known}`, key.subarray(1));
  }
  return keys;
}

// The size and the root of a checkpoint that a trusted key has signed.
function opened(note, keys, sizes, origin, say) {
  const middle = `${note}\n\n`.indexOf('\n\n');
  const [text, lines] = [note.slice(0, middle), note.slice(middle + 2).split('\n')];
  const [name, size, encoded] = parts(`(kalends/${ID})\\n${SIZE}\\n([^\\n]+)`, text, 'a checkpoint');
  need(lines.pop() === '' && lines.length, 'format', 'a checkpoint is cut off');
  const made = lines.map((line) => parts('\u2014 ([^\\0- +]+) ([^ ]+)', line, 'a signature'));
  const root = unbase64(encoded, 32);
  const signed = made.map(([who, raw]) => [who, unbase64(raw, 0)]);
  const trusted = signed
    .map(([who, raw]) => [who, keys.get(`${who} ${raw.toString('hex', 0, 4)}`), raw.subarray(4)])
    .filter(([, key]) => key);
  const isOurs = trusted.some(([who]) => who === name) && [null, name].includes(origin);
  need(isOurs, 'key', 'no trusted key of this log has signed a checkpoint');
  for (const [, key, signature] of trusted) {
    need(isSigned(key, `${text}\n`, signature), 'signature', 'a trusted key did not make this signature');
  }
  need(!sizes || sizes.includes(Number(size)), 'size', `a checkpoint of ${size} lines does not fit`);
  say(`The checkpoint of ${size} lines is signed by ${name}.`);
  return [Number(size), root];
}

// JSON without a key twice, half a surrogate pair, or a number that is not whole.
function strict(text) {
  let at = 0;
  const next = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    need(found, 'format', `no JSON at character ${at}`);
    at = pattern.lastIndex;
    return found[1];
  };
  const rest = () => {
    const begin = at - 1; // at the quotation mark
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    at += 1;
    const found = JSON.parse(text.slice(begin, at));
    need(found.isWellFormed(), 'format', 'half a surrogate pair is no text');
    return found;
  };
  const value = () => {
    const mark = next(/[ \t\n\r]*(["{[]|true|false|null|(?:0|[1-9][0-9]{0,14})(?![0-9]))/y);
    if (mark === '"') return rest();
    if (mark !== '{' && mark !== '[') return JSON.parse(mark);
    const found = mark === '[' ? [] : Object.create(null);
    const close = mark === '[' ? /[ \t\n\r]*([\],])/y : /[ \t\n\r]*([},])/y;
    const isEmpty = mark === '[' ? /[ \t\n\r]*(\]?)/y : /[ \t\n\r]*(\}?)/y;
    if (next(isEmpty)) return found;
    do {
      if (mark === '[') found.push(value());
      else {
        next(/[ \t\n\r]*(")/y);
        const key = rest();
        need(!(key in found), 'format', 'a JSON key stands twice');
        next(/[ \t\n\r]*(:)/y);
        found[key] = value();
      }
    } while (next(close) === ',');
    return found;
  };
  const found = value();
  next(/[ \t\n\r]*($)/y);
  return found;
}

const kind = (value) => (Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value);

function shaped(value, kinds) {
  const isSo = kind(value) === 'object' && Object.keys(value).length === Object.keys(kinds).length &&
    Object.keys(kinds).every((key) => key in value && kind(value[key]) === kinds[key]);
  need(isSo, 'format', `a JSON object has not just the keys ${Object.keys(kinds)}`);
  return Object.keys(kinds).map((key) => value[key]);
}

const byOctets = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));

// The one spelling of a state: keys in order, no spaces, no more than 16 levels.
function spelt(value, level) {
  if (kind(value) !== 'list' && kind(value) !== 'object') return JSON.stringify(value);
  need(level < 16, 'format', 'a state has too many levels');
  if (kind(value) === 'list') return `[${value.map((one) => spelt(one, level + 1))}]`;
  const keys = Object.keys(value).sort(byOctets);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${spelt(value[key], level + 1)}`)}}`;
}

// The lines' form and order.
function read(lines, only) {
  const versions = new Map();
  let last = '';
  for (const line of lines) {
    const [stream, version, text] = parts(LINE, utf8.decode(line), 'a line');
    const state = strict(text);
    need(spelt(state, 0) === text, 'format', 'a state is not in its one spelling');
    const [at] = parts(`(${AT})`, state.at, 'a recorded time');
    const isNext = Number(version) === (versions.get(stream) ?? 0) + 1;
    need(isNext, 'order', "a stream's versions have a gap");
    need(at >= last, 'order', 'recorded times go back');
    need([null, stream].includes(only), 'order', 'an event is of another activity');
    versions.set(stream, Number(version));
    last = at;
  }
}

function linesOf(octets) {
  const lines = [];
  for (let at = 0, end; at < octets.length; at = end + 1) {
    end = octets.indexOf(10, at);
    need(end >= 0, 'format', 'the journal does not end with a line feed');
    lines.push(octets.subarray(at, end));
  }
  return lines;
}

function journal(lines, notes, keys, origin, say) {
  const rows = tree(lines);
  let covered = 0;
  for (const [note, sizes] of notes) {
    const [size, root] = opened(utf8.decode(note), keys, sizes, origin, say);
    need(size <= lines.length, 'size', `the journal has ${lines.length} lines, ${size} are signed`);
    need(root.equals(rootOf(rows, size)), 'root', `the first ${size} lines are not those signed`);
    covered = Math.max(covered, size);
  }
  read(lines, null);
  say(`All ${lines.length} lines are in form and order; ${lines.length - covered} are not covered.`);
  return `the first ${covered} of ${lines.length} events are as they were signed`;
}

function proof(text, keys, say) {
  const kinds = { format: 'string', activity: 'string', checkpoint: 'string', events: 'list' };
  const [form, activity, note, events] = shaped(strict(text), kinds);
  need(form === 'kalends-proof/1' && events.length, 'format', 'this is no proof');
  parts(ID, activity, "an activity's id");
  const shape = { index: 'number', line: 'string', hashes: 'list' };
  const rows = events.map((one) => shaped(one, shape));
  const paths = rows.map(([n, line, hashes]) => [n, Buffer.from(line), hashes.map((one) => unbase64(one, 32))]);
  const [size, root] = opened(note, keys, null, null, say);
  for (const [n, line, path] of paths) {
    const isThere = n < size && root.equals(Buffer.from(proved(sha('\0', line), n, size, path)));
    need(isThere, 'inclusion', `an event is not line ${n + 1} of those signed`);
  }
  const isRising = paths.every(([n], i) => !i || paths[i - 1][0] < n);
  need(isRising, 'order', 'the indexes do not rise');
  read(paths.map(([, line]) => line), `activity-${activity}`);
  say('Later events of this activity, if there are any, are not shown by a proof.');
  return `${events.length} events of activity ${activity} are as they were signed`;
}

function pack(files, keys, say) {
  const manifest = files.get('manifest.json');
  need(manifest, 'manifest', 'there is no manifest.json');
  files.delete('manifest.json');
  const kinds = { format: 'string', files: 'object', origin: 'string', size: 'number' };
  const [form, listed, origin, size] = shaped(strict(utf8.decode(manifest)), kinds);
  need(form === 'kalends-pack/1', 'format', 'this is no pack');
  parts(`kalends/${ID}`, origin, "the manifest's origin");
  Object.values(listed).forEach((one) => parts('[0-9a-f]{64}', one, 'a hash'));
  const isWhole = ['journal.jsonl', 'checkpoint', 'key.txt'].every((name) => name in listed) &&
    Object.keys(listed).length === files.size &&
    [...files].every(([name, octets]) => listed[name] === sha(octets).toString('hex'));
  need(isWhole, 'manifest', 'a file is missing, not listed, or not what its hash says');
  const names = [...files.keys()].filter((name) => name.startsWith('checkpoints/'));
  const kept = names.map((name) => Number(parts(`checkpoints/${SIZE}\\.txt`, name, 'a name')[0]));
  if (!keys.size) say("The key is the pack's own: whoever forged a pack would have put his own in.");
  const trusted = keys.size ? keys : keysIn(utf8.decode(files.get('key.txt')));
  const lines = linesOf(files.get('journal.jsonl'));
  const notes = [[files.get('checkpoint'), size === lines.length ? [size] : []]];
  for (const n of kept.sort((a, b) => a - b)) notes.push([files.get(`checkpoints/${n}.txt`), [n]]);
  say('Page and feeds are copies and were not looked at; `kalends audit check-pack` does that.');
  return journal(lines, notes, trusted, origin, say);
}

// Stored files only, with nothing between them and nothing behind.
function unzip(data) {
  const [files, index] = [new Map(), []];
  let at = 0;
  while (data.subarray(at, at + 4).equals(Buffer.from('PK\x03\x04'))) {
    const head = data.subarray(at, at + 30);
    need(head.length === 30, 'format', 'a ZIP file is cut off');
    const [begin, flags] = [at + 30 + head.readUInt16LE(26), head.readUInt16LE(6)];
    const [name, end] = [data.subarray(at + 30, begin), begin + head.readUInt32LE(22)];
    const isStored = [0, 0x800].includes(flags) && head.readUInt16LE(8) === 0 &&
      head.readUInt32LE(18) === head.readUInt32LE(22) && head.readUInt16LE(28) === 0;
    need(isStored, 'format', 'a ZIP file is not of stored files');
    need(flags || name.every((octet) => octet < 128), 'format', 'a name in a ZIP file is not UTF-8');
    const place = Buffer.alloc(4);
    place.writeUInt32LE(at);
    index.push([head.subarray(4), place, name]);
    files.set(utf8.decode(name), data.subarray(begin, end));
    at = end;
  }
  const [made, mode] = [data.subarray(at + 4, at + 6), data.subarray(at + 36, at + 42)];
  const all = Buffer.concat(index.flatMap(([head, place, name]) => ['PK\x01\x02', made, head, '\0\0\0\0', mode, place, name].map((one) => Buffer.from(one))));
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(index.length, 8);
  end.writeUInt16LE(index.length, 10);
  end.writeUInt32LE(all.length, 12);
  end.writeUInt32LE(at, 16);
  need(data.subarray(at).equals(Buffer.concat([all, end])), 'format', "a ZIP file's directory is not that of its files");
  need(files.size === index.length, 'manifest', 'a ZIP file has a file twice');
  return files;
}

function unfolded(top) {
  const [files, folders] = [new Map(), ['']];
  for (const folder of folders) {
    for (const one of readdirSync(join(top, folder), { withFileTypes: true })) {
      if (one.isDirectory()) folders.push(`${folder}${one.name}/`);
      if (one.isFile()) files.set(folder + one.name, readFileSync(join(top, folder, one.name)));
    }
  }
  return files;
}

function run(argv, say) {
  let keys = new Map();
  const paths = [...argv];
  for (let at = paths.indexOf('--key'); at >= 0; at = paths.indexOf('--key')) {
    const [, key = ''] = paths.splice(at, 2);
    try {
      const isFile = statSync(key, { throwIfNoEntry: false })?.isFile();
      keys = new Map([...keys, ...keysIn(isFile ? utf8.decode(readFileSync(key)) : key)]);
    } catch {
      need(false, 'usage', '--key gives no public key');
    }
  }
  need(paths.length, 'usage', 'BUNDLE [--key KEY]... or journal.jsonl CHECKPOINT... [--key KEY]...');
  const [top, ...others] = paths;
  if (statSync(top).isDirectory() && !others.length) return pack(unfolded(top), keys, say);
  const [octets, notes] = [readFileSync(top), others.map((other) => readFileSync(other))];
  if (extname(top) === '.zip' && !notes.length) return pack(unzip(octets), keys, say);
  need(keys.size, 'usage', 'give the public key: --key KEY');
  if (notes.length) return journal(linesOf(octets), notes.map((note) => [note, null]), keys, null, say);
  need(extname(top) === '.json', 'usage', 'a bundle is a folder, a .zip or a .json');
  return proof(utf8.decode(octets), keys, say);
}

export function main(argv, say = console.log) {
  try {
    say(`PROVED ${run(argv, say)}`);
    return 0;
  } catch (error) {
    const isUsage = error.code === 'usage' || error.syscall;
    const code = error instanceof Refused ? error.code : 'format';
    say(isUsage ? `USAGE ${JSON.stringify(error.message)}` : `REFUSED ${code}: ${JSON.stringify(error.message)}`);
    return isUsage ? 2 : 8;
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2));
}
