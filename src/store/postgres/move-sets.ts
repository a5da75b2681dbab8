/** Copies document sets between a folder and a database, for `docspool move`. A set is copied completely or not at all. */

import { link, open, readdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { syncFolder, temporaryName } from '#base/files.ts'
import type { Log } from '#base/log.ts'
import { sha256Of } from '#base/sha256.ts'
import type { Manifest } from '#store/model.ts'
import { SetDamaged } from '#store/set-damaged.ts'
import { createSetStore, type SetStore } from '#store/sets.ts'
import { readUse, writeUse } from '#store/use.ts'
import { createCachedSets } from './cached-sets.ts'
import { listSpans, ownBytes, readPieces } from './set-pieces.ts'
import { SetGone, type SharedPart, type SharedSets } from './shared-sets.ts'

interface SetItem {
  /** The key of the set. */
  id: string
  /** The pieces of the set, one line each; equal on both sides. */
  text: string
}

/** The target of a move: `docs/` of a spool, or the sets of a database. */
export interface SetsSide {
  /** Copy all sets of the source to the target. Yields each set of the source when it is copied. */
  copy(): AsyncIterable<SetItem>
  /** The sets that the target contains, for comparison. */
  list(): AsyncIterable<SetItem>
}

/** One line for a piece. A set in the database and its files are cut alike, see `listSpans`, so the lines are equal on both sides. */
const lineOf = ({ file, length, hash }: Omit<SharedPart, 'n'>): string => `${file} ${length} ${hash.toString('hex')}`

/** @param folder - The folder `docs/` of a spool that is not in use. */
export function setsToDatabase(folder: string, shared: SharedSets): SetsSide {
  const local = createSetStore(folder)
  return {
    async *copy() {
      for (const key of await local.list()) {
        const { repo_url: repoUrl } = await checkSet(local, key)
        const source = path.join(folder, key)
        const spans = await listSpans(source, await shared.listParts(key))
        let lines: string[] = []
        async function* pieces() {
          lines = []
          for await (const piece of readPieces(source, spans)) {
            lines.push(lineOf(piece))
            yield piece
          }
        }
        await shared.publish({ key, repoUrl, bytes: ownBytes(spans), pieces })
        // The set was already in the database, so its pieces were not read.
        if (lines.length === 0) for await (const _ of pieces());
        await shared.restoreUse(key, (await readUse(source)) ?? 0)
        yield { id: key, text: lines.join('\n') }
      }
    },
    async *list() {
      for (const key of await shared.list()) {
        if (await shared.isDamaged(key)) throw new SetDamaged(`The set ${key} in the database is damaged.`)
        yield { id: key, text: (await shared.listParts(key)).map(lineOf).join('\n') }
      }
    },
  }
}

/** Read all of a set. @throws {SetDamaged} The files of the set do not match its manifest. */
async function checkSet(local: SetStore, key: string): Promise<Manifest> {
  const damaged = (what: string, cause?: unknown) => new SetDamaged(`${what} of the set ${key} is damaged.`, { cause })
  const read = <T>(what: string, step: Promise<T | undefined>): Promise<T> =>
    step.then(
      (value) => {
        if (value === undefined) throw damaged(what)
        return value
      },
      (error) => {
        throw damaged(what, error)
      },
    )
  const manifest = await read('The manifest', local.readManifest(key))
  for (const { name, sha256 } of manifest.files) {
    const body = await read(`The file ${name}`, local.readFile(key, name))
    if (sha256Of(body) !== sha256) throw damaged(`The file ${name}`)
  }
  for (const { file } of manifest.pages) await read(`The page ${file}`, local.readHtml(key, file))
  for (const { name, path: source } of await local.listSources(key)) {
    await read(`The source ${source}`, local.readSource(key, name))
  }
  return manifest
}

/** @param folder - The folder `docs/` of the spool. */
export function setsToFolder(shared: SharedSets, folder: string, log: Log): SetsSide {
  const local = createSetStore(folder)
  const cached = createCachedSets(folder, { shared, maxBytes: Number.POSITIVE_INFINITY, log })
  return {
    async *copy() {
      /** The path of each pack, keyed by a digest of its content. */
      const packs = new Map<string, string>()
      for (const key of await shared.list()) {
        const usedMs = (await shared.lastUse(key)) ?? 0
        const parts = await shared.listParts(key)
        if (!(await cached.hold(key))) throw new SetGone(`The set ${key} is no longer in the database.`)
        const target = path.join(folder, key)
        await linkPacks(target, parts, packs)
        await syncSet(target)
        await writeUse(target, usedMs)
        yield { id: key, text: parts.map(lineOf).join('\n') }
      }
    },
    async *list() {
      await syncFolder(folder)
      for (const key of await local.list()) {
        const lines: string[] = []
        const source = path.join(folder, key)
        const spans = await listSpans(source, await shared.listParts(key))
        for await (const piece of readPieces(source, spans)) lines.push(lineOf(piece))
        yield { id: key, text: lines.join('\n') }
      }
    },
  }
}

/** Replace packs that sets have in common by hard links to one file, as when the sets were published. */
async function linkPacks(folder: string, parts: readonly SharedPart[], packs: Map<string, string>): Promise<void> {
  for (const file of new Set(parts.map((part) => part.file))) {
    if (!file.endsWith('.pack')) continue
    const content = parts.filter((part) => part.file === file).map(({ hash }) => hash.toString('hex'))
    const id = sha256Of(content.join())
    const known = packs.get(id)
    const name = path.join(folder, file)
    if (known === undefined) {
      packs.set(id, name)
      continue
    }
    const temporary = path.join(path.dirname(folder), temporaryName())
    await link(known, temporary)
    await rename(temporary, name)
  }
}

async function syncSet(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const handle = await open(path.join(folder, name))
    await handle.sync().finally(() => handle.close())
  }
  await syncFolder(folder)
}
