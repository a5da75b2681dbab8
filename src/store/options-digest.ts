/** Tells sets of one commit apart that were asked for in different ways. */

import { createHash } from 'node:crypto'
import { DEFAULT_LANGUAGE } from '#base/language.ts'

export interface SetOptions {
  /** Who writes; `undefined` for static analysis alone. */
  mainModel?: string | undefined
  language?: string | undefined
  /** For the model. */
  notes?: string | undefined
}

/**
 * Lower-case hex, 32 digits; equal for options that make the same set. `undefined` for the default, English and offline,
 * which sets of before have, too.
 */
export function optionsDigest({ mainModel, language = DEFAULT_LANGUAGE, notes = '' }: SetOptions): string | undefined {
  // Nobody reads notes where no model writes.
  const heeded = mainModel === undefined ? '' : notes
  if (mainModel === undefined && language === DEFAULT_LANGUAGE) return undefined
  return createHash('sha256')
    .update(JSON.stringify([mainModel ?? null, language, heeded]))
    .digest('hex')
    .slice(0, 32)
}
