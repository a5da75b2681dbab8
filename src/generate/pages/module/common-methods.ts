/** Methods that any type may have, which say nothing of one. */

import type { Component } from '#generate/model.ts'

/** Methods that any type may have, by language. */
const COMMON: readonly (readonly [file: RegExp, name: RegExp])[] = [
  [
    /\.rs$/,
    /^(?:from|into|try_from|try_into|fmt|clone|default|drop|eq|ne|cmp|partial_cmp|hash|deref|deref_mut|serialize|deserialize)$/,
  ],
  [/\.[cm]?[jt]sx?$/, /^(?:inspect|toJSON|valueOf)$/],
  [/\.php$/, /^(?:offset(?:Exists|Get|Set|Unset)|jsonSerialize|getIterator)$/],
  [/\.cs$/, /^(?:ToString|GetHashCode|Equals)$/],
  [/\.rb$/, /^(?:to_s|inspect)$/],
  [/\.[cm]?[jt]sx?$/, /^(?:default|inspect|toJSON|toLocaleString|valueOf)$/],
  [/./, /^(?:toString|hashCode|equals)$/],
]

export function isCommon({ file, name }: Component): boolean {
  return COMMON.some(([ofFile, ofName]) => ofFile.test(file) && ofName.test(name))
}
