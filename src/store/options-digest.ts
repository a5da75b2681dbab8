/** Identifies the options that a set was generated with, to distinguish sets of the same commit. */

import { createHash } from 'node:crypto'
import { DEFAULT_LANGUAGE } from '#base/language.ts'

export interface SetOptions {
  /** The model that writes prose; `undefined` for static analysis only. */
  mainModel?: string | undefined
  language?: string | undefined
  /** Notes for the model. */
  notes?: string | undefined
}

/**
 * A digest of 32 lower-case hex digits that is equal for options that result in the same set; `undefined` for the default options
 * (English, no model), as in sets of earlier versions.
 */
export function optionsDigest({ mainModel, language = DEFAULT_LANGUAGE, notes = '' }: SetOptions): string | undefined {
  // Notes have no effect without a model.
  const effectiveNotes = mainModel === undefined ? '' : notes
  if (mainModel === undefined && language === DEFAULT_LANGUAGE) return undefined
  return createHash('sha256')
    .update(JSON.stringify([mainModel ?? null, language, effectiveNotes]))
    .digest('hex')
    .slice(0, 32)
}
