/**
 * Reads the files of one commit, classifies each, and leaves out what exceeds the limits. The same tree and limits yield
 * the same inventory, in whatever order the blobs arrive.
 */

import { AppError } from '#base/errors.ts'
import { append } from '#base/long-arrays.ts'
import { createYield } from '#base/yield-to-event-loop.ts'
import { Incidents, LimitExceeded } from '#generate/incidents.ts'
import { type CommitTree, compareText, type Inventory, type SourceFile, type TreeEntry } from '#generate/model.ts'
import { folderOf } from '#generate/paths.ts'
import { type AttributeRule, createAttributes, parseAttributes } from './attributes.ts'
import { buildOutputs } from './build-output.ts'
import { decodeText } from './decode.ts'
import { describeFile, plainFile } from './describe-file.ts'
import { foldersOf } from './folders.ts'
import { isGeneratedPath } from './generated.ts'
import { PatternWork } from './glob.ts'
import { detectLanguage, typeOfLanguage } from './languages.ts'
import { roleOf } from './roles.ts'
import { type Selection, selectorOf } from './selection.ts'
import { isTestDouble, testSupportIn } from './test-support.ts'
import { createVendoredTest } from './vendored.ts'

export interface InventoryLimits {
  /** Number of files to read; the rest is skipped. */
  maxFiles: number
  /** Size of the largest file to keep the text of. */
  maxFileBytes: number
  /** Bytes of all files read. */
  maxTotalBytes: number
  /** Limit on the work of matching paths with the patterns of a repository. */
  maxPatternWork?: number
}

export interface InventoryContext {
  signal: AbortSignal
  /** Collects errors and timeouts of individual files. */
  incidents?: Incidents | undefined
  /** Files read so far, of all that will be read. */
  onProgress(done: number, total: number): void
}

type Skip = Inventory['skipped'][number]

const ABOUT = { stage: 'inventory', fileOf: ({ path }: { path: string }): string => path }
/** Number of blobs requested at once. */
const BATCH = 32
const MAX_SKIPPED_LISTED = 1_000

/**
 * Read the files of a commit.
 *
 * A file over `maxFileBytes` stays in the list without its text, if its size is known. Under `maxFiles` and
 * `maxTotalBytes` source code comes before data and images, and those before vendored files; within each group by path.
 *
 * @param selection - Files that it leaves out count as skipped; files that `exclude` matches are not even read.
 * @throws {Aborted} The signal was aborted.
 */
export async function takeInventory(
  tree: CommitTree,
  limits: InventoryLimits,
  context: InventoryContext,
  selection: Selection = { include: [], exclude: [] },
): Promise<Inventory> {
  const { incidents = new Incidents() } = context
  const work = new PatternWork(limits.maxPatternWork)
  const selector = selectorOf(selection, work)
  const skipped: Skip[] = []
  const plain: TreeEntry[] = []
  const ranks = new Map<TreeEntry, number>()
  const isVendored = createVendoredTest(tree.entries.map(({ path }) => path))
  const pause = createYield(context.signal)
  const visit = (entry: TreeEntry): void => {
    if (entry.kind !== 'file') skipped.push({ path: entry.path, reason: entry.kind })
    else if (selector.isExcluded(entry.path)) skipped.push({ path: entry.path, reason: 'excluded' })
    else {
      // Kept if the file's own rank cannot be determined.
      ranks.set(entry, 2)
      ranks.set(entry, rankOf(entry.path, isVendored))
    }
  }
  await incidents.eachWithPauses(tree.entries, ABOUT, visit, pause)
  append(plain, ranks.keys())
  const attributesOf = createAttributes(await readAttributes(tree, plain, incidents), work)
  const rank = (entry: TreeEntry): number => ranks.get(entry) ?? 0
  plain.sort((a, b) => rank(a) - rank(b) || compareText(a.path, b.path))
  const chosen = plain.slice(0, Math.max(0, limits.maxFiles))
  for (const entry of plain.slice(chosen.length)) skipped.push({ path: entry.path, reason: 'over the file limit' })

  const read: SourceFile[] = []
  const large = new Set<string>()
  const documents = new Set<string>()
  const written = new Set<string>()
  let totalBytes = 0
  for (let start = 0; start < chosen.length; start += BATCH) {
    await pause()
    const batch = chosen.slice(start, start + BATCH)
    const blobs = await Promise.all(
      totalBytes > limits.maxTotalBytes ? [] : batch.map((entry) => readBlob(tree, entry)),
    )
    const found: { path: string; entry: TreeEntry; blob: Uint8Array; isLarge: boolean }[] = []
    for (const [index, entry] of batch.entries()) {
      const { path } = entry
      const blob = blobs[index] ?? 'over the file limit'
      if (typeof blob === 'string') {
        skipped.push({ path, reason: blob })
        continue
      }
      totalBytes += blob.byteLength
      if (totalBytes > limits.maxTotalBytes) {
        skipped.push({ path, reason: 'over the file limit' })
        continue
      }
      const isLarge = blob.byteLength > limits.maxFileBytes
      if (isLarge) large.add(path)
      found.push({ path, entry, blob, isLarge })
    }
    const described = new Map<string, SourceFile>()
    const describeOne = ({ path, entry, blob, isLarge }: (typeof found)[number]): void => {
      const attributes = attributesOf(path)
      if (attributes.documentation === true) documents.add(path)
      const file = describeFile(entry, blob, isLarge, { vendored: isVendored(path), ...attributes })
      described.set(path, file)
      if (file.language === 'go' && !file.generated && !path.endsWith('_test.go')) written.add(folderOf(path))
    }
    await incidents.eachWithPauses(found, ABOUT, describeOne, pause)
    for (const { path, entry, blob } of found) read.push(described.get(path) ?? plainFile(entry, blob))
    context.onProgress(Math.min(start + BATCH, chosen.length), chosen.length)
  }
  await incidents.eachWithPauses(read, ABOUT, (file) => keepOffered(file, written), pause)
  const built = incidents.attemptInTime('inventory', 'tsconfig.json', () => buildOutputs(read)) ?? new Set<string>()
  for (const file of read) {
    if (!built.has(file.path) || attributesOf(file.path).generated === false) continue
    file.generated = true
    file.text = null
  }
  const folders = foldersOf(read, incidents)
  const excluded = new Set<SourceFile>()
  const classify = (file: SourceFile): void => {
    if (file.role !== 'binary') file.role = roleOf(file.path, file.language, documents.has(file.path), folders)
  }
  await incidents.eachWithPauses(read, ABOUT, classify, pause)
  const support = testSupportIn(read, incidents)
  for (const file of read) {
    const isDouble = file.role === 'code' && isTestDouble(file.path) && attributesOf(file.path).unpublished === true
    if (support.has(file.path) || isDouble) file.role = 'test'
    if (!selector.isIncluded(file.path, file.role)) excluded.add(file)
  }
  for (const path of work.exceeded)
    incidents.add('inventory', path, new LimitExceeded('its patterns take too long, so not all paths were matched'))
  const files = read.filter((file) => !excluded.has(file))
  for (const { path } of excluded) skipped.push({ path, reason: 'excluded' })
  for (const { path } of files) if (large.has(path)) skipped.push({ path, reason: 'too large' })
  skipped.sort((a, b) => compareText(a.path, b.path))
  const skippedBy = new Map<Skip['reason'], number>(tree.refused > 0 ? [['unsafe path', tree.refused]] : [])
  for (const { reason } of skipped) skippedBy.set(reason, (skippedBy.get(reason) ?? 0) + 1)
  return {
    commit: tree.commit,
    committedAt: tree.committedAt,
    files: files.sort((a, b) => compareText(a.path, b.path)),
    skipped: skipped.slice(0, MAX_SKIPPED_LISTED),
    skippedBy,
  }
}

/** The bytes of a blob, or the reason why it is skipped. */
async function readBlob(tree: CommitTree, entry: TreeEntry): Promise<Uint8Array | Skip['reason']> {
  try {
    return await tree.read(entry.blob)
  } catch (error) {
    return error instanceof AppError && error.code === 'BLOB_TOO_LARGE' ? 'too large' : 'not readable'
  }
}

const MAX_ATTRIBUTE_FILES = 50
const MAX_RULES = 500

/** The rules of all `.gitattributes` files; a folder comes before those inside it. */
async function readAttributes(
  tree: CommitTree,
  entries: readonly TreeEntry[],
  incidents: Incidents,
): Promise<AttributeRule[]> {
  const found = entries
    .filter((entry) => entry.path === '.gitattributes' || entry.path.endsWith('/.gitattributes'))
    .sort((a, b) => a.path.split('/').length - b.path.split('/').length || compareText(a.path, b.path))
    .slice(0, MAX_ATTRIBUTE_FILES)
  const rules: AttributeRule[] = []
  for (const entry of found) {
    const blob = await readBlob(tree, entry)
    const text = typeof blob === 'string' ? null : decodeText(blob, false)
    const parse = (): AttributeRule[] => (text === null ? [] : parseAttributes(entry.path, text))
    append(rules, incidents.attemptInTime('inventory', entry.path, parse) ?? [])
  }
  return rules.slice(0, MAX_RULES)
}

/** 0 for source code and manifests, 1 for other files, 2 for vendored and generated files. */
function rankOf(path: string, isVendored: (path: string) => boolean): number {
  if (isVendored(path) || isGeneratedPath(path)) return 2
  const language = detectLanguage(path, '')
  return language !== null && typeOfLanguage(language) !== 'data'
    ? 0
    : roleOf(path, language, false) === 'manifest'
      ? 0
      : 1
}

/**
 * Treats generated code as ordinary code if it is in a package with hand-written code; removes the text of all other
 * generated code.
 *
 * @param written - Folders with hand-written code of the same language.
 */
function keepOffered(file: SourceFile, written: ReadonlySet<string>): void {
  if (!file.generated || file.text === null) return
  if (written.has(folderOf(file.path)) && !file.path.endsWith('_test.go')) file.generated = false
  else file.text = null
}
