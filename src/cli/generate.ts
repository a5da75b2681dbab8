/**
 * `docspool generate`: writes the documents of one repository to a folder, without a server and a spool: as Markdown and data,
 * or as a website that opens from the folder.
 */

import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { remove } from 'fs-extra/esm'
import { linkFormOf } from '#base/code-host-links.ts'
import { parseCommitId } from '#base/commit-id.ts'
import { type Config, userCacheFolder } from '#base/config.ts'
import { toCredentials } from '#base/git-tokens.ts'
import type { LlmSettings } from '#base/model-settings.ts'
import { parseRepository } from '#base/repository.ts'
import { siteFiles } from '#export/site.ts'
import type { GenerateOptions } from '#generate/options.ts'
import { generate } from '#generate/pipeline.ts'
import type { ModelOptions } from '#generate/prose/open-model.ts'
import type { AssetReader } from '#http/deps.ts'
import { PageRenderer } from '#markdown/render-pages.ts'
import { loadAssets } from '#server/asset-reader.ts'
import type { NewSet } from '#store/publish-set.ts'
import { htmlNameOf } from '#store/sets.ts'
import { degradedText, spendText } from '#templates/format.ts'
import { toJobSpend } from '#worker/to-job-spend.ts'
import { prepareFolders, SITE_LIST, type Written, writeFolder } from './output-folder.ts'
import { createProgressView } from './progress-bar.ts'
import { resolveSource } from './repository-argument.ts'
import { warn } from './terminal.ts'

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

/** How much the heap may grow before garbage is collected. V8's default is several times higher, because memory has no limit here. */
const HEAP_GROWTH_PERCENT = 40

/** @returns The output folder, absolute. */
export async function runGenerate(command: GenerateCommand, config: Config, signal: AbortSignal): Promise<string> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`)
  const { repository } = optionsFor(command, config, '')
  const output = path.resolve(command.output || `${repository.name}-docs`)
  const { temporary, workDir } = await prepareFolders(output, command.isSite)
  const view = createProgressView()
  try {
    const say = (text: string): void => {
      view.end()
      warn(text)
    }
    const { set, summary, resolvedCommit, spend, degraded } = await generate(
      optionsFor(command, config, workDir),
      { signal, report: (progress) => view.show(progress), log: (_level, text) => say(text) },
      { renderer: new PageRenderer({ isTextOnly: !command.isSite }) },
    )
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
