/**
 * The set beside which another one is stored. Its packs are linked into the folder of the new set before anything is read of
 * them: they are the same bytes on the disk, and stay for as long as one of the folders does, whichever is removed first.
 */

import { link, lstat, rm } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import { basePack, commitOf, type Packs, readAnyPart } from './delta-part.ts'
import { MAX_BASES, type Manifest, type Stored } from './model.ts'
import { SET_PACK } from './set-pack.ts'

/** A part of the base as the new set refers to it. */
export interface BasePart {
  stored: Stored
  commit: string
  read(): Promise<Buffer | undefined>
}

export interface BaseSet {
  bases: NonNullable<Manifest['bases']>
  fileOf(name: string): BasePart | undefined
  /** @param page - `overview.md`. */
  htmlOf(page: string): BasePart | undefined
}

/** Sets that may be looked at. */
const MAX_ASKED = 8

/**
 * @param folder - Of all sets.
 * @param target - Of the new set.
 * @param neighbours - Keys of sets, the most similar first.
 * @returns `undefined` when none of them can be a base.
 */
export async function openBase(
  folder: string,
  target: string,
  neighbours: readonly string[],
  readManifest: (key: string) => Promise<Manifest | undefined>,
): Promise<BaseSet | undefined> {
  for (const key of neighbours.slice(0, MAX_ASKED)) {
    const manifest = await readManifest(key)
    if (manifest === undefined || manifest.version === 1 || (manifest.bases?.length ?? 0) >= MAX_BASES) continue
    const bases = await linkPacks(path.join(folder, key), target, manifest)
    if (bases !== undefined) return toBase(target, bases, manifest)
  }
  return undefined
}

/** Remove packs that nothing of the new set refers to. */
export async function dropUnused(target: string, bases: Manifest['bases'], used: ReadonlySet<string>): Promise<void> {
  for (const index of bases?.keys() ?? []) {
    if (!used.has(basePack(index))) await rm(path.join(target, basePack(index)))
  }
}

/** @returns `undefined` when the set is gone, or links are not possible here. */
async function linkPacks(from: string, target: string, manifest: Manifest): Promise<BaseSet['bases'] | undefined> {
  const names = [SET_PACK, ...(manifest.bases ?? []).map((_, index) => basePack(index))]
  const commits = [manifest.commit, ...(manifest.bases ?? []).map(({ commit }) => commit)]
  const bases: BaseSet['bases'] = []
  try {
    for (const [index, name] of names.entries()) {
      const linked = path.join(target, basePack(index))
      await link(path.join(from, name), linked)
      const found = await lstat(linked)
      if (!found.isFile()) throw Object.assign(new Error('Not a file'), { code: 'ENOENT' })
      bases.push({ commit: commits[index] ?? '', bytes: found.size })
    }
    return bases
  } catch (error) {
    if (!isErrno(error, 'ENOENT', 'EXDEV', 'EPERM', 'EACCES', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error
    for (const [index] of names.entries()) await rm(path.join(target, basePack(index)), { force: true })
    return undefined
  }
}

function toBase(target: string, bases: BaseSet['bases'], { files, pages }: Manifest): BaseSet {
  const packs: Packs = { folder: target, commit: '', bases }
  const stored = new Map(files.map(({ name, stored }) => [name, stored]))
  const html = new Map(pages.map(({ file, stored }) => [file, stored]))
  const partOf = (found: Stored | undefined): BasePart | undefined => {
    if (found === undefined) return undefined
    const moved = inBase(found)
    return { stored: moved, commit: commitOf(packs, moved), read: () => readAnyPart(packs, moved) }
  }
  return { bases, fileOf: (name) => partOf(stored.get(name)), htmlOf: (page) => partOf(html.get(page)) }
}

/** The place of a part as seen from a set that has the part's set as its nearest base. */
function inBase({ pack, delta, ...rest }: Stored): Stored {
  const index = pack === undefined ? 0 : Number(/\d+/.exec(pack)?.[0] ?? 0)
  return { ...rest, pack: basePack(index), ...(delta && { delta: { ...delta, base: inBase(delta.base) } }) }
}
