// Check, offline, what the key of a Kalends campaign has signed; audit.md has the formats.
// node verify.mjs FOLDER | PROOF.json | journal.jsonl CHECKPOINT...   [--key KEY]...
// The last line printed is the verdict: PROVED (exit 0), REFUSED code: why (8) or USAGE why (2).

import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ID = '[0-9a-hjkmnp-tv-z]{12}';
const SIZE = '(0|[1-9][0-9]{0,14})';
const B = '[+/-9A-Za-z]'; // base64, in its one spelling
const HASH = `${B}{42}[048AEIMQUYcgkosw]=`;
const KEY = `((kalends/${ID})\\+[0-9a-f]{8})\\+(A[Q-Za-f]${B}{42})(?: ${SIZE})?`;
const WHO = '[^\\0- +\\x7f-\\xa0\\u1680\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff]+';
const SIGNED = `\u2014 (${WHO}) ((?:${B}{4})*(?:${B}{2}[048AEIMQUYcgkosw]=|${B}[AQgw]==|${B}{4}))\\n`;
const NOTE = `((kalends/${ID})\\n${SIZE}\\n(${HASH})\\n)\\n((?:${SIGNED})+)`;
const AT = '[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z';
const STATE = `\\{(?:(?:[^"{}\\n]|"(?:[^"\\\\\\n]|\\\\[^\\n])*")*,)?"at":"(${AT})"[^\\n]*\\}`;
const LINE = `\\{"stream":"([0-9a-z-]+)","version":${SIZE},"topic":"([0-9a-z.-]+)","state":${STATE}\\}`;
const PACKED = `manifest\\.json|journal\\.jsonl|checkpoint|key\\.txt|README\\.txt|checkpoints/${SIZE}\\.txt`
  + '|verify\\.(py|mjs)|page\\.(zh|en)\\.html|feeds/(full/)?[^/]+\\.ics';
const P = 2n ** 255n - 19n; // RFC 8032, 5.1
const EIGHTH = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826n;
const SMALL = [0n, 1n, P - 1n, EIGHTH, P - EIGHTH]; // y of the points of small order: nobody's own

class Verdict extends Error {}

function need(isSo, code, why) {
  if (!isSo) throw new Verdict(code ? `REFUSED ${code}: ${why}` : `USAGE ${why}`);
}

function parts(pattern, text, what) {
  const match = typeof text === 'string' && new RegExp(`^${pattern}$`, 'u').exec(text);
  need(match, 'format', `${what} is not in its form`);
  return match.slice(1);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const read = (path) => utf8.decode(readFileSync(path));
const isFile = (path) => statSync(path, { throwIfNoEntry: false })?.isFile();
const isFolder = (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory();
const sha = (...octets) => octets.reduce((hash, one) => hash.update(one), createHash('sha256')).digest();
const spelt = (value) => `${JSON.stringify(value, null, 1)}\n`;
const byOctets = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));

function below(n) { // the largest power of two
  let power = 1;
  while (2 * power < n) power *= 2;
  return power;
}

function rootOf(lines) { // RFC 9162, 2.1.1
  if (lines.length < 2) return lines.length ? sha('\0', lines[0]) : sha();
  const middle = below(lines.length);
  return sha('\x01', rootOf(lines.slice(0, middle)), rootOf(lines.slice(middle)));
}

// RFC 9162, 2.1.3: the root that a leaf and its inclusion proof come to.
function proved(node, index, size, path) {
  if (size === 1 || !path.length) return size === 1 && !path.length ? node : Buffer.of();
  const [middle, inner, last] = [below(size), path.slice(0, -1), path.at(-1)];
  if (index < middle) return sha('\x01', proved(node, index, middle, inner), last);
  return sha('\x01', last, proved(node, index - middle, size - middle, inner));
}

// RFC 8032, 5.1.7, without the cofactor; what OpenSSL takes of a key beyond 5.1.3 is refused here.
function isSigned(key, text, signature) {
  const [y, r] = [key, signature.subarray(0, 32)].map(
    (one) => BigInt(`0x0${Buffer.from(one).reverse().toString('hex')}`) % 2n ** 255n,
  );
  if (y >= P || SMALL.includes(y) || SMALL.includes(r)) return false; // neither A nor R
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.toString('base64url') };
  return verify(null, Buffer.from(text), createPublicKey({ key: jwk, format: 'jwk' }), signature);
}

function keysIn(given) {
  const keys = new Map(); // by name and hash: its octets, and up to which size it signs
  const isKey = new RegExp(`^${KEY}$`, 'u'); // a file of that name is somebody's trick
  const texts = given.map((one) => (!isKey.test(one) && isFile(one) ? read(one) : one));
  for (const line of texts.join('\n').split('\n').filter((one) => one)) {
    const [known, name, raw, end] = parts(KEY, line, 'a public key');
    const key = Buffer.from(raw, 'base64');
    const hash = sha(`${name}\n`, key).toString('hex', 0, 4);
    need(hash === known.slice(-8), 'format', 'a public key is not of its hash');
    const until = Math.min(Number(end ?? 1e15), keys.get(known)?.until ?? 1e15); // retired once is retired
    keys.set(known, { until, octets: key.subarray(1) });
  }
  return keys;
}

function opened(note, keys) { // the size and the root of a checkpoint that a trusted key has signed
  need(typeof note === 'string' && Buffer.byteLength(note) <= 2 ** 16, 'format', 'no checkpoint is that large');
  const [text, name, size, root, lines] = parts(NOTE, note, 'a checkpoint');
  const signers = new Set();
  for (const [, who, encoded] of lines.matchAll(new RegExp(SIGNED, 'gu'))) {
    const raw = Buffer.from(encoded, 'base64');
    const key = keys.get(`${who}+${raw.toString('hex', 0, 4)}`);
    if (!key || Number(size) > key.until) continue; // a retired key signs nothing after it
    need(isSigned(key.octets, text, raw.subarray(4)), 'signature', 'a trusted key did not make it');
    signers.add(who);
  }
  need(signers.has(name), 'key', 'no trusted key of this log has signed a checkpoint');
  return [Number(size), Buffer.from(root, 'base64')];
}

// JSON of whole numbers, without half of a surrogate pair.
function json(text) {
  return JSON.parse(text, (key, value) => {
    const isSo = typeof value === 'number' ? Number.isSafeInteger(value) : `${key} ${value}`.isWellFormed();
    need(isSo, 'format', 'there is a number that is not whole, or half of a surrogate pair');
    return value;
  });
}

function proof(keys, top) {
  const text = read(top);
  const found = json(text);
  const { format, activity, checkpoint, events } = found;
  const isSo = format === 'kalends-proof/1' && events.length && Object.keys(found).length === 4;
  need(isSo && spelt(found) === text, 'format', 'this is no proof in its one spelling');
  parts(ID, activity, "an activity's id");
  const held = events.map(({ index, line, hashes, ...rest }) => {
    const isEvent = typeof index === 'number' && 0 <= index && index < 1e15 && typeof line === 'string';
    need(isEvent && Array.isArray(hashes) && !Object.keys(rest).length, 'format', 'an event is not in its form');
    return { index, line, path: hashes.map((one) => (parts(HASH, one, 'a hash'), Buffer.from(one, 'base64'))) };
  });
  const [size, root] = opened(checkpoint, keys);
  let before = -1;
  for (const { index, line, path } of held) {
    const isThere = index < size && proved(sha('\0', line), index, size, path).equals(root);
    need(isThere, 'inclusion', 'an event is not where the proof says it is');
    const isNext = before < index && line.startsWith(`{"stream":"activity-${activity}",`);
    need(isNext, 'order', 'an event is of another activity, or indexes do not rise');
    before = index;
  }
  const said = `${events.length} events of activity ${activity} are as signed; later ones are not shown`;
  return [said, events.map(({ line }) => Buffer.from(line))];
}

// The files of a folder, names with their octets; links to folders are none.
function filesOf(folder, before = '') {
  return readdirSync(folder, { withFileTypes: true }).flatMap((one) => {
    const path = join(folder, one.name);
    need(lstatSync(path, { throwIfNoEntry: false }), 'format', 'a name is not UTF-8');
    if (one.isDirectory()) return filesOf(path, `${before}${one.name}/`);
    return isFile(path) ? [[before + one.name, readFileSync(path)]] : [];
  });
}

function journal(keys, top, others, say) {
  const files = new Map(isFolder(top) ? filesOf(top) : [['journal.jsonl', readFileSync(top)]]);
  const names = [...files.keys()].sort(byOctets);
  const [octets, lines] = [files.get('journal.jsonl'), []];
  let at = 0;
  for (let end = octets.indexOf(10); end >= 0; end = octets.indexOf(10, at)) {
    lines.push(octets.subarray(at, end));
    at = end + 1;
  }
  if (isFolder(top)) {
    const listed = names.filter((name) => name !== 'manifest.json');
    const hashes = Object.fromEntries(listed.map((name) => [name, sha(files.get(name)).toString('hex')]));
    const [origin] = read(join(top, 'checkpoint')).split('\n');
    const made = { files: hashes, format: 'kalends-pack/1', origin, size: lines.length };
    const isMade = files.get('manifest.json')?.equals(Buffer.from(spelt(made)));
    need(isMade && names.every((name) => new RegExp(`^(${PACKED})$`, 'u').test(name)), 'manifest', 'files differ');
    say('Page and feeds were not looked at; `kalends audit check-pack` makes them again.');
  }
  const kept = names.filter((name) => name.startsWith('checkpoint'));
  const signed = [...others, ...kept.map((name) => join(top, name))].map((path) => opened(read(path), keys));
  for (const [size, root] of signed) {
    need(size <= lines.length && at === octets.length, 'size', 'the journal is cut off');
    need(rootOf(lines.slice(0, size)).equals(root), 'root', 'the lines are not those that were signed');
  }
  for (const [n, name] of kept.entries()) {
    const [size] = signed[others.length + n];
    const isSo = name === 'checkpoint' ? size && size === lines.length : name === `checkpoints/${size}.txt`;
    need(isSo, 'size', 'a checkpoint is not of the size that the pack says');
  }
  const covered = Math.max(...signed.map(([size]) => size));
  return [`the first ${covered} of ${lines.length} events are as they were signed`, lines];
}

function run(argv, say) {
  const given = argv.flatMap((one, n) => (one === '--key' ? [argv[n + 1] ?? ''] : []));
  const [top, ...others] = argv.filter((one, n) => one !== '--key' && argv[n - 1] !== '--key');
  const isSo = top !== undefined && (given.length || isFolder(top)) && [top, ...others].every(existsSync);
  need(isSo, '', 'give a FOLDER; or PROOF.json or journal.jsonl CHECKPOINT... and --key KEY');
  if (!given.length) say("The key is the pack's own: whoever forged a pack would have put his own in.");
  const own = isFolder(top) ? keysIn([join(top, 'key.txt')]) : new Map();
  need(own.size || !isFolder(top), 'key', 'the pack brings no key');
  const keys = given.length ? keysIn(given) : own;
  const isProof = !isFolder(top) && !others.length;
  const [said, lines] = isProof ? proof(keys, top) : journal(keys, top, others, say);
  let [versions, last] = [new Map(), ''];
  for (const line of lines) {
    const [stream, version, topic, at] = parts(LINE, utf8.decode(line), 'a line');
    const mayGoBack = stream === 'campaign' && topic === 'clock.corrected';
    const isNext = Number(version) === (versions.get(stream) ?? 0) + 1;
    need(isNext && (isProof || at >= last || mayGoBack), 'order', 'versions have a gap, or recorded times go back');
    versions.set(stream, Number(version));
    last = at;
  }
  return said;
}

export function main(argv, say = console.log) {
  let said;
  try {
    said = `PROVED ${run(argv, say)}`;
  } catch (error) {
    said = error instanceof Verdict ? error.message : `REFUSED format: ${error.name}`;
  }
  say(said);
  return { P: 0, R: 8, U: 2 }[said[0]];
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2));
}
