/** The names bound by the imports of a file, for languages in which imports bind names. */

import type { Binding } from '#generate/model.ts'
import type { FileUnit } from './declarations.ts'
import type { ImportFact } from './facts.ts'
import type { NameUse } from './language.ts'
import type { Semantics } from './semantics.ts'

const USES: readonly NameUse[] = ['type', 'call', 'value']

export function bindingsOf(semantics: Semantics, file: FileUnit): Binding[] {
  const { importSeparator: separator } = file.spec.linking
  if (separator === undefined) return []
  const bindings: Binding[] = []
  for (const fact of file.facts.imports) {
    if (fact.isWildcard || fact.kind === 'include' || fact.kind === 'blank') continue
    const binding = separator === '/' ? moduleOf(fact) : memberOf(fact, separator)
    if (binding.name !== '' && binding.name !== '_')
      bindings.push({ ...binding, to: meaningOf(semantics, file, fact, binding.name), line: fact.line })
  }
  return bindings
}

function moduleOf({ path, alias }: ImportFact): Pick<Binding, 'name' | 'imported' | 'module'> {
  const parts = path.split('/')
  const last = parts.at(parts.length > 1 && /^v\d+$/.test(parts.at(-1) ?? '') ? -2 : -1) ?? ''
  return { name: alias ?? last.replace(/\.v\d+$/, ''), imported: null, module: path }
}

function memberOf({ path, alias }: ImportFact, separator: string): Pick<Binding, 'name' | 'imported' | 'module'> {
  const at = path.lastIndexOf(separator)
  const imported = at < 0 ? path : path.slice(at + separator.length)
  return {
    name: alias ?? imported,
    imported: at <= 0 ? null : imported,
    module: at <= 0 ? imported : path.slice(0, at),
  }
}

function meaningOf(semantics: Semantics, file: FileUnit, { scope }: ImportFact, name: string): string | null {
  for (const wanted of USES) {
    const found = semantics.lookUp(file, scope, name, Number.MAX_SAFE_INTEGER, wanted)
    if (found === undefined || found.isExternal === true) continue
    const decl = found.decls.find(({ id }) => id !== null)
    if (decl?.id != null) return decl.id
    const path = found.namespace === undefined ? undefined : firstFiles(semantics).get(found.namespace)
    if (path !== undefined) return path
  }
  return null
}

/** The first file of each package, keyed by package. */
const filesOfPackages = new WeakMap<Semantics, ReadonlyMap<string, string>>()

function firstFiles(semantics: Semantics): ReadonlyMap<string, string> {
  const found = filesOfPackages.get(semantics)
  if (found !== undefined) return found
  const files = new Map<string, string>()
  for (const { path, package: name } of semantics.program.files.values()) if (!files.has(name)) files.set(name, path)
  filesOfPackages.set(semantics, files)
  return files
}
