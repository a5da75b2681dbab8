/** `docspool generate --site --versions`: a site of several versions beside each other, with a switcher on each page. */

import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { remove } from 'fs-extra/esm'
import type { Config } from '#base/config.ts'
import { siteFiles } from '#export/site.ts'
import { generate } from '#generate/pipeline.ts'
import type { AssetReader } from '#http/deps.ts'
import { loadAssets } from '#server/asset-reader.ts'
import { createSetStore, type SetReader } from '#store/sets.ts'
import { createStepCache } from '#store/step-cache.ts'
import { counted, degradedText, spendText } from '#templates/format.ts'
import { SiteStart } from '#templates/site-start.tsx'
import { toJobSpend } from '#worker/to-job-spend.ts'
import { type GenerateCommand, optionsFor } from './generate.ts'
import { prepareOutput, SITE_LIST, type Written, writeFolder } from './output-folder.ts'
import { createProgressView } from './progress-bar.ts'
import { warn } from './terminal.ts'
import { barIn, type VersionFolder, versionFolders } from './version-folders.ts'
import { makeWorkFolder } from './work-folder.ts'

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
  const optionsOf = (name: string, workDir: string) =>
    optionsFor({ ...command, commitId: name === 'latest' ? undefined : name }, config, workDir)
  // Fails before the work starts if a name cannot be a branch, tag or commit.
  const [{ repository }] = versions.map((name) => optionsOf(name, '')) as [ReturnType<typeof optionsOf>]
  const output = path.resolve(command.output || `${repository.name}-docs`)
  const temporary = await prepareOutput(output)
  const workDir = await makeWorkFolder()
  const view = createProgressView()
  const say = (text: string): void => {
    view.end()
    warn(text)
  }
  try {
    // The sets are written to a folder, because several may not fit into memory.
    const sets = createSetStore(path.join(workDir, 'docs'))
    const shared = {
      kept: { folder: path.join(workDir, 'objects'), maxBytes: config.maxRepoBytes },
      cache: createStepCache(path.join(workDir, 'cache'), { scope: repository.url }),
    }
    const folders = versionFolders(versions)
    const all: VersionFolder[] = []
    for (const [index, name] of versions.entries()) {
      const clone = path.join(workDir, 'clone')
      await mkdir(clone)
      const { set, spend, degraded } = await generate(
        { ...optionsOf(name, clone), ...shared },
        {
          signal,
          report: (progress) => view.show({ ...progress, text: `${name}: ${progress.text}` }),
          log: (_level, text) => say(`${name}: ${text}`),
        },
      )
      await remove(clone)
      const keys = all.map(({ manifest }) => manifest.key).reverse()
      const manifest = await sets.readManifest(await sets.publish(set, keys))
      if (manifest === undefined) throw new Error(`The documentation of ${name} cannot be read back.`)
      all.push({ name, folder: folders[index] ?? '', manifest })
      if (spend !== undefined) say(`${name}: ${spendText(toJobSpend(spend))}`)
      if (degraded) say(`${name}: ${degradedText(degraded)}`)
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
