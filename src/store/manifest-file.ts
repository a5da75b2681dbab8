/**
 * Reads the manifest in the folder of a set: `manifest.json`, or `manifest.json.br` if the set is stored as a delta. Manifests are
 * parsed in slices: old versions wrote some of many megabytes. Of those, one is read at a time.
 */

import { lstat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import { z } from 'zod'
import { checkEach } from '#base/check-each.ts'
import { parseJson } from '#base/parse-json.ts'
import { inSlices, type Steps } from '#base/slices.ts'
import { Manifest, SetFile, SetPage, type TreeNode } from './model.ts'
import { readPlainFile } from './plain-file.ts'

export const MANIFEST = 'manifest.json'
export const PACKED_MANIFEST = 'manifest.json.br'

/** Limit on the decompressed size of a manifest. */
const MAX_BYTES = 268_435_456
/** Manifests larger than this on disk are read one at a time. */
const LARGE_BYTES = 1_048_576
const LARGE_PACKED_BYTES = 65_536
/** Limit on the headings of all pages. Old versions listed up to 30 of each page, however many pages there were. */
const MAX_HEADINGS = 50_000

const inflate = promisify(brotliDecompress)

export interface ReadManifest {
  manifest: Manifest
  /** The length of the JSON. */
  bytes: number
}

/** @returns `undefined` if there is no manifest that this version can read. */
export async function readManifestIn(folder: string): Promise<ReadManifest | undefined> {
  const read = await inspectManifestIn(folder)
  return typeof read === 'object' ? read : undefined
}

/** @returns `newer` if a version of docspool that this one does not know wrote the manifest. */
export async function inspectManifestIn(folder: string): Promise<ReadManifest | 'missing' | 'damaged' | 'newer'> {
  const sizes = await Promise.all([MANIFEST, PACKED_MANIFEST].map((name) => sizeOf(path.join(folder, name))))
  const isLarge = (sizes[0] ?? 0) > LARGE_BYTES || (sizes[1] ?? 0) > LARGE_PACKED_BYTES
  return isLarge ? await inLine(() => readIn(folder)) : await readIn(folder)
}

const sizeOf = async (file: string): Promise<number | undefined> => (await lstat(file).catch(() => undefined))?.size

const ignore = (): void => undefined
let last: Promise<void> = Promise.resolve()

function inLine<T>(step: () => Promise<T>): Promise<T> {
  const next = last.then(step)
  last = next.then(ignore, ignore)
  return next
}

async function readIn(folder: string): Promise<ReadManifest | 'missing' | 'damaged' | 'newer'> {
  const plain = await readPlainFile(path.join(folder, MANIFEST))
  const packed = plain ?? (await readPlainFile(path.join(folder, PACKED_MANIFEST)))
  if (packed === undefined) return 'missing'
  const text =
    plain ?? (await inflate(packed, { maxOutputLength: MAX_BYTES }).catch((): undefined => undefined)) ?? Buffer.of()
  const manifest = await inSlices(readManifest(text))
  return typeof manifest === 'object' ? { manifest, bytes: text.length } : manifest
}

const Some = z.array(z.unknown())
/** Lists that grow with the repository are checked element by element. */
const Outline = Manifest.extend({ files: Some, pages: Some, tree: Some })
const Node = z.object({ title: z.string(), file: z.string(), children: Some, aside: z.literal(true).optional() })

const Newer = z.object({ version: z.number().min(4) })

function* readManifest(text: Uint8Array): Steps<Manifest | 'damaged' | 'newer'> {
  let json: unknown
  try {
    json = yield* parseJson(text)
    const { files, pages, tree, ...outline } = Outline.parse(json)
    return {
      ...outline,
      files: yield* checkEach(files, SetFile),
      pages: yield* withFewerHeadings(yield* checkEach(pages, SetPage)),
      tree: yield* checkedTree(tree),
    }
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error
    return Newer.safeParse(json).success ? 'newer' : 'damaged'
  }
}

function* checkedTree(values: readonly unknown[]): Steps<TreeNode[]> {
  const nodes: TreeNode[] = []
  for (const { children, ...node } of yield* checkEach(values, Node)) {
    nodes.push({ ...node, children: yield* checkedTree(children) })
  }
  return nodes
}

function* withFewerHeadings(pages: SetPage[]): Steps<SetPage[]> {
  const listed = pages.reduce((sum, { headings }) => sum + headings.length, 0)
  if (listed <= MAX_HEADINGS) return pages
  const max = Math.floor(MAX_HEADINGS / pages.length)
  for (const page of pages) {
    page.headings = page.headings.slice(0, max)
    yield
  }
  return pages
}
