/** Finds the class on which methods of a Ruby module are called, since it mixes the module in. */

import { type Component, compareText } from '#generate/model.ts'
import { isCode, placesOf, type RepoIndex } from '#generate/pages/repo-index.ts'
import { isPublic, titleOf } from '#generate/pages/writing.ts'

/** Matches modules whose methods can also be called on the module itself: `module_function`, `extend self`. */
const OF_MODULE = /^[ \t]{0,40}(?:module_function[ \t\r]{0,8}$|extend self\b)/m

const NAMED_FUNCTIONS = /^[ \t]{0,40}module_function[ \t(]{1,4}(:[\w?!:, \t]{1,400})/gm

/**
 * The prefix of a method of a Ruby module: `Loader#` for the most used class that mixes the module in, or the module itself;
 * `Interactor.` for methods that become class methods, `Orbit.` for those of a module that `Orbit` extends itself with, `Pastel.` after `module_function :new`. `undefined` for other functions.
 */
export function mixedInto(repo: RepoIndex, { kind, file, parent, signature, name }: Component): string | undefined {
  const module = kind === 'function' && file.endsWith('.rb') ? repo.components.get(parent ?? '') : undefined
  if (module?.kind !== 'namespace' || !/^(?:alias\b|def (?!self\.))/.test(signature)) return undefined
  const text = repo.files.get(file)?.text ?? ''
  if (OF_MODULE.test(text)) return undefined
  const named = [...text.matchAll(NAMED_FUNCTIONS)].flatMap(([, names = '']) => names.match(/\w+[?!]?/g) ?? [])
  if (named.includes(name)) return `${module.name}.`
  const holder = repo.components.get(module.parent ?? '')
  const around = holder?.name
  const isExtended =
    holder !== undefined &&
    new RegExp(`^[ \\t]{1,40}extend ${module.name}\\b`, 'm').test(repo.files.get(holder.file)?.text ?? '')
  if (isExtended) return `${titleOf(holder)}.`
  // `extend SQL::Builders` in `Orbit` on `Orbit::SQL::Builders`
  const title = titleOf(module)
  const paths = [...text.matchAll(new RegExp(`^[ \\t]{1,40}extend ((?:\\w{1,60}::){1,6}${module.name})\\b`, 'gm'))]
  const path = paths.map(([, one = '']) => `::${one}`).find((one) => title.endsWith(one))
  if (path !== undefined) return `${title.slice(0, -path.length)}.`
  if (module.name === 'ClassMethods' && around !== undefined) return `${around}.`
  if (module.name === 'InstanceMethods' && around !== undefined) return `${around}#`
  const users = [...(repo.heirs.get(module.id) ?? [])]
    .flatMap(([id, how]) => (how === 'mixes-in' ? (repo.components.get(id) ?? []) : []))
    .filter((one) => one.kind === 'class' && isPublic(one, repo) && isCode(repo.files.get(one.file)))
    .sort((a, b) => placesOf(b, repo).length - placesOf(a, repo).length || compareText(a.id, b.id))
  return `${(users[0] ?? module).name}#`
}
