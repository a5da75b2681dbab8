/** Makes reproducible archives: their bytes depend only on names and contents, not on times, owners or the order of files. */

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'

const run = promisify(execFile)

/**
 * Pack a folder as `.tar.gz`, with the name of the folder at the top.
 *
 * @param folder - Its files must have mode 0644 or 0755.
 * @throws If GNU tar is missing or fails.
 */
export async function pack(folder: string, archive: string): Promise<void> {
  const order = [
    '--sort=name',
    '--mtime=@0',
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--format=ustar',
    '--mode=go=rX,u+rw',
  ]
  const tar = ['--create', ...order, '-C', path.dirname(folder), path.basename(folder)]
  const { stdout } = await run('tar', tar, { encoding: 'buffer', maxBuffer: 2 ** 31 })
  // Node's gzip writes neither a name nor a time.
  await writeFile(archive, gzipSync(stdout, { level: 9 }))
}

/** Lower-case hex. */
export const sha256 = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
