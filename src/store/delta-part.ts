/**
 * Reads a part of a set that is stored as a delta. A chain of deltas ends at a part that is stored whole. The whole chain is read
 * at once, and the result is checked against its hash.
 */

import path from 'node:path'
import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import { DamagedBytes } from '#base/bytes.ts'
import { sha256Of } from '#base/sha256.ts'
import { inSlices } from '#base/slices.ts'
import { applyDelta } from './delta.ts'
import type { Manifest, Stored } from './model.ts'
import { basePack, SET_PACK } from './packs.ts'
import { readPart, readStored } from './stored-part.ts'

const decompress = promisify(brotliDecompress)

/** Longer chains are not read, because none are written. */
const MAX_CHAIN = 16

/** The folder of a set with its packs, and the commits of these packs. */
export interface Packs {
  folder: string
  commit: string
  bases: Manifest['bases']
}

export const packFile = ({ folder }: Pick<Packs, 'folder'>, { pack = SET_PACK }: Stored): string =>
  path.join(folder, pack)

/** The bytes of a part, whole or delta; `undefined` if it is missing or damaged. */
export async function readAnyPart(packs: Packs, stored: Stored): Promise<Buffer | undefined> {
  if (stored.delta === undefined) return readPart(packFile(packs, stored), stored)
  const chain: Stored[] = []
  for (let link: Stored | undefined = stored; link !== undefined; link = link.delta?.base) {
    if (chain.push(link) > MAX_CHAIN) return undefined
  }
  const read = chain.map((link) =>
    link.delta === undefined ? readPart(packFile(packs, link), link) : readStored(packFile(packs, link), link),
  )
  const bodies = await Promise.all(read)
  let text = bodies.pop()
  let before = chain.pop()
  try {
    while (text !== undefined && before !== undefined) {
      const [link, body] = [chain.pop(), bodies.pop()]
      if (link?.delta === undefined || body === undefined) break
      const delta = await decompress(body, { maxOutputLength: Math.max(1, link.delta.bytes) })
      text = await inSlices(applyDelta(asIfOf(text, commitOf(packs, before), commitOf(packs, link)), delta))
      before = link
    }
  } catch (error) {
    if (error instanceof DamagedBytes || (error instanceof Error && 'code' in error)) return undefined
    throw error
  }
  if (text === undefined || before !== stored) return undefined
  return sha256Of(text) === stored.delta.sha256 ? text : undefined
}

/** The commit of the set whose pack contains this part; '' if unknown. */
export function commitOf({ commit, bases }: Packs, { pack }: Stored): string {
  if (pack === undefined) return commit
  return bases?.find((_, index) => basePack(index) === pack)?.commit ?? ''
}

/** The text with one commit id replaced by another. In an unchanged page, links differ in nothing else. */
export function asIfOf(text: Buffer, from: string, to: string): Buffer {
  if (from === to || from.length !== to.length || from === '') return text
  let at = text.indexOf(from)
  if (at < 0) return text
  const changed = Buffer.from(text)
  for (; at >= 0; at = text.indexOf(from, at + from.length)) changed.write(to, at, 'latin1')
  return changed
}
