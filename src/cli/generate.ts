/**
 * `docspool generate`: writes the documents of one repository to a folder, without a server and a spool: as Markdown and data,
 * or as a website that opens from the folder.
 */

import { randomUUID } from 'node:crypto'
import { lstat, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ensureDir, move, pathExists, readJson, remove } from 'fs-extra/esm'
import { linkFormOf } from '#base/code-host-links.ts'
import { parseCommitId } from '#base/commit-id.ts'
import { type Config, userCacheFolder } from '#base/config.ts'
import { AppError } from '#base/errors.ts'
import { temporaryName } from '#base/files.ts'
import { toCredentials } from '#base/git-tokens.ts'
import type { LlmSettings } from '#base/model-settings.ts'
import { parseRepository } from '#base/repository.ts'
import { siteFiles } from '#export/site.ts'
import type { GenerateOptions } from '#generate/options.ts'
import { generate } from '#generate/pipeline.ts'
import type { ModelOptions } from '#generate/prose/open-model.ts'
import type { AssetReader } from '#http/deps.ts'
import { removeIfKilled } from '#processes/run-in-child.ts'
import { loadAssets } from '#server/asset-reader.ts'
import { SOURCES_FILE } from '#store/model.ts'
import type { NewSet } from '#store/publish-set.ts'
import { htmlNameOf } from '#store/sets.ts'
import { degradedText, spendText } from '#templates/format.ts'
import { toJobSpend } from '#worker/to-job-spend.ts'
import { createProgressView } from './progress-bar.ts'
import { resolveSource } from './repository-argument.ts'
import { warn } from './terminal.ts'

/** Thrown when the output folder contains files that docspool did not write. */
export class OutputFolderInUse extends AppError {
  readonly code = 'OUTPUT_FOLDER_IN_USE'
  override readonly hint = 'Choose another folder with -o, or empty it; only folders written by docspool are replaced.'
}

/** Thrown when the output folder cannot be created. */
export class OutputFolderUnwritable extends AppError {
  readonly code = 'OUTPUT_FOLDER_UNWRITABLE'
  override readonly hint = 'Choose a writable folder with -o.'
}

/** Lists the files of a website in its folder. */
const SITE_LIST = 'site.json'
/** Subfolders of a folder of documents. */
const FOLDERS = new Set(['assets', 'source'])

export interface GenerateCommand {
  source: string
  commitId: string | undefined
  /** Default: `<name>-docs` in the current folder. */
  output: string | undefined
  /** Write a website instead of Markdown and data. */
  isSite: boolean
  /** Language of the documents. */
  language: string | undefined
  /** Notes for the model. */
  notes: string | undefined
}

/** @returns The output folder, absolute. */
export async function runGenerate(command: GenerateCommand, config: Config, signal: AbortSignal): Promise<string> {
  const { repository } = optionsFor(command, config, '')
  const output = path.resolve(command.output || `${repository.name}-docs`)
  const temporary = await prepareOutput(output)
  const workDir = await mkdtemp(path.join(tmpdir(), 'docspool-'))
  for (const one of [temporary, workDir]) removeIfKilled(one)
  const view = createProgressView()
  try {
    const say = (text: string): void => {
      view.end()
      warn(text)
    }
    const { set, summary, resolvedCommit, spend, degraded } = await generate(optionsFor(command, config, workDir), {
      signal,
      report: (progress) => view.show(progress),
      log: (_level, text) => say(text),
    })
    await writeFolder(output, temporary, command.isSite ? siteOf(set, await loadAssets()) : filesOf(set))
    view.show({ stage: 'done', percent: 100, text: `${summary}, commit ${resolvedCommit.slice(0, 7)}` })
    if (spend !== undefined) say(spendText(toJobSpend(spend)))
    if (degraded) say(degradedText(degraded))
    return output
  } finally {
    view.end()
    await remove(temporary)
    await remove(workDir)
  }
}

/**
 * The options of the generator for a command. The cost and answers of models are stored in the user's cache folder, as there
 * is no spool.
 *
 * @param workDir - The folder for the clone; see `GenerateOptions`.
 */
export function optionsFor(
  command: Pick<GenerateCommand, 'source' | 'commitId' | 'language' | 'notes'>,
  config: Config,
  workDir: string,
): GenerateOptions {
  const source = resolveSource(command.source)
  const policy = { ...config, localRepos: [...config.localRepos, ...(source.folder === null ? [] : [source.folder])] }
  const repository = parseRepository(source.url, policy)
  const token = config.gitTokens.for(repository)
  // Commands run without a memory limit.
  const { jobMemoryBytes: _, ...limits } = config
  return {
    repository,
    ssh: config.ssh,
    ...(token !== undefined && { credentials: toCredentials(token, linkFormOf(repository, config.sourceLinks)) }),
    commitId: command.commitId === undefined ? null : parseCommitId(command.commitId),
    workDir,
    limits,
    allowPrivateNetworks: config.allowPrivateNetworks,
    sourceLinks: config.sourceLinks,
    language: command.language,
    notes: command.notes,
    model: config.llm === null ? undefined : modelOf(config.llm),
  }
}

function modelOf(settings: LlmSettings): ModelOptions {
  const spendDir = userCacheFolder()
  const answersDir = path.join(spendDir, 'answers')
  return { settings, mainModel: settings.mainModel, spendDir, answersDir, maxCostUsd: null, job: randomUUID() }
}

/**
 * Check, before the work starts, that the output folder is missing, empty, or contains only files written by docspool.
 *
 * @returns A new temporary folder beside it, on the same file system.
 * @throws {OutputFolderInUse}
 * @throws {OutputFolderUnwritable}
 */
async function prepareOutput(output: string): Promise<string> {
  const isHere = `${process.cwd()}/`.startsWith(`${output}/`)
  if (isHere || !(await isReplaceable(output)))
    throw new OutputFolderInUse(`${output} is the current folder, or contains other files.`)
  const temporary = path.join(path.dirname(output), temporaryName())
  try {
    await makeFolder(temporary)
  } catch (error) {
    throw new OutputFolderUnwritable(`${output} cannot be created: ${(error as Error).message}`, { cause: error })
  }
  return temporary
}

/** True if replacing the folder would only lose files that docspool wrote. */
async function isReplaceable(output: string): Promise<boolean> {
  const found = await lstat(output).catch(() => undefined)
  if (found === undefined) return true
  if (!found.isDirectory()) return false
  const top = await readdir(output, { withFileTypes: true })
  if (top.length === 0) return true
  const known = (await listWritten(output, 'metadata.json')) ?? (await listWritten(output, SITE_LIST))
  if (known === undefined) return false
  for (const entry of top) {
    const isOurs = FOLDERS.has(entry.name)
      ? entry.isDirectory() && (await holdsOnly(output, entry.name, known))
      : known.has(entry.name)
    if (!isOurs) return false
  }
  return true
}

/** True if every file below the folder is in `known`. */
async function holdsOnly(output: string, folder: string, known: ReadonlySet<unknown>): Promise<boolean> {
  for (const entry of await readdir(path.join(output, folder), { withFileTypes: true })) {
    const name = `${folder}/${entry.name}`
    if (!(entry.isDirectory() ? await holdsOnly(output, name, known) : known.has(name))) return false
  }
  return true
}

/** The files that docspool has written to a folder, according to the list in it. */
async function listWritten(output: string, name: string): Promise<Set<unknown> | undefined> {
  const written = await readJson(path.join(output, name)).catch(() => undefined)
  const known: unknown = written?.files_generated
  if (!Array.isArray(known)) return undefined
  const sources = await readJson(path.join(output, SOURCES_FILE)).catch(() => undefined)
  const kept: unknown[] = Array.isArray(sources?.files) ? sources.files : []
  return new Set([...known, ...kept.map((file) => `source/${(file as { name?: unknown } | null)?.name}`)])
}

/** Node's `recursive` loops forever below /proc. */
async function makeFolder(folder: string): Promise<void> {
  const parent = path.dirname(folder)
  if (!(await pathExists(parent))) await makeFolder(parent)
  await mkdir(folder)
}

/** Write all files to the temporary folder, then replace the old folder. */
async function writeFolder(output: string, temporary: string, files: AsyncIterable<Written>): Promise<void> {
  for await (const { name, body } of files) {
    const file = path.join(temporary, name)
    await ensureDir(path.dirname(file))
    await writeFile(file, body)
  }
  await move(temporary, output, { overwrite: true })
}

interface Written {
  name: string
  body: string | Uint8Array | Iterable<string>
}

async function* filesOf(set: NewSet): AsyncGenerator<Written, void> {
  for (const [name, body] of [...set.files, ...(set.binaries ?? [])]) yield { name, body }
  for (const { name, text } of set.sources ?? []) yield { name: `source/${name}`, body: text }
}

async function* siteOf(set: NewSet, assets: AssetReader): AsyncGenerator<Written, void> {
  const names: string[] = [SITE_LIST]
  const sources = new Map((set.sources ?? []).map((source) => [source.name, source]))
  const source = {
    // The set is not published, so it has no key; the commit identifies it.
    manifest: { ...set.manifest, version: 2 as const, key: set.manifest.commit, files: [] },
    readHtml: async (file: string) => Buffer.from(String(set.html.get(htmlNameOf(file)) ?? '')),
    async readFile(name: string) {
      const body = set.files.get(name) ?? set.binaries?.get(name)
      return body instanceof Uint8Array || body === undefined ? body : Buffer.from(String(body))
    },
    sources: [...sources.values()],
    readSource: async (name: string) => sources.get(name),
    readAsset: assets.read,
  }
  for await (const file of siteFiles(source)) {
    names.push(file.name)
    yield file
  }
  yield { name: SITE_LIST, body: `${JSON.stringify({ files_generated: names.sort() })}\n` }
}
