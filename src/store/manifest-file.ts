/** Reads the manifest in the folder of a set: `manifest.json`, or `manifest.json.br` if the set is stored as a delta. */

import path from 'node:path'
import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import { Manifest } from './model.ts'
import { readPlainFile } from './plain-file.ts'

export const MANIFEST = 'manifest.json'
export const PACKED_MANIFEST = 'manifest.json.br'

/** Limit of the decompressed size of a manifest. */
const MAX_BYTES = 268_435_456

const inflate = promisify(brotliDecompress)

/** @returns `undefined` if there is no manifest that this version can read. `bytes` is the length of the JSON. */
export async function readManifestIn(folder: string): Promise<{ manifest: Manifest; bytes: number } | undefined> {
  const text = (await readPlainFile(path.join(folder, MANIFEST))) ?? (await readPacked(folder))
  const manifest = text && Manifest.safeParse(parse(text)).data
  return manifest && { manifest, bytes: text.length }
}

async function readPacked(folder: string): Promise<Uint8Array | undefined> {
  const packed = await readPlainFile(path.join(folder, PACKED_MANIFEST))
  return packed && (await inflate(packed, { maxOutputLength: MAX_BYTES }).catch(() => undefined))
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}
