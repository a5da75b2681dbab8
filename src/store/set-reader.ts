/** Reads published sets, and sets damaged ones aside. */

import path from 'node:path'
import { createLoadCache } from '#base/load-cache.ts'
import { sha256Of } from '#base/sha256.ts'
import { streamFile } from './file-stream.ts'
import { findDamage } from './find-damage.ts'
import { MANIFEST, PACKED_MANIFEST, readManifestIn } from './manifest-file.ts'
import {
  hashedPart,
  type Manifest,
  type SetFile,
  type SourceRow,
  type StoredBytes,
  type StoredSource,
} from './model.ts'
import { createPartReader } from './part-reader.ts'
import { isPlainFile, isPlainFolder, readPlainFile } from './plain-file.ts'
import { setAside } from './set-aside.ts'
import { SetDamaged } from './set-damaged.ts'
import { createSourceReader } from './source-reader.ts'

/**
 * Reads sets. Names are looked up in the manifest and never joined to a path unchecked. A set that does not exist is `undefined`. Each
 * method that reads throws `SetDamaged` for a part that the set contains and that is missing or damaged; the set has then been set
 * aside, so that it no longer exists.
 */
export interface SetReader {
  readManifest(key: string): Promise<Manifest | undefined>
  /** The same without fetching the rest of the set; a damaged set is left where it is. */
  peekManifest?(key: string): Promise<Manifest | undefined>
  /** Run a step for a caller who is charged for the sets that are fetched for it. Absent where none are fetched. */
  forCaller?<T>(charge: FetchCharge, step: () => T): T
  /** Checks on disk whether the set exists, even if its manifest is cached. */
  has(key: string): Promise<boolean>
  /** The bytes of a file that the manifest lists. */
  readFile(key: string, name: string): Promise<Uint8Array | undefined>
  /** Part of such a file: the bytes from `from` (inclusive) to `to` (exclusive), fewer at its end. */
  readBytes?(key: string, name: string, from: number, to: number): Promise<Uint8Array | undefined>
  /** A file that the manifest lists, as a stream. */
  openFile?(key: string, name: string): Promise<StoredBytes | undefined>
  /** A file that the manifest lists, as a stream of gzip; `undefined` also if it is not stored as gzip. */
  openPacked?(key: string, name: string): Promise<StoredBytes | undefined>
  /** The sanitised HTML of a page that the manifest lists by its Markdown file, in UTF-8. */
  readHtml(key: string, page: string): Promise<Uint8Array | undefined>
  /** The source files stored in the set, sorted by path. */
  listSources(key: string): Promise<SourceRow[]>
  /** A source file by its name or, if none has that name, by its path. */
  findSource(key: string, name: string): Promise<SourceRow | undefined>
  /** @param name - The name of a `SourceRow`. */
  readSource(key: string, name: string): Promise<StoredSource | undefined>
  /** Whether the set does not exist because it was found damaged and has not been generated again. */
  isSetAside?(key: string): Promise<boolean>
  /** Record that the set is in use. Returns at once and never throws. */
  noteUse(key: string): void
}

export interface FetchCharge {
  /** Called before a set is looked for. @throws The refusal of a caller that may have none fetched. */
  begin(): void
  /** Called before the set is fetched, with its size. */
  charge(bytes: number): void
}

/** Keys of versions up to 0.6 have 32 digits. */
export const KEY = /^(?:[0-9a-f]{32}|[0-9a-f]{64})$/
const NAME = /^[A-Za-z0-9_][A-Za-z0-9._~-]{0,199}$/
/** Limit on the cache of manifests, in bytes of JSON; in memory, each takes a few times as much. */
const MAX_CACHED_MANIFEST_BYTES = 24 * 1_048_576

export interface PartsReader extends Omit<SetReader, 'isSetAside' | 'noteUse'> {
  /** Read the manifest of a set, and leave a damaged set where it is. */
  peekManifest(key: string): Promise<Manifest | undefined>
  /** Forget what is cached of a set. */
  forget(key: string): void
  /** Set a damaged set aside. @returns The error to throw. */
  toDamaged(key: string, part: string): Promise<SetDamaged>
}

/** @param folder - The folder of all sets. */
export function createPartsReader(folder: string): PartsReader {
  const manifests = createLoadCache(MAX_CACHED_MANIFEST_BYTES, async (key) => {
    const read = await readManifestIn(path.join(folder, key))
    return read?.manifest.key === key ? { value: read.manifest, bytes: read.bytes } : undefined
  })
  const sources = createSourceReader(folder)
  const parts = createPartReader(folder)
  const placeOf = (key: string): string => path.join(folder, key)

  async function has(key: string): Promise<boolean> {
    if (!KEY.test(key)) return false
    const names = [MANIFEST, PACKED_MANIFEST].map((name) => path.join(placeOf(key), name))
    const exists = (await isPlainFile(names[0] ?? '')) || (await isPlainFile(names[1] ?? ''))
    if (!exists) manifests.forget(key)
    return exists
  }

  function forget(key: string): void {
    manifests.forget(key)
    sources.forget(key)
  }

  async function toDamaged(key: string, part: string): Promise<SetDamaged> {
    const aside = await setAside(placeOf(key))
    forget(key)
    const where = aside === undefined ? 'it could not be set aside' : `it was moved to docs/${aside}`
    return new SetDamaged(`The document set ${key} is damaged (${part}); ${where}.`)
  }

  const peekManifest = async (key: string): Promise<Manifest | undefined> =>
    KEY.test(key) ? manifests.read(key) : undefined

  async function readManifest(key: string): Promise<Manifest | undefined> {
    if (!KEY.test(key)) return undefined
    const manifest = await peekManifest(key)
    if (manifest !== undefined || !(await isPlainFolder(placeOf(key)))) return manifest
    const part = await findDamage(placeOf(key), { isManifestOnly: true })
    if (part !== undefined) throw await toDamaged(key, part)
    return undefined
  }

  /**
   * Read a part of a set.
   *
   * @param find - The part in the manifest, if the set contains it.
   * @param step - Reads the part; `undefined` if it is missing or damaged.
   * @throws {SetDamaged} The set contains the part, but it cannot be read. The set has been set aside.
   */
  async function readPart<Part, T>(
    key: string,
    name: string,
    find: (manifest: Manifest) => Part | undefined,
    step: (part: Part, manifest: Manifest) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    for (const isLast of [false, true]) {
      const manifest = await readManifest(key)
      const part = manifest && find(manifest)
      if (manifest === undefined || part === undefined) return undefined
      const value = await step(part, manifest)
      if (value !== undefined) return value
      // The set may have been removed, or replaced by an equal one that is stored differently.
      if (!isLast) forget(key)
    }
    if (!(await has(key))) return undefined
    throw await toDamaged(key, name)
  }

  /** Finds a file that the manifest lists; nothing for an invalid name. */
  const fileNamed =
    (name: string) =>
    ({ files }: Manifest): SetFile | undefined =>
      NAME.test(name) ? files.find((file) => file.name === name) : undefined

  return {
    forget,
    peekManifest,
    toDamaged,
    readManifest,
    has,

    readFile: (key, name) =>
      readPart(key, name, fileNamed(name), (file, manifest) =>
        file.stored === undefined
          ? readWholeFile(path.join(placeOf(key), name), file.sha256)
          : parts.read(manifest, hashedPart(file) ?? file.stored),
      ),

    readBytes: (key, name, from, to) =>
      readPart(
        key,
        name,
        (manifest) => hashedPart(fileNamed(name)(manifest) ?? { sha256: '' }),
        (stored, manifest) => parts.readRange(manifest, stored, from, to),
      ),

    openFile: (key, name) =>
      readPart(key, name, fileNamed(name), async (file, manifest) => {
        const { bytes, stored, sha256 } = file
        if (stored !== undefined) return parts.open(manifest, { ...stored, sha256 })
        const plain = path.join(placeOf(key), name)
        return (await isPlainFile(plain)) ? { bytes, read: (from, to) => streamFile(plain, from, to) } : undefined
      }),

    async openPacked(key, name) {
      const manifest = await readManifest(key)
      const { stored, sha256 } = (manifest && fileNamed(name)(manifest)) ?? {}
      return manifest && stored && parts.openPacked(manifest, { ...stored, sha256 })
    },

    readHtml: (key, page) =>
      readPart(
        key,
        page,
        ({ pages }) => pages.find(({ file, html }) => file === page && NAME.test(html)),
        ({ html, stored }, manifest) =>
          stored === undefined ? readPlainFile(path.join(placeOf(key), 'html', html)) : parts.read(manifest, stored),
      ),

    async listSources(key) {
      const rows = await readPart(key, SOURCES_PART, someSources, async () => noneIfEmpty(await sources.list(key)))
      return rows ?? []
    },

    async findSource(key, name) {
      const find = async () => ((await sources.has(key)) ? { row: await sources.find(key, name) } : undefined)
      return (await readPart(key, SOURCES_PART, someSources, find))?.row
    },

    async readSource(key, name) {
      const read = async () => {
        if (!(await sources.has(key))) return undefined
        if ((await sources.find(key, name))?.name !== name) return { source: undefined }
        const source = await sources.read(key, name)
        return source && { source }
      }
      return (await readPart(key, SOURCES_PART, someSources, read))?.source
    },
  }
}

const SOURCES_PART = 'the source files'
/** Finds the source files in a manifest; `undefined` in a set without them. */
const someSources = ({ sources, sources_table: table }: Manifest): true | undefined =>
  table !== undefined || (sources?.files ?? 0) > 0 ? true : undefined

const noneIfEmpty = (rows: SourceRow[]): SourceRow[] | undefined => (rows.length === 0 ? undefined : rows)

/** A whole file of a set of version 1. */
async function readWholeFile(file: string, sha256: string): Promise<Uint8Array | undefined> {
  const bytes = await readPlainFile(file)
  return bytes !== undefined && sha256Of(bytes) === sha256 ? bytes : undefined
}
