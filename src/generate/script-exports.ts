/** Reads what a script exports from the starts of its lines; for code that is not analysed, and for chains of `export *`. */

export interface ScriptExports {
  readonly names: readonly string[]
  /** The specifiers of `export * from`. */
  readonly stars: readonly string[]
}

const MAX_CHARACTERS = 65_536
const NAME = String.raw`([\p{L}_$][\p{L}\p{N}_$]{0,100})`
const WORD = new RegExp(`^${NAME}$`, 'u')
const DECLARED = new RegExp(
  String.raw`^export (?:declare )?(?:abstract |async |const (?=enum ))?(?:class|const|enum|function\*?|interface|let|namespace|type|var) ${NAME}`,
  'gmu',
)
const LISTED = /^export (?:type )?\{([^{}]{0,20000})\}/gm
const STAR = /^export (?:type )?\* from ['"]([^'"\n]{1,300})['"]/gm

export function scriptExports(text: string): ScriptExports {
  if (text.length > MAX_CHARACTERS || !text.includes('export ')) return { names: [], stars: [] }
  const listed = [...text.matchAll(LISTED)].flatMap(([, list = '']) => list.split(',').map((one) => one.trim()))
  return {
    names: [
      ...[...text.matchAll(DECLARED)].map(([, name = '']) => name),
      // `name`, `type name`, `local as name`
      ...listed.map((one) => one.split(/\s+/).at(-1) ?? '').filter((one) => WORD.test(one)),
      ...(/^export default\b/m.test(text) ? ['default'] : []),
    ],
    stars: [...text.matchAll(STAR)].map(([, specifier = '']) => specifier),
  }
}
