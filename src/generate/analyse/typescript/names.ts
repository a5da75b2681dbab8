/**
 * What a name stands for without the checker: names of the file, imported names, members of an imported namespace, of a
 * named class and of `this`. Serves programs that are too large for types; receivers of other kinds stay unknown.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import type { FileExport } from '#generate/model.ts'
import { type Exports, readExports } from './exports.ts'
import type { OpenFile } from './facts.ts'
import { type ImportedName, readImports } from './imports.ts'
import type { Index } from './index-of-components.ts'
import { LocalNames } from './local-names.ts'
import type { Resolve } from './resolve.ts'
import type { Lookup, SiteTargets } from './symbols.ts'

const NOTHING: SiteTargets = { targets: [], where: 'unknown' }
const OUTSIDE: SiteTargets = { targets: [], where: 'outside' }
const CONFIDENCE = 0.95
/** Re-exports of re-exports; more than any project has. */
const MAX_STEPS = 1_000

interface FileNames {
  /** Components at the top of the file by name. */
  top: Map<string, string>
  exports: Exports
  imports: ReadonlyMap<string, ImportedName>
}

export function createFindByName(
  parsed: Iterable<OpenFile>,
  index: Index,
  resolve: Resolve,
): (file: OpenFile) => Lookup {
  const files = new Map<string, FileNames>()
  for (const { path, tree, declared } of parsed) {
    const top = new Map<string, string>()
    for (const component of declared.components) {
      if (component.parent === null && !top.has(component.name)) top.set(component.name, component.id)
    }
    files.set(path, { top, exports: readExports(tree), imports: readImports(tree) })
  }

  /** The component that a module exports under a name, through re-exports. */
  function exported(path: string, name: string): string | undefined {
    const pending = [{ path, name }]
    const seen = new Set<string>()
    for (let next = pending.pop(); next !== undefined && seen.size < MAX_STEPS; next = pending.pop()) {
      const key = `${next.path}\0${next.name}`
      const file = files.get(next.path)
      if (file === undefined || seen.has(key)) continue
      seen.add(key)
      const local = file.exports.locals.get(next.name) ?? next.name
      const id = file.top.get(local)
      if (id !== undefined && index.components.get(id)?.exported === true) return id
      const passed = file.exports.passed.get(next.name) ?? file.imports.get(local)
      const target = passed === undefined || passed.name === '*' ? undefined : resolve(passed.specifier, next.path)
      if (target !== undefined && passed !== undefined) pending.push({ path: target, name: passed.name })
      else {
        for (const specifier of file.exports.stars) {
          const star = resolve(specifier, next.path)
          if (star !== undefined) pending.push({ path: star, name: next.name })
        }
      }
    }
    return undefined
  }

  /** Names of a module and of those that it passes on as a whole. */
  function exportsOf(path: string): FileExport[] {
    const names = new Set<string>()
    const pending = [path]
    const seen = new Set<string>()
    for (let next = pending.pop(); next !== undefined && seen.size < MAX_STEPS; next = pending.pop()) {
      const file = files.get(next)
      if (file === undefined || seen.has(next)) continue
      seen.add(next)
      const inside = new Set(file.exports.locals.values())
      for (const [name, id] of file.top)
        if (index.components.get(id)?.exported === true && !inside.has(name)) names.add(name)
      for (const name of [...file.exports.locals.keys(), ...file.exports.passed.keys()]) names.add(name)
      pending.push(...file.exports.stars.flatMap((star) => resolve(star, next ?? '') ?? []))
    }
    return [...names].map((name) => ({ name, to: exported(path, name) ?? null }))
  }

  return ({ path }) => {
    const names = files.get(path)
    const locals = new LocalNames()

    const found = (id: string | undefined): SiteTargets => {
      if (id === undefined) return NOTHING
      const origin = index.files.get(id) === path ? 'same-file' : 'import'
      return { targets: [{ id, origin, confidence: CONFIDENCE }], where: 'inside' }
    }
    const findName = (name: ts.Identifier): SiteTargets => {
      if (names === undefined || locals.isLocal(name)) return NOTHING
      const own = names.top.get(name.text)
      if (own !== undefined) return found(own)
      const imported = names.imports.get(name.text)
      if (imported === undefined) return NOTHING
      const target = resolve(imported.specifier, path)
      if (target === undefined) return imported.specifier.startsWith('.') ? NOTHING : OUTSIDE
      return imported.name === '*' ? NOTHING : found(exported(target, imported.name))
    }
    const findMember = (receiver: ts.Node, name: string): SiteTargets => {
      if (receiver.kind === ts.SyntaxKind.ThisKeyword) {
        const container = classAround(receiver, index)
        return found(container === undefined ? undefined : index.members.get(container)?.get(name))
      }
      if (!ts.isIdentifier(receiver) || locals.isLocal(receiver)) return NOTHING
      const imported = names?.imports.get(receiver.text)
      const target = imported === undefined ? undefined : resolve(imported.specifier, path)
      if (imported !== undefined && target === undefined) return imported.specifier.startsWith('.') ? NOTHING : OUTSIDE
      if (imported?.name === '*' && target !== undefined) return found(exported(target, name))
      const container = findName(receiver).targets[0]?.id
      return found(container === undefined ? undefined : index.members.get(container)?.get(name))
    }
    /** Members of the bases that are named, and not of those that they extend themselves. */
    const findOverridden = (name: ts.Identifier): SiteTargets => {
      const bases = (name.parent.parent as ts.ClassLikeDeclaration).heritageClauses?.flatMap((clause) => clause.types)
      const containers = (bases ?? []).flatMap((base) =>
        ts.isIdentifier(base.expression) ? findName(base.expression).targets : [],
      )
      const targets = containers.flatMap(({ id }) => found(index.members.get(id)?.get(name.text)).targets)
      return { targets, where: 'inside' }
    }
    const find: Lookup['find'] = ({ expression, use }) => {
      if (use === 'override') return findOverridden(expression as ts.Identifier)
      if (ts.isIdentifier(expression)) return findName(expression)
      if (ts.isPropertyAccessExpression(expression)) return findMember(expression.expression, expression.name.text)
      return ts.isQualifiedName(expression) ? findMember(expression.left, expression.right.text) : NOTHING
    }
    const importedBy: Lookup['importedBy'] = ({ imported, specifier }) => {
      const target = resolve(specifier.text, path)
      if (target === undefined) return undefined
      const whole = index.wholes.get(target)
      if (imported === null) return whole ?? target
      return exported(target, imported) ?? (whole && index.members.get(whole)?.get(imported))
    }
    return { find, exportsOf: () => exportsOf(path), importedBy }
  }
}

/** The class whose member a `this` belongs to. */
function classAround(node: ts.Node, index: Index): string | undefined {
  let current = node.parent
  while (current !== undefined && !ts.isSourceFile(current)) {
    if (ts.isClassLike(current)) return index.owners.get(current)
    if (ts.isFunctionLike(current) && !ts.isArrowFunction(current) && !ts.isClassElement(current)) return undefined
    current = current.parent
  }
  return undefined
}
