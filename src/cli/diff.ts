/** `docspool diff`: compares the public APIs of two document sets in folders, or of two revisions of a repository. */

import { lstat, readFile } from 'node:fs/promises'
import path from 'node:path'
import { remove } from 'fs-extra/esm'
import type { Config } from '#base/config.ts'
import { escapeControls } from '#base/control-characters.ts'
import { AppError } from '#base/errors.ts'
import { parseIfJson } from '#base/parse-json.ts'
import { PROGRAM } from '#base/program.ts'
import { type Diff, shownOf } from '#diff/change.ts'
import { diffApis } from '#diff/diff.ts'
import { renderMarkdown } from '#diff/render-markdown.ts'
import { renderText } from '#diff/render-text.ts'
import { outline } from '#generate/pipeline.ts'
import { API_FILE, PublicApi } from '#store/public-api.ts'
import { createSetStore } from '#store/sets.ts'
import { optionsFor } from './generate.ts'
import { createProgressView } from './progress-bar.ts'
import { warn } from './terminal.ts'
import { makeWorkFolder } from './work-folder.ts'

/** Thrown when a folder has no valid `api.json`. */
export class NoPublicApi extends AppError {
  readonly code = 'NO_PUBLIC_API'
  override readonly hint =
    `Give a folder that \`${PROGRAM} generate\` wrote, or a set in docs/ of a spool; sets of older versions have no ${API_FILE}.`
}

export type DiffFormat = 'text' | 'markdown' | 'json'

export interface DiffCommand {
  before: string
  after: string
  /** A checkout or URL; `before` and `after` are then revisions of it. */
  repository: string | undefined
  format: DiffFormat
}

/** Larger files were not written by docspool. */
const MAX_BYTES = 512 * 1_048_576

/** @returns The text to print, and whether there are breaking changes. */
export async function runDiff(
  command: DiffCommand,
  config: Config,
  signal: AbortSignal,
): Promise<{ text: string; isBreaking: boolean }> {
  const { before, after, repository, format } = command
  const read = (which: string): Promise<PublicApi> =>
    repository === undefined ? readFolder(which) : readRevision(repository, which, config, signal)
  const diff = diffApis(await read(before), await read(after))
  return { text: formatted(diff, format, `${before} → ${after}`), isBreaking: diff.counts.breaking > 0 }
}

function formatted(diff: Diff, format: DiffFormat, title: string): string {
  if (format === 'json') return escapeControls(JSON.stringify(diff))
  return (format === 'markdown' ? renderMarkdown(shownOf(diff), title) : renderText(diff)).trimEnd()
}

/** @throws {NoPublicApi} */
async function readFolder(folder: string): Promise<PublicApi> {
  const text = (await readPlain(path.join(folder, API_FILE))) ?? (await readPublished(folder))
  if (text === undefined) throw new NoPublicApi(`There is no ${API_FILE} in ${JSON.stringify(folder)}.`)
  const parsed = PublicApi.safeParse(parseIfJson(text))
  if (!parsed.success) throw new NoPublicApi(`The ${API_FILE} in ${JSON.stringify(folder)} is not valid.`)
  return parsed.data
}

async function readPlain(file: string): Promise<string | undefined> {
  const found = await lstat(file).catch(() => undefined)
  return found?.isFile() === true && found.size <= MAX_BYTES ? readFile(file, 'utf8') : undefined
}

/** Reads from a set of a spool, which is one packed file. */
async function readPublished(folder: string): Promise<string | undefined> {
  const key = path.basename(path.resolve(folder))
  const bytes = await createSetStore(path.dirname(path.resolve(folder))).readFile(key, API_FILE)
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes)
}

async function readRevision(source: string, commitId: string, config: Config, signal: AbortSignal): Promise<PublicApi> {
  const workDir = await makeWorkFolder()
  const view = createProgressView()
  try {
    const options = optionsFor({ source, commitId, language: undefined, notes: undefined }, config, workDir)
    return await outline(options, {
      signal,
      report: (progress) => view.show(progress),
      log: (_level, text) => {
        view.end()
        warn(text)
      },
    })
  } finally {
    view.end()
    await remove(workDir)
  }
}
