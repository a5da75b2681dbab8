/** Finds the class on which methods of a Ruby module are called, since it mixes the module in. */

import { isPublic } from '#generate/is-public.ts'
import { type Component, compareText } from '#generate/model.ts'
import { isCode, placesOf, type RepoIndex } from '#generate/pages/repo-index.ts'
import { titleOf } from '#generate/pages/writing.ts'

/**
 * The prefix of a method of a Ruby module: `Loader#` for the most used class that mixes the module in, or the module itself;
 * `Interactor.` for methods that become class methods, `Orbit.` for those of a module that `Orbit` is extended with. `undefined` for other functions.
 */
export function mixedInto(repo: RepoIndex, { kind, file, parent, signature }: Component): string | undefined {
  const module = kind === 'function' && file.endsWith('.rb') ? repo.components.get(parent ?? '') : undefined
  if (module?.kind !== 'namespace' || !/^(?:alias\b|def (?!self\.))/.test(signature)) return undefined
  const title = titleOf(module)
  const holder = repo.components.get(module.parent ?? '')
  const around = holder?.name
  for (let at = holder; at !== undefined; at = repo.components.get(at.parent ?? '')) {
    const path = `${titleOf(at)}::`
    const isExtended = at.bases?.some(({ how, name }) => how === 'extended-with' && `${path}${name}` === title)
    if (isExtended === true) return `${titleOf(at)}.`
  }
  if (module.name === 'ClassMethods' && around !== undefined) return `${around}.`
  if (module.name === 'InstanceMethods' && around !== undefined) return `${around}#`
  const users = [...(repo.heirs.get(module.id) ?? [])]
    .flatMap(([id, how]) => (how === 'mixes-in' ? (repo.components.get(id) ?? []) : []))
    .filter((one) => one.kind === 'class' && isPublic(one, repo) && isCode(repo.files.get(one.file)))
    .sort((a, b) => placesOf(b, repo).length - placesOf(a, repo).length || compareText(a.id, b.id))
  return `${(users[0] ?? module).name}#`
}
