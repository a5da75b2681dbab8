/** Writes qualified names as the code of their language does: `Rack::Attack#call`, `cxxopts::Options`. */

import type { Component } from '#generate/model.ts'

const FUNCTIONS = new Set<Component['kind']>(['function', 'method', 'field'])
/** Of Ruby: what is called on the class itself. */
const OF_CLASS = /^(?:class << self; |def (?:self|[A-Z]\w*)\.)/

/** @param languageOf - The language of a file. */
export function spellNames(
  components: readonly Component[],
  languageOf: (file: string) => string | null,
): Component[] {
  return components.map((one) => {
    const title = one.qualifiedName.includes('.') ? titleOf(one, languageOf(one.file)) : undefined
    return title === undefined ? one : { ...one, title }
  })
}

/** `undefined` where the language joins names by dots. */
function titleOf({ qualifiedName, label, name, kind, signature }: Component, language: string | null): string | undefined {
  const rest = label?.startsWith(qualifiedName) === true ? label.slice(qualifiedName.length) : ''
  const around = qualifiedName.endsWith(`.${name}`) ? qualifiedName.slice(0, -name.length - 1) : null
  if (around === null) return undefined
  switch (language) {
    case 'cpp':
    case 'rust':
      return `${around.replaceAll('.', '::')}::${name}${rest}`
    case 'ruby': {
      const mark = !FUNCTIONS.has(kind) || name.startsWith('@@') ? '::' : OF_CLASS.test(signature) ? '.' : '#'
      return `${around.replaceAll('.', '::')}${mark}${name}${rest}`
    }
    case 'php':
      return `${around.replaceAll('.', '\\')}::${name}${rest}`
    default:
      return undefined
  }
}
