/**
 * The size of all documents. Stored by a supervisor after each retention run, because measuring reads every folder.
 */

import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { temporaryName } from '#base/files.ts'

const DocumentsSize = z.object({ sets: z.int().min(0), bytes: z.number().min(0) })
export type DocumentsSize = z.infer<typeof DocumentsSize>

/** In the folder of the stored metrics. */
const fileOf = (spoolDir: string): string => path.join(spoolDir, 'metrics', 'documents')

/** @throws A system error, for example if the spool is not available. */
export async function writeDocumentsSize(spoolDir: string, { sets, bytes }: DocumentsSize): Promise<void> {
  const file = fileOf(spoolDir)
  const temporary = path.join(path.dirname(file), temporaryName())
  try {
    await writeFile(temporary, `${JSON.stringify({ sets, bytes })}\n`, { mode: 0o600, flag: 'wx' })
    await rename(temporary, file)
  } finally {
    await rm(temporary, { force: true })
  }
}

/** @returns `undefined` if no supervisor has stored it, or it cannot be read. */
export async function readDocumentsSize(spoolDir: string): Promise<DocumentsSize | undefined> {
  try {
    return DocumentsSize.parse(JSON.parse(await readFile(fileOf(spoolDir), 'utf8')))
  } catch {
    return undefined
  }
}
