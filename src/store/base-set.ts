/**
 * Opens a base set: an existing set that the parts of a new set are stored as deltas to. The packs of the base are hard-linked
 * into the folder of the new set before they are read. So they use disk space once, and exist until the last folder that links
 * them is removed.
 */

import { link, lstat, rm } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import { MAX_DELTA_BYTES } from './copies.ts'
import { commitOf, type Packs, readAnyPart } from './delta-part.ts'
import { hashedPart, MAX_BASES, type Manifest, type Stored } from './model.ts'
import { basePack, SET_PACK } from './packs.ts'

/** A part of the base as the new set refers to it. */
export interface BasePart {
  stored: Stored
  commit: string
  /** How many deltas are applied to read it. */
  depth: number
  read(): Promise<Buffer | undefined>
}

/** A part of the base, and the part at the end of its chain of deltas. If `nearest` is stored whole, both are the same. */
export interface BaseParts {
  nearest: BasePart
  root: BasePart
}

export interface BaseSet {
  bases: NonNullable<Manifest['bases']>
  /** The stored size of the files that are too long for deltas, which are probably stored whole in the new set, too. */
  longBytes: number
  fileOf(name: string): BaseParts | undefined
  /** @param page - The Markdown file of a page, such as `overview.md`. */
  htmlOf(page: string): BaseParts | undefined
}

const MAX_NEIGHBOURS_TRIED = 8

/**
 * @param folder - The folder of all sets.
 * @param target - The folder of the new set.
 * @param neighbours - Keys of sets, the most similar first.
 * @returns The first neighbour that can be a base; `undefined` if there is none.
 */
export async function openBase(
  folder: string,
  target: string,
  neighbours: readonly string[],
  readManifest: (key: string) => Promise<Manifest | undefined>,
): Promise<BaseSet | undefined> {
  for (const key of neighbours.slice(0, MAX_NEIGHBOURS_TRIED)) {
    const manifest = await readManifest(key)
    if (manifest === undefined || manifest.version === 1) continue
    const packs = await linkPacks(path.join(folder, key), target, manifest)
    if (packs !== undefined) return toBase(target, packs, manifest)
  }
  return undefined
}

/** Names of the base packs that a part needs. */
export const packsOf = ({ pack, delta }: Stored): string[] => [
  ...(pack === undefined ? [] : [pack]),
  ...(delta === undefined ? [] : packsOf(delta.base)),
]

/** Remove base packs that no part of the new set refers to. */
export async function dropUnused(target: string, bases: Manifest['bases'], parts: readonly Stored[]): Promise<void> {
  const used = new Set(parts.flatMap(packsOf))
  for (const index of bases?.keys() ?? []) {
    if (!used.has(basePack(index))) await rm(path.join(target, basePack(index)), { force: true })
  }
}

interface LinkedPacks {
  /** The linked packs, in the order of their names in the new set: `base-1.pack` and so on. */
  bases: BaseSet['bases']
  /** The name of each pack in the base; `undefined` for the base's own pack. */
  names: (string | undefined)[]
}

/**
 * Link the packs that the base needs.
 *
 * @returns `undefined` when the base no longer exists, has too many packs, or cannot be linked on this file system.
 */
async function linkPacks(from: string, target: string, manifest: Manifest): Promise<LinkedPacks | undefined> {
  const used = new Set([...manifest.files, ...manifest.pages].flatMap(({ stored }) => (stored ? packsOf(stored) : [])))
  const older = (manifest.bases ?? []).map(({ commit }, index) => ({ name: basePack(index), commit }))
  const packs = [{ name: undefined, commit: manifest.commit }, ...older.filter(({ name }) => used.has(name))]
  const linked: LinkedPacks = { bases: [], names: packs.map(({ name }) => name) }
  if (packs.length > MAX_BASES) return undefined
  try {
    for (const [index, { name = SET_PACK, commit }] of packs.entries()) {
      const bytes = await linkPack(path.join(from, name), path.join(target, basePack(index)))
      if (bytes === undefined) break
      linked.bases.push({ commit, bytes })
    }
    if (linked.bases.length === packs.length) return linked
  } catch (error) {
    if (!isErrno(error, 'ENOENT', 'EXDEV', 'EPERM', 'EACCES', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error
  }
  for (const index of packs.keys()) await rm(path.join(target, basePack(index)), { force: true })
  return undefined
}

/** @returns The length of the pack in bytes; `undefined` when it is not a file. */
async function linkPack(from: string, to: string): Promise<number | undefined> {
  await link(from, to)
  const found = await lstat(to)
  return found.isFile() ? found.size : undefined
}

function toBase(target: string, { bases, names }: LinkedPacks, { files, pages }: Manifest): BaseSet {
  const packs: Packs = { folder: target, commit: '', bases }
  const stored = new Map(files.map((file) => [file.name, hashedPart(file)]))
  const html = new Map(pages.map(({ file, stored }) => [file, stored]))
  const partOf = (stored: Stored): BasePart => ({
    stored,
    commit: commitOf(packs, stored),
    depth: depthOf(stored),
    read: () => readAnyPart(packs, stored),
  })
  const partsOf = (found: Stored | undefined): BaseParts | undefined => {
    if (found === undefined) return undefined
    const nearest = partOf(renamed(found, names))
    return { nearest, root: nearest.depth === 0 ? nearest : partOf(rootOf(nearest.stored)) }
  }
  const longBytes = files.reduce(
    (sum, { bytes, stored }) => sum + (bytes > MAX_DELTA_BYTES ? (stored?.length ?? 0) : 0),
    0,
  )
  return { bases, longBytes, fileOf: (name) => partsOf(stored.get(name)), htmlOf: (page) => partsOf(html.get(page)) }
}

/** The position of a part, with the names of packs in the base replaced by those in the new set. */
const renamed = ({ pack, delta, ...rest }: Stored, names: LinkedPacks['names']): Stored => ({
  ...rest,
  pack: basePack(names.indexOf(pack)),
  ...(delta && { delta: { ...delta, base: renamed(delta.base, names) } }),
})

const depthOf = ({ delta }: Stored): number => (delta === undefined ? 0 : 1 + depthOf(delta.base))
const rootOf = (stored: Stored): Stored => (stored.delta === undefined ? stored : rootOf(stored.delta.base))
