/**
 * Published document sets on disk: `docs/<key>/` with `manifest.json`, the files of the set, `html/` and, if source files are
 * stored, `sources.pack` with its table. A set is written under a temporary name, made durable, and renamed, so it is always
 * complete. It never changes afterwards, so manifests can be cached.
 */

import { createHash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { lstat, readdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { remove } from 'fs-extra/esm'
import { isErrno } from '#base/errors.ts'
import { failpoint } from '#base/failpoint.ts'
import {
  isTemporaryLeft,
  isTemporaryName,
  makeFolders,
  openPlain,
  syncFolder,
  temporaryName,
  writeNewFile,
} from '#base/files.ts'
import { streamFile } from './file-stream.ts'
import { Manifest, type SetPage, type Source, type SourceRow, type StoredBytes } from './model.ts'
import { removeIf } from './remove.ts'
import { measureFolder, type Size } from './size.ts'
import { packSources } from './source-pack.ts'
import { createSourceReader, PACK_FILE, TABLE_FILE } from './source-reader.ts'
import { createUseNotes, readUse, writeUse } from './use.ts'

/** Reads sets. Names are looked up in the manifest and never joined to a path unchecked. */
export interface SetReader {
  readManifest(key: string): Promise<Manifest | undefined>
  /** Checks on disk whether the set exists, even if its manifest is cached. */
  has(key: string): Promise<boolean>
  /** The bytes of a file that the manifest lists. */
  readFile(key: string, name: string): Promise<Uint8Array | undefined>
  /** The same for large files, as a stream. */
  openFile?(key: string, name: string): Promise<StoredBytes | undefined>
  /** The sanitised HTML of a page that the manifest lists by its Markdown file, in UTF-8. */
  readHtml(key: string, page: string): Promise<Uint8Array | undefined>
  /** The source files stored in the set, sorted by path. */
  listSources(key: string): Promise<SourceRow[]>
  /** A source file by its name or, if none has that name, by its path. */
  findSource(key: string, name: string): Promise<SourceRow | undefined>
  /** @param name - The name of a `SourceRow`. */
  readSource(key: string, name: string): Promise<Source | undefined>
  /** Record that the set is in use. Returns at once and never throws. */
  noteUse(key: string): void
}

export interface SetWriter {
  /**
   * Publish a set. It becomes visible when all of it is durable.
   *
   * @returns The key: 64 hex digits, a hash of the manifest and all bytes of the set, so equal sets share one folder.
   */
  publish(set: NewSet): Promise<string>
  /** Delete a set. Readers that have its manifest get `undefined` for its files. */
  remove(key: string): Promise<void>
  /** Delete a set unless it was used after `usedMs`, a value of `lastUse`. @returns Whether it was deleted. */
  removeUnused(key: string, usedMs: number): Promise<boolean>
  /** When the set was last published, renewed or used; `undefined` when it does not exist. */
  lastUse(key: string): Promise<number | undefined>
  /** Record that the set is about to be used, so that it is not deleted. @returns false when it does not exist. */
  renew(key: string): Promise<boolean>
  /** The size of the set on disk. It never changes. */
  measure(key: string): Promise<Size>
  /** Keys of all published sets, sorted. */
  list(): Promise<string[]>
  /**
   * Remove unfinished sets of dead processes. If the process cannot be seen from here, the set is removed `olderThanMs` (by
   * default, an hour) after its last change. Sets that cannot be removed are counted.
   */
  sweep(olderThanMs?: number): Promise<Swept>
}

export interface Swept {
  removed: number
  /** Could not be removed, for example because it belongs to another user. */
  stuck: number
}

export type SetStore = SetReader & SetWriter

export interface NewSet {
  /** Everything except `key` and `files`, which are derived from the contents. */
  manifest: Omit<Manifest, 'key' | 'files'>
  /** By name; `manifest.json` is added. */
  files: ReadonlyMap<string, string>
  /** Pictures that pages show, by name. */
  pictures?: ReadonlyMap<string, Uint8Array>
  /** Rendered pages by `SetPage.html`. */
  html: ReadonlyMap<string, string>
  /** Source files to store, sorted by path; `manifest.sources` has their number. */
  sources?: readonly Source[]
}

/** Versions up to 0.6 made keys of 32 digits. */
const KEY = /^(?:[0-9a-f]{32}|[0-9a-f]{64})$/
const NAME = /^[A-Za-z0-9_][A-Za-z0-9._~-]{0,199}$/
/** How many files are written concurrently, as the number of open files of a process is limited. */
const AT_ONCE = 64
/** Limit of the cache of manifests, by the size of the JSON; in memory, each takes a few times as much. */
const MANIFEST_BYTES = 24 * 1_048_576
/** An unfinished set of this age belongs to a dead process. */
const UNFINISHED_MS = 3_600_000

/**
 * @param folder - `docs/` of the spool; created if necessary.
 */
export function createSetStore(folder: string, clock: () => number = Date.now): SetStore {
  /** Least recently used first. */
  const manifests = new Map<string, { manifest: Manifest; bytes: number }>()
  let manifestBytes = 0
  const note = createUseNotes(folder, clock)
  const sources = createSourceReader(folder)

  async function readManifest(key: string): Promise<Manifest | undefined> {
    if (!KEY.test(key)) return undefined
    const kept = forget(key)
    if (kept !== undefined) {
      keep(key, kept)
      return kept.manifest
    }
    const bytes = await readPlainFile(path.join(folder, key, 'manifest.json'))
    const parsed = bytes === undefined ? undefined : Manifest.safeParse(parseJson(bytes))
    if (bytes === undefined || parsed?.success !== true || parsed.data.key !== key) return undefined
    keep(key, { manifest: parsed.data, bytes: bytes.length })
    return parsed.data
  }

  function keep(key: string, entry: { manifest: Manifest; bytes: number }): void {
    forget(key)
    manifests.set(key, entry)
    manifestBytes += entry.bytes
    for (const oldest of manifests.keys()) {
      if (manifestBytes <= MANIFEST_BYTES || oldest === key) break
      forget(oldest)
    }
  }

  function forget(key: string): { manifest: Manifest; bytes: number } | undefined {
    const entry = manifests.get(key)
    if (entry !== undefined) manifestBytes -= entry.bytes
    manifests.delete(key)
    return entry
  }

  async function removeUnused(key: string, usedMs: number): Promise<boolean> {
    if (!KEY.test(key)) return false
    const isGone = await removeIf(path.join(folder, key), (now) => now <= usedMs)
    if (isGone) forget(key)
    return isGone
  }

  return {
    readManifest,

    async has(key) {
      if (!KEY.test(key)) return false
      const there = await isFile(path.join(folder, key, 'manifest.json'))
      if (!there) forget(key)
      return there
    },

    async readFile(key, name) {
      const manifest = await readManifest(key)
      if (manifest?.files.some((file) => file.name === name) !== true || !NAME.test(name)) return undefined
      return readPlainFile(path.join(folder, key, name))
    },

    async openFile(key, name) {
      const manifest = await readManifest(key)
      const listed = manifest?.files.find((file) => file.name === name)
      if (listed === undefined || !NAME.test(name)) return undefined
      const file = path.join(folder, key, name)
      if (!(await isFile(file))) return undefined
      return { bytes: listed.bytes, read: (from, to) => streamFile(file, from, to) }
    },

    async readHtml(key, page) {
      const manifest = await readManifest(key)
      const found = manifest?.pages.find((entry) => entry.file === page)
      if (found === undefined || !NAME.test(found.html)) return undefined
      return readPlainFile(path.join(folder, key, 'html', found.html))
    },

    listSources: async (key) => (KEY.test(key) ? sources.list(key) : []),

    findSource: async (key, name) => (KEY.test(key) ? sources.find(key, name) : undefined),

    readSource: async (key, name) => (KEY.test(key) ? sources.read(key, name) : undefined),

    noteUse(key) {
      if (KEY.test(key)) note(key)
    },

    lastUse: async (key) => (KEY.test(key) ? readUse(path.join(folder, key)) : undefined),

    renew: async (key) => KEY.test(key) && (await writeUse(path.join(folder, key), clock())),

    measure: async (key) => (KEY.test(key) ? measureFolder(path.join(folder, key)) : { bytes: 0, files: 0 }),

    async publish(set) {
      const key = keyOf(set)
      const final = path.join(folder, key)
      makeFolders(folder)
      // Renew first: a set that is just being deleted is then either put back, or missing here.
      if ((await writeUse(final, clock())) && (await hasAll(final, set))) return key
      const temporary = path.join(folder, temporaryName())
      try {
        await writeSet(temporary, key, set)
        failpoint('publish:written')
        await moveIntoPlace(temporary, final, set)
        failpoint('publish:renamed')
      } catch (error) {
        await remove(temporary)
        throw error
      }
      await syncFolder(folder)
      failpoint('publish:synced')
      return key
    },

    async remove(key) {
      await removeUnused(key, Number.POSITIVE_INFINITY)
    },

    removeUnused,

    async sweep(olderThanMs = UNFINISHED_MS) {
      const swept: Swept = { removed: 0, stuck: 0 }
      for (const { name } of await listFolder(folder)) {
        if (!isTemporaryName(name)) continue
        const file = path.join(folder, name)
        const found = await lstat(file).catch(() => undefined)
        if (found === undefined || !(isTemporaryLeft(name) ?? Date.now() - found.mtimeMs > olderThanMs)) continue
        try {
          await remove(file)
          swept.removed += 1
        } catch (error) {
          if (!isSystemError(error)) throw error
          swept.stuck += 1
        }
      }
      return swept
    },

    async list() {
      const entries = await listFolder(folder)
      return entries
        .filter((entry) => entry.isDirectory() && KEY.test(entry.name))
        .map((entry) => entry.name)
        .sort()
    },
  }
}

function keyOf(set: NewSet): string {
  const hash = createHash('sha256')
  // Include lengths, so that different divisions into parts have different hashes.
  const add = (part: string | Uint8Array): unknown => hash.update(`${Buffer.byteLength(part)}\0`).update(part)
  add(JSON.stringify(set.manifest))
  const pictures = set.pictures === undefined || set.pictures.size === 0 ? [] : [set.pictures]
  for (const part of [set.files, set.html, ...pictures]) {
    add(String(part.size))
    for (const name of [...part.keys()].sort()) {
      add(name)
      add(part.get(name) ?? '')
    }
  }
  for (const { text, colours, ...rest } of set.sources ?? []) {
    add(JSON.stringify(rest))
    add(text)
    add(colours)
  }
  return hash.digest('hex')
}

async function writeSet(target: string, key: string, set: NewSet): Promise<void> {
  makeFolders(path.join(target, 'html'))
  const bodies = new Map<string, string | Uint8Array>([...set.files, ...(set.pictures ?? [])])
  const names = [...bodies.keys()].sort()
  const files = names.map((name) => {
    const bytes = Buffer.from(bodies.get(name) ?? '')
    if (!NAME.test(name) || name === 'manifest.json') throw new Error(`Not a name for a file of a set: ${name}`)
    return { name, bytes, row: { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') } }
  })
  const manifest: Manifest = { ...set.manifest, key, files: files.map((file) => file.row) }
  const writes: [string, string | Uint8Array][] = [
    ...files.map((file): [string, Uint8Array] => [path.join(target, file.name), file.bytes]),
    ...[...set.html].map(([name, html]): [string, string] => {
      if (!NAME.test(name)) throw new Error(`Not a name for a page of a set: ${name}`)
      return [path.join(target, 'html', name), html]
    }),
    [path.join(target, 'manifest.json'), `${JSON.stringify(manifest)}\n`],
  ]
  if (set.sources !== undefined) {
    const { pack, table } = await packSources(set.sources)
    writes.push([path.join(target, PACK_FILE), pack], [path.join(target, TABLE_FILE), table])
  }
  for (let from = 0; from < writes.length; from += AT_ONCE) {
    await Promise.all(writes.slice(from, from + AT_ONCE).map(([file, data]) => writeNewFile(file, data)))
  }
  await syncFolder(path.join(target, 'html'))
  await syncFolder(target)
}

/** Replaces a damaged set with the same key; a complete one that appeared meanwhile is equal and stays. */
async function moveIntoPlace(temporary: string, final: string, set: NewSet): Promise<void> {
  for (;;) {
    try {
      return await rename(temporary, final)
    } catch (error) {
      if (!isErrno(error, 'ENOTEMPTY', 'EEXIST')) throw error
    }
    if (await hasAll(final, set)) return remove(temporary)
    const aside = path.join(path.dirname(final), temporaryName())
    try {
      await rename(final, aside)
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error
    }
    await remove(aside)
  }
}

async function hasAll(final: string, set: NewSet): Promise<boolean> {
  const [top, html] = await Promise.all([listFolder(final), listFolder(path.join(final, 'html'))])
  const present = new Set([...top.map((entry) => entry.name), ...html.map((entry) => `html/${entry.name}`)])
  const wanted = [
    'manifest.json',
    ...set.files.keys(),
    ...(set.pictures?.keys() ?? []),
    ...[...set.html.keys()].map((name) => `html/${name}`),
  ]
  if (set.sources !== undefined) wanted.push(PACK_FILE, TABLE_FILE)
  return wanted.every((name) => present.has(name))
}

async function listFolder(target: string): Promise<Dirent[]> {
  try {
    return await readdir(target, { withFileTypes: true })
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw error
  }
}

/** An error of the operating system, not a bug. */
const isSystemError = (error: unknown): boolean => error instanceof Error && 'errno' in error

async function isFile(file: string): Promise<boolean> {
  try {
    return (await lstat(file)).isFile()
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return false
    throw error
  }
}

async function readPlainFile(file: string): Promise<Uint8Array | undefined> {
  try {
    const handle = await openPlain(file)
    try {
      return await handle.readFile()
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR')) return undefined
    throw error
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

/** The name of a page's HTML file: `src-http.md` → `src-http.html`. */
export const htmlNameOf = (page: SetPage['file']): string => page.replace(/\.md$/, '.html')
