/** The names of packs, and the contents that are written to them. */

import type { PackedText } from '#base/packed-text.ts'
import type { PiecedText } from '#base/pieced-text.ts'
import type { Stored } from './model.ts'

export const SET_PACK = 'set.pack'

/** The name of the pack of a base. @param index - From 0. */
export const basePack = (index: number): string => `base-${index + 1}.pack`

export const isBasePack = (file: string): boolean => /^base-[1-9]\.pack$/.test(file)

/** The content of a part to be written; bytes are written uncompressed. */
export type Content = string | PiecedText | PackedText | Uint8Array

/** A part that was written. */
export interface Packed {
  /** The uncompressed size. */
  bytes: number
  /** The SHA-256 of the uncompressed bytes, in lower-case hex. */
  sha256: string
  stored: Stored
}
