/**
 * Writes a set: all of it under a temporary name, made durable, then renamed into place. What is written is hashed on the
 * way, so a set is made and read once, and nothing of it is held whole.
 */

import { createHash } from 'node:crypto'
import { lstat, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import { remove } from 'fs-extra/esm'
import { isErrno } from '#base/errors.ts'
import { failpoint } from '#base/failpoint.ts'
import { makeFolders, syncFolder, temporaryName, writeNewFile } from '#base/files.ts'
import type { PackedText } from '#base/packed-text.ts'
import type { PiecedText } from '#base/pieced-text.ts'
import { Manifest, type Source } from './model.ts'
import { type Content, type Packed, SET_PACK, SetPack } from './set-pack.ts'
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
 * @returns Its key.
 */
export async function publishSet(folder: string, set: NewSet, clock: () => number): Promise<string> {
  makeFolders(folder)
  const temporary = path.join(folder, temporaryName())
  let key: string
  try {
    key = await writeSet(temporary, set)
    failpoint('publish:written')
    const final = path.join(folder, key)
    // Renewed first: a set that is being deleted for its age is put back, or found gone here.
    const isThere = (await writeUse(final, clock())) && (await isWhole(final, key, set))
    await (isThere ? remove(temporary) : moveIntoPlace(temporary, final, key, set))
    failpoint('publish:renamed')
  } catch (error) {
    await remove(temporary)
    throw error
  }
  await syncFolder(folder)
  failpoint('publish:synced')
  return key
}

/** @returns The key. */
async function writeSet(target: string, set: NewSet): Promise<string> {
  makeFolders(target)
  const bodies = new Map<string, Content>([...set.files, ...(set.binaries ?? [])])
  const names = [...bodies.keys()].sort()
  for (const name of names) {
    if (!NAME.test(name)) throw new Error(`Not a name for a file of a set: ${name}`)
  }
  const { pages } = set.manifest
  const pack = await SetPack.create(path.join(target, SET_PACK))
  let parts: Packed[]
  try {
    parts = await pack.add([
      ...names.map((name) => bodies.get(name) ?? ''),
      ...pages.map(({ html }) => set.html.get(html) ?? ''),
    ])
  } finally {
    await pack.close()
  }
  const files = names.map((name, index) => ({ name, ...(parts[index] as Packed) }))
  const rendered = parts.slice(names.length)
  const key = keyOf(set, files, rendered)
  const manifest: Manifest = {
    version: 2,
    key,
    ...set.manifest,
    files,
    pages: pages.map((page, index) => ({ ...page, ...storedOf(rendered[index]) })),
  }
  if (set.sources !== undefined) {
    const { pack, table } = await packSources(set.sources)
    await writeNewFile(path.join(target, PACK_FILE), pack)
    await writeNewFile(path.join(target, TABLE_FILE), table)
  }
  await writeNewFile(path.join(target, 'manifest.json'), `${JSON.stringify(manifest)}\n`)
  await syncFolder(target)
  return key
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

/** A damaged set of the same key gives way; a whole one that appeared meanwhile is the same set and stays. */
async function moveIntoPlace(temporary: string, final: string, key: string, set: NewSet): Promise<void> {
  for (;;) {
    try {
      return await rename(temporary, final)
    } catch (error) {
      if (!isErrno(error, 'ENOTEMPTY', 'EEXIST')) throw error
    }
    if (await isWhole(final, key, set)) return remove(temporary)
    const aside = path.join(path.dirname(final), temporaryName())
    try {
      await rename(final, aside)
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error
    }
    await remove(aside)
  }
}

/** Whether a published set has its manifest, a pack as long as that says, and the files of the repository that it keeps. */
async function isWhole(final: string, key: string, { sources }: NewSet): Promise<boolean> {
  const text = await readFile(path.join(final, 'manifest.json'), 'utf8').catch(() => '{}')
  const manifest = Manifest.safeParse(parse(text)).data
  if (manifest?.key !== key) return false
  const ends = [...manifest.files, ...manifest.pages].map(({ stored }) => (stored?.at ?? 0) + (stored?.length ?? 0))
  const wanted = ends.reduce((most, end) => Math.max(most, end), 0)
  if ((await sizeOf(path.join(final, SET_PACK))) !== wanted) return false
  if (sources === undefined) return true
  const sizes = await Promise.all([PACK_FILE, TABLE_FILE].map((name) => sizeOf(path.join(final, name))))
  return !sizes.includes(undefined)
}

const sizeOf = async (file: string): Promise<number | undefined> => {
  const found = await lstat(file).catch(() => undefined)
  return found?.isFile() === true ? found.size : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
