/**
 * The set beside which another one is stored. Its packs are linked into the folder of the new set before anything is read of
 * them: they are the same bytes on the disk, and stay for as long as one of the folders does, whichever is removed first.
 */

import { link, lstat, rm } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import { commitOf, type Packs, readAnyPart } from './delta-part.ts'
import { MAX_BASES, type Manifest, type Stored } from './model.ts'
import { basePack, SET_PACK } from './packs.ts'

/** A part of the base as the new set refers to it. */
export interface BasePart {
  stored: Stored
  commit: string
  /** How many deltas are applied to read it. */
  depth: number
  read(): Promise<Buffer | undefined>
}

/** The part, and what it rests on in the end; the same where it is stored whole. */
export interface BaseParts {
  nearest: BasePart
  root: BasePart
}

export interface BaseSet {
  bases: NonNullable<Manifest['bases']>
  fileOf(name: string): BaseParts | undefined
  /** @param page - `overview.md`. */
  htmlOf(page: string): BaseParts | undefined
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
    if (manifest === undefined || manifest.version === 1) continue
    const packs = await linkPacks(path.join(folder, key), target, manifest)
    if (packs !== undefined) return toBase(target, packs, manifest)
  }
  return undefined
}

/** The packs of bases that a part needs. */
export const packsOf = ({ pack, delta }: Stored): string[] => [
  ...(pack === undefined ? [] : [pack]),
  ...(delta === undefined ? [] : packsOf(delta.base)),
]

/** Remove packs that nothing of the new set refers to. */
export async function dropUnused(target: string, bases: Manifest['bases'], parts: readonly Stored[]): Promise<void> {
  const used = new Set(parts.flatMap(packsOf))
  for (const index of bases?.keys() ?? []) {
    if (!used.has(basePack(index))) await rm(path.join(target, basePack(index)), { force: true })
  }
}

/** Packs as the new set names them, and what the base calls each. */
interface LinkedPacks {
  bases: BaseSet['bases']
  /** `undefined` for the pack of the base itself. */
  names: (string | undefined)[]
}

/**
 * Link the packs that the base needs.
 *
 * @returns `undefined` when the set is gone, or links are not possible here.
 */
async function linkPacks(from: string, target: string, manifest: Manifest): Promise<LinkedPacks | undefined> {
  const used = new Set([...manifest.files, ...manifest.pages].flatMap(({ stored }) => (stored ? packsOf(stored) : [])))
  const older = (manifest.bases ?? []).map(({ commit }, index) => ({ name: basePack(index), commit }))
  const packs = [{ name: undefined, commit: manifest.commit }, ...older.filter(({ name }) => used.has(name))]
  const linked: LinkedPacks = { bases: [], names: packs.map(({ name }) => name) }
  if (packs.length > MAX_BASES) return undefined
  try {
    for (const [index, { name = SET_PACK, commit }] of packs.entries()) {
      linked.bases.push({ commit, bytes: await linkPack(path.join(from, name), path.join(target, basePack(index))) })
    }
    return linked
  } catch (error) {
    if (!isErrno(error, 'ENOENT', 'EXDEV', 'EPERM', 'EACCES', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error
    for (const index of packs.keys()) await rm(path.join(target, basePack(index)), { force: true })
    return undefined
  }
}

/** @returns Its length. */
async function linkPack(from: string, to: string): Promise<number> {
  await link(from, to)
  const found = await lstat(to)
  if (!found.isFile()) throw Object.assign(new Error('The pack of a set is not a file.'), { code: 'ENOENT' })
  return found.size
}

function toBase(target: string, { bases, names }: LinkedPacks, { files, pages }: Manifest): BaseSet {
  const packs: Packs = { folder: target, commit: '', bases }
  const stored = new Map(files.map(({ name, stored }) => [name, stored]))
  const html = new Map(pages.map(({ file, stored }) => [file, stored]))
  const partOf = (stored: Stored): BasePart => ({
    ...{ stored, commit: commitOf(packs, stored), depth: depthOf(stored) },
    read: () => readAnyPart(packs, stored),
  })
  const partsOf = (found: Stored | undefined): BaseParts | undefined => {
    if (found === undefined) return undefined
    const nearest = partOf(renamed(found, names))
    return { nearest, root: nearest.depth === 0 ? nearest : partOf(rootOf(nearest.stored)) }
  }
  return { bases, fileOf: (name) => partsOf(stored.get(name)), htmlOf: (page) => partsOf(html.get(page)) }
}

/** The place of a part by the names that packs have in the new set. */
const renamed = ({ pack, delta, ...rest }: Stored, names: LinkedPacks['names']): Stored => ({
  ...rest,
  pack: basePack(names.indexOf(pack)),
  ...(delta && { delta: { ...delta, base: renamed(delta.base, names) } }),
})

const depthOf = ({ delta }: Stored): number => (delta === undefined ? 0 : 1 + depthOf(delta.base))
const rootOf = (stored: Stored): Stored => (stored.delta === undefined ? stored : rootOf(stored.delta.base))
