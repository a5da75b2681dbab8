/**
 * The size of an object, read from the header of its pack entry or loose file without unpacking it: a pack of 1 MB may
 * contain a file of 1 GB, and libgit2 loads it before nodegit can ask for its size.
 *
 * @see gitformat-pack(5)
 */

import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import path from 'node:path'
import { constants, inflateSync } from 'node:zlib'

export interface ObjectSize {
  /** Size of the object. */
  bytes: number
  /** Size of the largest object that must be unpacked to read it: the object itself or a delta base. */
  peakBytes: number
}

export interface ObjectSizes {
  /** `undefined` when no pack and no loose file has the object. */
  sizeOf(id: string): ObjectSize | undefined
  close(): void
}

interface Pack {
  index: number
  pack: number
  /** For each byte, the number of objects whose id starts with this byte or a smaller one. */
  fanout: number[]
}

/** At the start of a pack index: signature, version and the fan-out table. */
const INDEX_HEAD_BYTES = 8 + 256 * 4
const INDEX_SIGNATURE = 0xff744f63
/** Set in an offset that is the position of a longer one in the table of 8-byte offsets. */
const LONG_OFFSET = 0x80000000
const OID_BYTES = 20
const OFS_DELTA = 6
const REF_DELTA = 7
/** Maximum number of bytes for type, size and delta base of an entry. */
const MAX_ENTRY_HEAD = 64
/** Number of bytes of a deflated stream that yield its first bytes, whatever its code tables. */
const DEFLATE_START = 1_024
const MAX_CHAIN = 10_000
const MAX_ALTERNATES = 16

/**
 * Open the packs of a repository. Objects added later are not found.
 *
 * @param folder - The repository's `objects` folder. Those that it borrows from (`info/alternates`) are opened too.
 */
export function openSizes(folder: string): ObjectSizes {
  const folders = withAlternates(folder)
  const packs = folders.flatMap(openPacks)
  return {
    sizeOf(id) {
      const oid = Buffer.from(id, 'hex')
      for (const pack of packs) {
        const offset = findOffset(pack, oid)
        if (offset !== undefined) return packedSize(packs, pack, offset)
      }
      for (const objects of folders) {
        const bytes = looseSize(path.join(objects, id.slice(0, 2), id.slice(2)))
        if (bytes !== undefined) return { bytes, peakBytes: bytes }
      }
      return undefined
    },
    close() {
      for (const { index, pack } of packs) {
        closeSync(index)
        closeSync(pack)
      }
    },
  }
}

function withAlternates(first: string): string[] {
  const folders = [first]
  for (let at = 0; at < folders.length && folders.length <= MAX_ALTERNATES; at++) {
    const folder = folders[at] ?? first
    for (const line of readText(path.join(folder, 'info', 'alternates')).split('\n')) {
      const other = path.resolve(folder, line)
      if (line !== '' && !line.startsWith('#') && !folders.includes(other)) folders.push(other)
    }
  }
  return folders
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function openPacks(objects: string): Pack[] {
  const folder = path.join(objects, 'pack')
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    return []
  }
  const packs: Pack[] = []
  for (const name of names.filter((one) => one.endsWith('.idx')).sort()) {
    const file = path.join(folder, name)
    const handles: number[] = []
    try {
      const index = openSync(file, 'r')
      handles.push(index)
      const pack = openSync(file.replace(/idx$/, 'pack'), 'r')
      handles.push(pack)
      packs.push({ index, pack, fanout: readFanout(index) })
    } catch {
      // A pack that disappears in the meantime has been replaced by another; one that is damaged has no objects.
      for (const handle of handles) closeSync(handle)
    }
  }
  return packs
}

/** @throws {Error} It is not an index of version 2. */
function readFanout(index: number): number[] {
  const head = readAt(index, 0, INDEX_HEAD_BYTES)
  if (head.readUInt32BE(0) !== INDEX_SIGNATURE || head.readUInt32BE(4) !== 2)
    throw new Error('not an index of version 2')
  return Array.from({ length: 256 }, (_, byte) => head.readUInt32BE(8 + byte * 4))
}

/** The offset of an object in the pack, from the pack index. */
function findOffset({ index, fanout }: Pack, oid: Buffer): number | undefined {
  const first = oid[0] ?? 0
  const total = fanout[255] ?? 0
  let low = first === 0 ? 0 : (fanout[first - 1] ?? 0)
  let high = fanout[first] ?? 0
  while (low < high) {
    const middle = (low + high) >>> 1
    const order = readAt(index, INDEX_HEAD_BYTES + middle * OID_BYTES, OID_BYTES).compare(oid)
    if (order === 0) {
      const offsets = INDEX_HEAD_BYTES + total * (OID_BYTES + 4)
      const offset = readAt(index, offsets + middle * 4, 4).readUInt32BE(0)
      if (offset < LONG_OFFSET) return offset
      return Number(readAt(index, offsets + total * 4 + (offset - LONG_OFFSET) * 8, 8).readBigUInt64BE(0))
    }
    if (order < 0) low = middle + 1
    else high = middle
  }
  return undefined
}

function packedSize(packs: readonly Pack[], pack: Pack, offset: number): ObjectSize | undefined {
  let place: { pack: Pack; offset: number } | undefined = { pack, offset }
  let bytes: number | undefined
  let peakBytes = 0
  for (let links = 0; place !== undefined; links++) {
    if (links > MAX_CHAIN) return undefined
    const entry: Entry = readEntry(place.pack, place.offset)
    bytes ??= entry.bytes
    peakBytes = Math.max(peakBytes, entry.bytes, entry.base?.bytes ?? 0)
    if (entry.base === null) return { bytes, peakBytes }
    place = entry.base.at === null ? find(packs, entry.base.id) : { pack: place.pack, offset: entry.base.at }
  }
  return undefined
}

function find(packs: readonly Pack[], oid: Buffer): { pack: Pack; offset: number } | undefined {
  for (const pack of packs) {
    const offset = findOffset(pack, oid)
    if (offset !== undefined) return { pack, offset }
  }
  return undefined
}

interface Entry {
  /** Uncompressed size of the object. */
  bytes: number
  /** The delta base, by offset in the same pack or by id. */
  base: { at: number; bytes: number } | { at: null; id: Buffer; bytes: number } | null
}

function readEntry({ pack }: Pack, offset: number): Entry {
  const head = readAt(pack, offset, MAX_ENTRY_HEAD)
  const cursor = { at: 0 }
  const first = nextByte(head, cursor)
  const type = (first >> 4) & 7
  const bytes = (first & 15) + (first & 0x80 ? readVarint(head, cursor) * 16 : 0)
  if (type !== OFS_DELTA && type !== REF_DELTA) return { bytes, base: null }
  const at = type === OFS_DELTA ? offset - readOffset(head, cursor) : null
  const id = head.subarray(cursor.at, cursor.at + OID_BYTES)
  if (type === REF_DELTA) cursor.at += OID_BYTES
  // A delta begins with the sizes of its base and of its result.
  const delta = inflateStart(readAt(pack, offset + cursor.at, DEFLATE_START))
  const start = { at: 0 }
  const baseBytes = readVarint(delta, start)
  const base = at === null ? { at, id, bytes: baseBytes } : { at, bytes: baseBytes }
  return { bytes: readVarint(delta, start), base }
}

/** Reads a number with seven bits per byte, lowest first. */
function readVarint(bytes: Buffer, cursor: { at: number }): number {
  let value = 0
  for (let factor = 1; ; factor *= 128) {
    const byte = nextByte(bytes, cursor)
    value += (byte & 0x7f) * factor
    if (byte < 0x80) return value
  }
}

/** Reads a distance back in the pack: seven bits per byte, highest first; each additional byte adds one. */
function readOffset(bytes: Buffer, cursor: { at: number }): number {
  let byte = nextByte(bytes, cursor)
  let value = byte & 0x7f
  while (byte >= 0x80) {
    byte = nextByte(bytes, cursor)
    value = (value + 1) * 128 + (byte & 0x7f)
  }
  return value
}

function nextByte(bytes: Buffer, cursor: { at: number }): number {
  const byte = bytes[cursor.at++]
  if (byte === undefined) throw new RangeError('the header of a packed object is truncated')
  return byte
}

/** The size in `blob 123\0` at the start of a loose object. */
function looseSize(file: string): number | undefined {
  let handle: number
  try {
    handle = openSync(file, 'r')
  } catch {
    return undefined
  }
  try {
    const match = /^[a-z]+ (\d{1,15})\0/.exec(inflateStart(readAt(handle, 0, DEFLATE_START)).toString('latin1', 0, 64))
    return match === null ? undefined : Number(match[1])
  } finally {
    closeSync(handle)
  }
}

const inflateStart = (bytes: Buffer): Buffer => inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH })

function readAt(handle: number, position: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length)
  return buffer.subarray(0, readSync(handle, buffer, 0, length, position))
}
