/**
 * What the single executable runs first: it has its program unpacked and hands over. Made one script of by `executable.ts`.
 *
 * `process.argv` is what Node would give: the executable, its name, then the arguments. The program starts its own processes
 * as `<executable> <path of docspool.mjs> <command>`, as it does with Node; the path is dropped here.
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
  process.stderr.write(`docspool: it cannot be unpacked: ${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 78
}
