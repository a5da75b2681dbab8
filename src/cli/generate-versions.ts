/** `docspool generate --site --versions`: a site of several versions beside each other, with a switcher on each page. */

import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { remove } from 'fs-extra/esm'
import type { Config } from '#base/config.ts'
import { siteFiles } from '#export/site.ts'
import { generate } from '#generate/pipeline.ts'
import type { AssetReader } from '#http/deps.ts'
import { loadAssets } from '#server/asset-reader.ts'
import type { Manifest } from '#store/model.ts'
import { createSetStore, type SetReader, type SetStore } from '#store/sets.ts'
import { createStepCache } from '#store/step-cache.ts'
import { counted, degradedText, spendText } from '#templates/format.ts'
import { SiteStart } from '#templates/site-start.tsx'
import { toJobSpend } from '#worker/to-job-spend.ts'
import { type GenerateCommand, optionsFor } from './generate.ts'
import { prepareFolders, SITE_LIST, type Written, writeFolder } from './output-folder.ts'
import { createProgressView, type ProgressView } from './progress-bar.ts'
import { warn } from './terminal.ts'
import { barIn, type VersionFolder, versionFolders } from './version-folders.ts'

export interface VersionsCommand extends Omit<GenerateCommand, 'commitId' | 'isSite'> {
  /** Branches, tags or commits without duplicates; `latest` is the default branch. The site opens with the first one. */
  versions: readonly string[]
}

/** @returns The output folder, absolute. */
export async function runGenerateVersions(
  command: VersionsCommand,
  config: Config,
  signal: AbortSignal,
): Promise<string> {
  const { versions } = command
  // Fails before the work starts if a name cannot be a branch, tag or commit.
  const repositories = versions.map((name) => optionsOf(command, name, config, '').repository)
  const output = path.resolve(command.output || `${repositories[0]?.name}-docs`)
  const { temporary, workDir } = await prepareFolders(output, true)
  const view = createProgressView()
  try {
    // The sets are written to a folder, because several may not fit into memory.
    const sets = createSetStore(path.join(workDir, 'docs'))
    const folders = versionFolders(versions)
    const all: VersionFolder[] = []
    for (const [index, name] of versions.entries()) {
      const before = all.map(({ manifest }) => manifest.key).reverse()
      const manifest = await publishVersion({ command, name, config, workDir, sets, before }, view, signal)
      all.push({ name, folder: folders[index] ?? '', manifest })
    }
    await writeFolder(output, temporary, siteOf(all, sets, await loadAssets()))
    view.show({ stage: 'done', percent: 100, text: `Documented ${counted(versions.length, 'version')}` })
    return output
  } finally {
    view.end()
    await remove(temporary)
    await remove(workDir)
  }
}

const optionsOf = (command: VersionsCommand, name: string, config: Config, workDir: string) =>
  optionsFor({ ...command, commitId: name === 'latest' ? undefined : name }, config, workDir)

interface VersionToPublish {
  command: VersionsCommand
  name: string
  config: Config
  workDir: string
  sets: SetStore
  /** Keys of the sets of the versions before, the last one first. */
  before: readonly string[]
}

/** Generates the documentation of a version and publishes it in the work folder. @returns Its manifest. */
async function publishVersion(
  { command, name, config, workDir, sets, before }: VersionToPublish,
  view: ProgressView,
  signal: AbortSignal,
): Promise<Manifest> {
  const say = (text: string): void => {
    view.end()
    warn(`${name}: ${text}`)
  }
  const clone = path.join(workDir, 'clone')
  await mkdir(clone)
  const options = optionsOf(command, name, config, clone)
  const { set, spend, degraded } = await generate(
    {
      ...options,
      kept: { folder: path.join(workDir, 'objects'), maxBytes: config.maxRepoBytes },
      cache: createStepCache(path.join(workDir, 'cache'), { scope: options.repository.url }),
    },
    {
      signal,
      report: (progress) => view.show({ ...progress, text: `${name}: ${progress.text}` }),
      log: (_level, text) => say(text),
    },
  )
  await remove(clone)
  const manifest = await sets.readManifest(await sets.publish(set, before))
  if (manifest === undefined) throw new Error(`The documentation of ${name} cannot be read back.`)
  if (spend !== undefined) say(spendText(toJobSpend(spend)))
  if (degraded) say(degradedText(degraded))
  return manifest
}

async function* siteOf(
  all: readonly VersionFolder[],
  sets: SetReader,
  assets: AssetReader,
): AsyncGenerator<Written, void> {
  const names = [SITE_LIST, 'index.html']
  const [{ manifest: first } = { manifest: { full_name: '' } }] = all
  const rows = all.map(({ name, folder }) => ({ name, href: `${folder}/index.html` }))
  yield { name: 'index.html', body: String(SiteStart({ title: first.full_name, versions: rows })) }
  for (const version of all) {
    const { manifest, folder } = version
    const files = siteFiles({
      manifest,
      readHtml: (file) => sets.readHtml(manifest.key, file),
      readFile: (name) => sets.readFile(manifest.key, name),
      sources: await sets.listSources(manifest.key),
      readSource: (name) => sets.readSource(manifest.key, name),
      readAsset: assets.read,
      bar: barIn(all, version),
    })
    for await (const { name, body } of files) {
      names.push(`${folder}/${name}`)
      yield { name: `${folder}/${name}`, body }
    }
  }
  yield { name: SITE_LIST, body: `${JSON.stringify({ files_generated: names.sort() })}\n` }
}
