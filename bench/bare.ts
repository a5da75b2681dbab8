/** What a durable file costs on this disk with nothing around it; other rates are told as a share of this one. */

import { rename } from 'node:fs/promises'
import path from 'node:path'
import { syncFolder, writeNewFile } from '#base/files.ts'

let counter = 0

/** Write a file under another name, sync it, rename it, sync its folder. */
export async function writeBare(folder: string, data: string): Promise<void> {
  const number = counter++
  const temporary = path.join(folder, `bare-${number}.tmp`)
  await writeNewFile(temporary, data)
  await rename(temporary, path.join(folder, `bare-${number}.json`))
  await syncFolder(folder)
}
