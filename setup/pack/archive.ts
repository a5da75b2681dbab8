/** Archives whose bytes follow from names and contents alone: no times, no owners, no order of a file system. */

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'

const run = promisify(execFile)

/**
 * A folder as `.tar.gz`, its own name at the top.
 *
 * @param folder - Its files are to be of mode 0644 or 0755.
 * @throws GNU tar is not there or failed.
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

/** Hex. */
export const sha256 = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
