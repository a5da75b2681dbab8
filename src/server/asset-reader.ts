/** The files that pages load, read once into memory. Built from the list in `templates/assets.ts`. */

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { AppError } from '#base/errors.ts'
import { isPacked } from '#base/program.ts'
import { sha256Of } from '#base/sha256.ts'
import type { AssetReader, ServedAsset } from '#http/deps.ts'
import { ASSETS, type Asset, enclose, shortenCss } from '#templates/assets.ts'

/** Thrown when a file of the pages is not installed. */
export class AssetMissing extends AppError {
  readonly code = 'ASSET_MISSING'
  override readonly hint = isPacked ? 'Unpack docspool again.' : 'Install the packages again: make setup.'
}

const ROOT = new URL('../../', import.meta.url)

/** @throws {AssetMissing} */
export async function loadAssets(): Promise<AssetReader> {
  const served = new Map(await Promise.all(ASSETS.map(load)))
  return {
    read: (name) => served.get(name),
    version: (name) => served.get(name)?.hash ?? '',
  }
}

async function load(asset: Asset): Promise<[string, ServedAsset]> {
  const { name, type, from, isEnclosed, csp, inFrame } = asset
  const parts = await Promise.all(from.map(readSource))
  const text = (part: Uint8Array): string => new TextDecoder().decode(part)
  const short = isEnclosed
    ? enclose(parts.map(text))
    : type.startsWith('text/css')
      ? shortenCss(parts.map(text).join('\n'))
      : undefined
  const body = short === undefined ? new Uint8Array(Buffer.concat(parts)) : new TextEncoder().encode(short)
  const hash = sha256Of(body).slice(0, 16)
  return [
    name,
    { body, type, hash, ...(csp === undefined ? {} : { csp }), ...(inFrame === undefined ? {} : { inFrame }) },
  ]
}

async function readSource(from: string): Promise<Uint8Array> {
  const folder = /^(?:templates|src)\//.test(from) ? ROOT : new URL('node_modules/', ROOT)
  try {
    return await readFile(fileURLToPath(new URL(from, folder)))
  } catch (error) {
    throw new AssetMissing(`A file of the pages is missing: ${from}.`, { cause: error })
  }
}
