/**
 * Writes a set under a temporary name, makes it durable, and renames it into place. Parts are hashed while they are written, so
 * each is generated and read only once and need not be held in memory whole.
 */

import { createHash } from 'node:crypto'
import path from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { remove } from 'fs-extra/esm'
import { failpoint } from '#base/failpoint.ts'
import { makeFolders, syncFolder, temporaryName, writeNewFile } from '#base/files.ts'
import type { PackedText } from '#base/packed-text.ts'
import type { PiecedText } from '#base/pieced-text.ts'
import { sha256Of } from '#base/sha256.ts'
import { type BaseSet, dropUnused, openBase } from './base-set.ts'
import { findDamage } from './find-damage.ts'
import { MANIFEST, PACKED_MANIFEST } from './manifest-file.ts'
import { hashedPart, type Manifest, type Source } from './model.ts'
import { moveIntoPlace } from './move-into-place.ts'
import { type Content, type Packed, SET_PACK } from './packs.ts'
import { isPlainFolder } from './plain-file.ts'
import { asidePath } from './set-aside.ts'
import { SetPack } from './set-pack.ts'
import { packSources } from './source-pack.ts'
import { PACK_FILE, TABLE_FILE } from './source-reader.ts'
import { writeUse } from './use.ts'

export interface NewSet {
  /** The manifest without the fields that are computed from the contents. */
  manifest: Omit<Manifest, 'version' | 'key' | 'files' | 'sources_table'>
  /** Text files by name; `manifest.json` is added. */
  files: ReadonlyMap<string, string | PiecedText>
  /** Binary files by name, such as images and the index of the graph. They are not compressed. */
  binaries?: ReadonlyMap<string, Uint8Array>
  /** Rendered pages, keyed by `SetPage.html`. */
  html: ReadonlyMap<string, string | PackedText>
  /** Source files to store in the set, sorted by path; `manifest.sources` contains their number. */
  sources?: readonly Source[]
}

const NAME = /^[A-Za-z0-9_][A-Za-z0-9._~-]{0,199}$/

/**
 * Publish a set. It becomes visible only when all of it is durable.
 *
 * @param folder - The folder `docs/` of the spool; created if necessary.
 * @returns The key of the set, which does not depend on how it is stored.
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
    // Renewed first, so that a set that is being deleted for its age is put back, or is already missing in the next check.
    const isThere = (await writeUse(final, clock())) && (await isWhole(final))
    await (isThere ? remove(temporary) : moveIntoPlace(temporary, final, () => isWhole(final)))
    failpoint('publish:renamed')
  } catch (error) {
    await remove(temporary)
    throw error
  }
  await syncFolder(folder)
  await remove(asidePath(path.join(folder, key)))
  failpoint('publish:synced')
  return key
}

interface PublishDeps {
  clock(): number
  /** Keys of sets of other versions, the most similar first; the new set may be stored as a delta to one of them. */
  neighbours?: readonly string[] | undefined
  readManifest(key: string): Promise<Manifest | undefined>
}

/**
 * Write the set as a delta to a neighbour if that saves enough space to justify slower reads; otherwise, without a base.
 *
 * @returns The key.
 */
async function writeBeside(
  folder: string,
  target: string,
  set: NewSet,
  { neighbours = [], readManifest }: Omit<PublishDeps, 'clock'>,
): Promise<string> {
  makeFolders(target)
  const base = await openBase(folder, target, neighbours, readManifest)
  if (base !== undefined) {
    const maxBytes = (base.bases.at(-1)?.bytes ?? 0) * MAX_SHARE
    const written = base.longBytes > maxBytes ? undefined : await writeSet(target, set, base)
    if (written !== undefined && written.bytes <= maxBytes) return written.key
    await remove(target)
    makeFolders(target)
  }
  return (await writeSet(target, set)).key
}

/** A set is stored as a delta if its pack is at most this share of a pack that is stored without a base. */
const MAX_SHARE = 0.25

async function writeSet(target: string, set: NewSet, base?: BaseSet): Promise<{ key: string; bytes: number }> {
  const bodies = new Map<string, Content>([...set.files, ...(set.binaries ?? [])])
  const names = [...bodies.keys()].sort()
  for (const name of names) {
    if (!NAME.test(name)) throw new Error(`Invalid name of a file in a set: ${name}`)
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
  const sources = set.sources && (await packSources(set.sources))
  const manifest: Manifest = {
    version: base === undefined ? 2 : 3,
    key,
    ...set.manifest,
    ...(base !== undefined && { bases: base.bases }),
    files,
    pages: pages.map((page, index) => ({ ...page, ...storedOf(rendered[index]) })),
    ...(sources && { sources_table: sha256Of(sources.table) }),
  }
  if (sources !== undefined) {
    await writeNewFile(path.join(target, PACK_FILE), sources.pack)
    await writeNewFile(path.join(target, TABLE_FILE), sources.table)
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

/** The position of a page; pages have no other hash in the manifest. */
const storedOf = (part: Packed | undefined) => (part === undefined ? {} : { stored: hashedPart(part) })

/** A hash of the manifest and of all uncompressed bytes of the set, independent of how it is stored. */
function keyOf(set: NewSet, files: readonly ({ name: string } & Packed)[], rendered: readonly Packed[]): string {
  const hash = createHash('sha256')
  // The length of each part is also hashed, so that bytes moved from one part to the next change the hash.
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

/** Whether a published set is intact, by the hashes of all its parts. A set of an older version without hashes is replaced. */
async function isWhole(final: string): Promise<boolean> {
  return (await isPlainFolder(final)) && (await findDamage(final, { isStrict: true })) === undefined
}
