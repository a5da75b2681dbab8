/** The folder that `docspool generate` writes: it is replaced as a whole, and only if docspool wrote everything in it. */

import { lstat, mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ensureDir, move, pathExists, readJson, remove } from 'fs-extra/esm'
import { AppError } from '#base/errors.ts'
import { temporaryName } from '#base/files.ts'
import { removeIfKilled } from '#processes/run-in-child.ts'
import { SOURCES_FILE } from '#store/model.ts'
import { makeWorkFolder, removeLeftoverOutput } from './work-folder.ts'

/** Thrown when the output folder contains files that docspool did not write. */
export class OutputFolderInUse extends AppError {
  readonly code = 'OUTPUT_FOLDER_IN_USE'
  override readonly hint =
    'Choose another folder with -o, or empty it; only folders written by docspool in the same form are replaced.'
}

/** Thrown when the output folder cannot be created. */
export class OutputFolderUnwritable extends AppError {
  readonly code = 'OUTPUT_FOLDER_UNWRITABLE'
  override readonly hint = 'Choose a writable folder with -o.'
}

/** Lists the files of a website in its folder. */
export const SITE_LIST = 'site.json'

/** A file to write. */
export interface Written {
  name: string
  body: string | Uint8Array | Iterable<string>
}

/** Run `prepareOutput` and `makeWorkFolder`. @throws Their errors; neither folder is left behind. */
export async function prepareFolders(output: string, isSite: boolean): Promise<{ temporary: string; workDir: string }> {
  const temporary = await prepareOutput(output, isSite)
  try {
    return { temporary, workDir: await makeWorkFolder() }
  } catch (error) {
    await remove(temporary)
    throw error
  }
}

/**
 * Check, before the work starts, that the output folder is missing, empty, or contains only files written by docspool.
 *
 * @param isSite - True to write a website, which may replace only a website; false to write Markdown, which may replace only Markdown.
 *
 * @returns A new temporary folder beside it, on the same file system.
 * @throws {OutputFolderInUse}
 * @throws {OutputFolderUnwritable}
 */
export async function prepareOutput(output: string, isSite: boolean): Promise<string> {
  const isHere = `${process.cwd()}/`.startsWith(`${output}/`)
  if (isHere || !(await isReplaceable(output, isSite)))
    throw new OutputFolderInUse(
      `${output} is a file or the current folder, or contains files that are not part of a docspool ${isSite ? 'website' : 'Markdown folder'}.`,
    )
  const temporary = path.join(path.dirname(output), temporaryName())
  try {
    await makeFolder(temporary)
    removeIfKilled(temporary)
    await removeLeftoverOutput(path.dirname(output))
  } catch (error) {
    throw new OutputFolderUnwritable(`${output} cannot be created: ${(error as Error).message}`, { cause: error })
  }
  return temporary
}

/** True if replacing the folder would only lose files that docspool wrote. */
async function isReplaceable(output: string, isSite: boolean): Promise<boolean> {
  const found = await lstat(output).catch(() => undefined)
  if (found === undefined) return true
  if (!found.isDirectory()) return false
  if ((await readdir(output)).length === 0) return true
  const known = await listWritten(output, isSite ? SITE_LIST : 'metadata.json')
  return known !== undefined && (await holdsOnly(output, '', known, foldersOf(known)))
}

/** True if every file below the folder is in `known`, and every folder in `folders`. */
async function holdsOnly(
  output: string,
  folder: string,
  known: ReadonlySet<unknown>,
  folders: ReadonlySet<string>,
): Promise<boolean> {
  for (const entry of await readdir(path.join(output, folder), { withFileTypes: true })) {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`
    const isOurs = entry.isDirectory()
      ? folders.has(name) && (await holdsOnly(output, name, known, folders))
      : known.has(name)
    if (!isOurs) return false
  }
  return true
}

/** All parent folders of the files. */
function foldersOf(files: ReadonlySet<unknown>): Set<string> {
  const folders = new Set<string>()
  for (const file of files) {
    for (let at = String(file).lastIndexOf('/'); at > 0; at = String(file).lastIndexOf('/', at - 1)) {
      const folder = String(file).slice(0, at)
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  return folders
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
export async function writeFolder(output: string, temporary: string, files: AsyncIterable<Written>): Promise<void> {
  for await (const { name, body } of files) {
    const file = path.join(temporary, name)
    await ensureDir(path.dirname(file))
    await writeFile(file, body)
  }
  await move(temporary, output, { overwrite: true })
}
