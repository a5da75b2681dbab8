/** Resolves helper types that wrap a base: `DistributiveOmit<Options, 'key'>` extends `Options` without some members. */

import { findText } from '#base/find-text.ts'
import type { Component } from '#generate/model.ts'

export const HELPER = /(?:Except|Merge|Omit|Overwrite|Partial|Pick|Prettify|Readonly|Replace|Required|Simplify)$/
const ARGUMENT = /^<\s?([\p{L}_$][\p{L}\p{N}_$.]{0,80})/u

/**
 * @param signature - The signature of the type that extends the base.
 * @returns The base with the name of its first argument, '' if the signature has none; `undefined` for any other base.
 */
export function helperText({ kind, name }: Component, signature: string): string | undefined {
  if (kind !== 'type' || !HELPER.test(name)) return undefined
  const at = findText(signature, `${name}<`)
  const [, argument] = at < 0 ? [] : (ARGUMENT.exec(signature.slice(at + name.length)) ?? [])
  return argument === undefined ? '' : `${name}<${argument}, …>`
}
