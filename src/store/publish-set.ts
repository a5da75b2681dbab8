/**
 * Writes a set: all of it under a temporary name, made durable, then renamed into place. What is written is hashed on the
 * way, so a set is made and read once, and nothing of it is held whole.
 */

import { createHash } from 'node:crypto'
import { lstat } from 'node:fs/promises'
import path from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { remove } from 'fs-extra/esm'
import { failpoint } from '#base/failpoint.ts'
import { makeFolders, syncFolder, temporaryName, writeNewFile } from '#base/files.ts'
import type { PackedText } from '#base/packed-text.ts'
import type { PiecedText } from '#base/pieced-text.ts'
import { type BaseSet, dropUnused, openBase, packsOf } from './base-set.ts'
import { MANIFEST, PACKED_MANIFEST, readManifestIn } from './manifest-file.ts'
import type { Manifest, Source } from './model.ts'
import { moveIntoPlace } from './move-into-place.ts'
import { basePack, type Content, type Packed, SET_PACK } from './packs.ts'
import { SetPack } from './set-pack.ts'
import { packSources } from './source-pack.ts'
import { PACK_FILE, TABLE_FILE } from './source-reader.ts'
import { writeUse } from './use.ts'

export interface NewSet {
  /** Everything but what follows from the contents. */
  manifest: Omit<Manifest, 'version' | 'key' | 'files'>
  /** By name; `manifest.json` is added. */
  files: ReadonlyMap<string, string | PiecedText>
  /** Files that are not text, by name: pictures that pages show, the index of the graph. They are not compressed. */
  binaries?: ReadonlyMap<string, Uint8Array>
  /** Rendered pages by `SetPage.html`. */
  html: ReadonlyMap<string, string | PackedText>
  /** Files of the repository that the set keeps, sorted by path; `manifest.sources` says how many. */
  sources?: readonly Source[]
}

const NAME = /^[A-Za-z0-9_][A-Za-z0-9._~-]{0,199}$/

/**
 * Publish a set. Nothing of it is visible before all of it is durable.
 *
 * @param folder - `docs/` of the spool; made when it is not there.
 * @returns Its key. How it is stored does not count.
 */
export async function publishSet(
  folder: string,
  set: NewSet,
  { clock, neighbours = [], readManifest }: PublishDeps,
): Promise<string> {
  makeFolders(folder)
  const temporary = path.join(folder, temporaryName())
  let key: string
  try {
    key = await writeBeside(folder, temporary, set, { neighbours, readManifest })
    failpoint('publish:written')
    const final = path.join(folder, key)
    // Renewed first: a set that is being deleted for its age is put back, or found gone here.
    const isThere = (await writeUse(final, clock())) && (await isWhole(final, key, set))
    await (isThere ? remove(temporary) : moveIntoPlace(temporary, final, () => isWhole(final, key, set)))
    failpoint('publish:renamed')
  } catch (error) {
    await remove(temporary)
    throw error
  }
  await syncFolder(folder)
  failpoint('publish:synced')
  return key
}

interface PublishDeps {
  clock(): number
  /** Keys of sets of other versions, the most similar first: the new one is stored beside one of them. */
  neighbours?: readonly string[] | undefined
  readManifest(key: string): Promise<Manifest | undefined>
}

/** Beside a neighbour if that saves something worth a slower read, else by itself. @returns The key. */
async function writeBeside(
  folder: string,
  target: string,
  set: NewSet,
  { neighbours = [], readManifest }: Omit<PublishDeps, 'clock'>,
): Promise<string> {
  makeFolders(target)
  const base = await openBase(folder, target, neighbours, readManifest)
  const whole = base?.bases.at(-1)?.bytes ?? 0
  const { key, bytes } = await writeSet(target, set, base)
  if (base === undefined || bytes <= whole * MAX_SHARE) return key
  await remove(target)
  makeFolders(target)
  return (await writeSet(target, set)).key
}

/** Of the pack of a set that is stored by itself. */
const MAX_SHARE = 0.25

async function writeSet(target: string, set: NewSet, base?: BaseSet): Promise<{ key: string; bytes: number }> {
  const bodies = new Map<string, Content>([...set.files, ...(set.binaries ?? [])])
  const names = [...bodies.keys()].sort()
  for (const name of names) {
    if (!NAME.test(name)) throw new Error(`Not a name for a file of a set: ${name}`)
  }
  const { pages } = set.manifest
  const pack = await SetPack.create(path.join(target, SET_PACK), set.manifest.commit)
  let parts: Packed[]
  try {
    parts = await pack.add(
      [...names.map((name) => bodies.get(name) ?? ''), ...pages.map(({ html }) => set.html.get(html) ?? '')],
      (index) =>
        index < names.length ? base?.fileOf(names[index] ?? '') : base?.htmlOf(pages[index - names.length]?.file ?? ''),
    )
  } finally {
    await pack.close()
  }
  const files = names.map((name, index) => ({ name, ...(parts[index] as Packed) }))
  const rendered = parts.slice(names.length)
  const key = keyOf(set, files, rendered)
  const manifest: Manifest = {
    version: base === undefined ? 2 : 3,
    key,
    ...set.manifest,
    ...(base !== undefined && { bases: base.bases }),
    files,
    pages: pages.map((page, index) => ({ ...page, ...storedOf(rendered[index]) })),
  }
  if (set.sources !== undefined) {
    const { pack, table } = await packSources(set.sources)
    await writeNewFile(path.join(target, PACK_FILE), pack)
    await writeNewFile(path.join(target, TABLE_FILE), table)
  }
  const text = `${JSON.stringify(manifest)}\n`
  if (base === undefined) await writeNewFile(path.join(target, MANIFEST), text)
  else await writeNewFile(path.join(target, PACKED_MANIFEST), brotliCompressSync(text))
  await dropUnused(
    target,
    base?.bases,
    parts.map(({ stored }) => stored),
  )
  await syncFolder(target)
  return { key, bytes: pack.bytes }
}

const storedOf = (part: Packed | undefined) => (part === undefined ? {} : { stored: part.stored })

/** A hash of the manifest and of every byte of the set, as readers get it: how it is compressed does not count. */
function keyOf(set: NewSet, files: readonly ({ name: string } & Packed)[], rendered: readonly Packed[]): string {
  const hash = createHash('sha256')
  // With its length, no text can be taken for the end of one part and the beginning of the next.
  const add = (part: string | Uint8Array): unknown => hash.update(`${Buffer.byteLength(part)}\0`).update(part)
  add(JSON.stringify(set.manifest))
  add(JSON.stringify(files.map(({ name, sha256 }) => [name, sha256])))
  add(JSON.stringify(rendered.map(({ sha256 }) => sha256)))
  for (const { text, colours, ...rest } of set.sources ?? []) {
    add(JSON.stringify(rest))
    add(text)
    add(colours)
  }
  return hash.digest('hex')
}

/** Whether a published set has its manifest, a pack as long as that says, and the files of the repository that it keeps. */
async function isWhole(final: string, key: string, { sources }: NewSet): Promise<boolean> {
  const manifest = (await readManifestIn(final))?.manifest
  if (manifest?.key !== key) return false
  const parts = [...manifest.files, ...manifest.pages].flatMap(({ stored }) => stored ?? [])
  const ends = parts.map(({ pack, at, length }) => (pack === undefined ? at + length : 0))
  const wanted = ends.reduce((most, end) => Math.max(most, end), 0)
  if ((await sizeOf(path.join(final, SET_PACK))) !== wanted) return false
  for (const name of new Set(parts.flatMap(packsOf))) {
    const size = await sizeOf(path.join(final, name))
    if (size === undefined || size !== manifest.bases?.find((_, index) => basePack(index) === name)?.bytes) return false
  }
  if (sources === undefined) return true
  const sizes = await Promise.all([PACK_FILE, TABLE_FILE].map((name) => sizeOf(path.join(final, name))))
  return !sizes.includes(undefined)
}

const sizeOf = async (file: string): Promise<number | undefined> => {
  const found = await lstat(file).catch(() => undefined)
  return found?.isFile() === true ? found.size : undefined
}
