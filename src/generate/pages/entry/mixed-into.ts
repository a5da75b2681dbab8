/** Whose methods those of a module of Ruby are: one calls them on what mixes the module in. */

import { type Component, compareText } from '#generate/model.ts'
import { isCode, placesOf, type RepoIndex } from '#generate/pages/repo-index.ts'
import { isPublic } from '#generate/pages/writing.ts'

/** The module is called as well as mixed in: `module_function`, `extend self`. */
const OF_MODULE = /^[ \t]{0,40}(?:module_function[ \t\r]{0,8}$|extend self\b)/m

/**
 * Of a method of a module of Ruby that one calls on what mixes the module in: the class that does, or the module, by name, and the
 * sign before the method: `Loader#`, `Interactor.` for those that a module gives to the classes themselves.
 */
export function mixedInto(repo: RepoIndex, { kind, file, parent, signature }: Component): string | undefined {
  const module = kind === 'function' && file.endsWith('.rb') ? repo.components.get(parent ?? '') : undefined
  if (module?.kind !== 'namespace' || !/^def (?!self\.)/.test(signature)) return undefined
  if (OF_MODULE.test(repo.files.get(file)?.text ?? '')) return undefined
  const around = repo.components.get(module.parent ?? '')?.name
  if (module.name === 'ClassMethods' && around !== undefined) return `${around}.`
  if (module.name === 'InstanceMethods' && around !== undefined) return `${around}#`
  const users = [...(repo.heirs.get(module.id) ?? [])]
    .flatMap(([id, how]) => (how === 'mixes-in' ? (repo.components.get(id) ?? []) : []))
    .filter((one) => one.kind === 'class' && isPublic(one, repo) && isCode(repo.files.get(one.file)))
    .sort((a, b) => placesOf(b, repo).length - placesOf(a, repo).length || compareText(a.id, b.id))
  return `${(users[0] ?? module).name}#`
}
