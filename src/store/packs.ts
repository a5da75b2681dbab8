/** What packs are called, and what goes into one. */

import type { PackedText } from '#base/packed-text.ts'
import type { PiecedText } from '#base/pieced-text.ts'
import type { Stored } from './model.ts'

export const SET_PACK = 'set.pack'

/** The name of the pack of a base. @param index - From 0. */
export const basePack = (index: number): string => `base-${index + 1}.pack`

export const isBasePack = (file: string): boolean => /^base-[1-9]\.pack$/.test(file)

/** A part of a set that is to be written; an array of bytes is written as it is. */
export type Content = string | PiecedText | PackedText | Uint8Array

/** What became of a part. */
export interface Packed {
  /** Uncompressed. */
  bytes: number
  /** Of the uncompressed bytes, lower-case hex. */
  sha256: string
  stored: Stored
}
