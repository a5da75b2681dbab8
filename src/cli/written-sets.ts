/** Sets in folders, as `docspool generate` writes them, for commands that read documents without a server. */

import { type FileHandle, readdir, realpath } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '#base/errors.ts'
import { openPlain } from '#base/files.ts'
import { parseIfJson } from '#base/parse-json.ts'
import { PROGRAM } from '#base/program.ts'
import { sha256Of } from '#base/sha256.ts'
import { type Manifest, SOURCES_FILE } from '#store/model.ts'
import type { SetReader } from '#store/sets.ts'

/** Thrown when a folder contains no documents. */
export class NoDocuments extends AppError {
  readonly code = 'NO_DOCUMENTS'
  override readonly hint =
    `Write documents with \`${PROGRAM} generate <repository> -o <folder>\`, and give that folder.`
}

/** The fields of `metadata.json` that are used. */
const Metadata = z.object({
  generation_info: z.object({
    timestamp: z.string(),
    main_model: z.string(),
    generator_version: z.string(),
    repo_path: z.string(),
    commit_id: z.string(),
  }),
  statistics: z.object({ total_components: z.number(), files: z.number(), lines: z.number(), edges: z.number() }),
  files_generated: z.array(z.string()),
})

const Sources = z.object({ files: z.array(z.object({ path: z.string(), name: z.string() })) })

const NAME = /^[A-Za-z0-9_][A-Za-z0-9._~-]{0,199}$/
/** Larger files are not parsed. */
const MAX_JSON_BYTES = 64 * 1_048_576

export interface WrittenSet {
  /** An absolute path without symbolic links. */
  folder: string
  manifest: Manifest
  /** File names below `source/`, keyed by path in the repository. */
  sources: ReadonlyMap<string, string>
}

/**
 * Find sets: the folder itself, or its subfolders.
 *
 * @throws {NoDocuments}
 */
export async function findWrittenSets(folder: string): Promise<WrittenSet[]> {
  const own = await readSet(folder)
  if (own !== undefined) return [own]
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.resolve(folder, name))
  const found = (await Promise.all(folders.sort().map(readSet))).filter((set) => set !== undefined)
  if (found.length === 0) throw new NoDocuments(`${folder} contains no documents.`)
  return found
}

async function readSet(given: string): Promise<WrittenSet | undefined> {
  const folder = await realpath(given).catch(() => undefined)
  if (folder === undefined) return undefined
  const metadata = Metadata.safeParse(await readJson(folder, 'metadata.json')).data
  if (metadata === undefined) return undefined
  const { generation_info: info, statistics, files_generated: names } = metadata
  const files = await Promise.all(
    names
      .filter((name) => NAME.test(name))
      .map(async (name) => {
        const found = await withFile(folder, name, (handle) => handle.stat())
        if (found === undefined) return []
        const state = `${found.size} ${found.mtimeMs}`
        return [{ name, bytes: found.size, sha256: sha256Of(state) }]
      }),
  )
  const { files: kept = [] } = Sources.safeParse(await readJson(folder, SOURCES_FILE)).data ?? {}
  const fullName = info.repo_path.split('/').slice(-2).join('/')
  return {
    folder,
    sources: new Map(kept.map((each) => [each.path, each.name])),
    manifest: {
      version: 2,
      key: sha256Of(folder),
      repo_url: info.repo_path,
      name: path.posix.basename(fullName),
      full_name: fullName,
      commit: info.commit_id,
      commit_url: null,
      committed_at: info.timestamp,
      main_model: info.main_model,
      generator_version: info.generator_version,
      statistics: {
        files: statistics.files,
        lines: statistics.lines,
        edges: statistics.edges,
        components: statistics.total_components,
        modules: 0,
        pages: 0,
      },
      files: files.flat(),
      // Pages are read as Markdown, like other files.
      pages: [],
      tree: [],
      ...(kept.length > 0 && { sources: { files: kept.length, bytes: 0, left_out: 0 } }),
    },
  }
}

/** Reads the sets. Only names in the lists of a set are read. */
export function createWrittenReader(sets: readonly WrittenSet[]): SetReader {
  const byKey = new Map(sets.map((set) => [set.manifest.key, set]))
  async function read<T>(key: string, name: string, step: (handle: FileHandle) => Promise<T>): Promise<T | undefined> {
    const set = byKey.get(key)
    if (set?.manifest.files.some((file) => file.name === name) !== true) return undefined
    return await withFile(set.folder, name, step)
  }
  return {
    readManifest: async (key) => byKey.get(key)?.manifest,
    has: async (key) => byKey.has(key),
    readFile: (key, name) => read(key, name, (handle) => handle.readFile()),
    readBytes: (key, name, from, to) =>
      read(key, name, async (handle) => {
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(to - from), 0, to - from, from)
        return buffer.subarray(0, bytesRead)
      }),
    readHtml: async () => undefined,
    listSources: async (key) => [...(byKey.get(key)?.sources ?? [])].map(([file, name]) => rowOf(file, name)),
    async findSource(key, name) {
      const { sources = new Map<string, string>() } = byKey.get(key) ?? {}
      for (const [file, own] of sources) if (own === name) return rowOf(file, own)
      const own = sources.get(name)
      return own === undefined ? undefined : rowOf(name, own)
    },
    async readSource(key, name) {
      const set = byKey.get(key)
      const row = [...(set?.sources ?? [])].find(([, own]) => own === name)
      if (set === undefined || row === undefined) return undefined
      const read = await withFile(path.join(set.folder, 'source'), row[1], (handle) => handle.readFile())
      if (read === undefined) return undefined
      const [textBytes, text] = [new Uint8Array(read), read.toString()]
      const marks = { home: null, symbols: [], spans: [] }
      return { ...rowOf(row[0], row[1]), textBytes, text, colours: new Uint8Array(), marks }
    },
    noteUse: () => undefined,
  }
}

const rowOf = (file: string, name: string) => ({ name, path: file, language: null })

/**
 * Use a file below a folder. A repository can contain a folder that only looks like documents, so symbolic links are not followed.
 *
 * @param folder - An absolute path without symbolic links.
 * @returns `undefined` when there is no plain file with this name.
 */
async function withFile<T>(
  folder: string,
  name: string,
  step: (handle: FileHandle) => Promise<T>,
): Promise<T | undefined> {
  const file = path.join(folder, name)
  if (!file.startsWith(folder + path.sep) || (await realpath(file).catch(() => undefined)) !== file) return undefined
  const handle = await openPlain(file).catch(() => undefined)
  if (handle === undefined) return undefined
  try {
    return await step(handle)
  } finally {
    await handle.close()
  }
}

async function readJson(folder: string, name: string): Promise<unknown> {
  const text = await withFile(folder, name, async (handle) =>
    (await handle.stat()).size <= MAX_JSON_BYTES ? await handle.readFile('utf8') : '',
  )
  return parseIfJson(text ?? '')
}
