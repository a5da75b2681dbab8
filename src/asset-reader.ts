/** The files that pages load, read once into memory. Built from the list in `templates/assets.ts`. */

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { AppError } from '#base/errors.ts'
import type { AssetReader, ServedAsset } from '#http/deps.ts'
import { ASSETS, type Asset } from '#templates/assets.ts'

/** Thrown when a file of the pages is not installed. */
export class AssetMissing extends AppError {
  readonly code = 'ASSET_MISSING'
  override readonly hint = 'Install the packages again: make setup.'
}

const ROOT = new URL('../', import.meta.url)

/**
 * @throws {AssetMissing}
 */
export async function loadAssets(): Promise<AssetReader> {
  const served = new Map(await Promise.all(ASSETS.map(load)))
  return {
    read: (name) => served.get(name),
    version: (name) => served.get(name)?.hash ?? '',
  }
}

async function load(asset: Asset): Promise<[string, ServedAsset]> {
  const { name, type, from, csp, inFrame } = asset
  const folder = from.startsWith('templates/') ? ROOT : new URL('node_modules/', ROOT)
  try {
    const body = new Uint8Array(await readFile(fileURLToPath(new URL(from, folder))))
    const hash = createHash('sha256').update(body).digest('hex').slice(0, 16)
    return [
      name,
      { body, type, hash, ...(csp === undefined ? {} : { csp }), ...(inFrame === undefined ? {} : { inFrame }) },
    ]
  } catch (error) {
    throw new AssetMissing(`A file of the pages is missing: ${from}.`, { cause: error })
  }
}
