/**
 * The first script of the single executable: unpacks the program and starts it. `executable.ts` bundles it into one script.
 *
 * `process.argv` contains the executable twice, then the arguments. The program starts its own processes as
 * `<executable> <path of docspool.mjs> <command>`, like with Node; the path is removed here.
 */

import { createRequire } from 'node:module'
import path from 'node:path'
import { getAsset, getRawAsset } from 'node:sea'
import { gunzipSync } from 'node:zlib'
import { cacheFolderOf } from '../../src/base/user-cache.ts'
import { unpack } from './unpack.ts'

try {
  const { digest, files } = JSON.parse(getAsset('index', 'utf8'))
  const read = (): Uint8Array => gunzipSync(new Uint8Array(getRawAsset('files') as ArrayBuffer))
  const folder = unpack({ digest, files, read }, cacheFolderOf(process.env))
  const [, , first = ''] = process.argv
  if (path.isAbsolute(first) && path.basename(first) === 'docspool.mjs') process.argv.splice(2, 1)
  createRequire(path.join(folder, 'src/'))('./start.cjs')
} catch (error) {
  process.stderr.write(`docspool: the program cannot be unpacked: ${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 78
}
