/** Resolves names: scopes from the innermost outwards, imports, re-exports, built-in names. */

import { lowerBound } from '#base/binary-search.ts'
import { Cell } from '#generate/analyse/memoized-cells.ts'
import type { MemoizedEvaluator } from '#generate/analyse/memoized-evaluator.ts'
import { BUILTIN_NAMES } from './builtin-names.ts'
import { isExportedByStar } from './dunder-all.ts'
import type { Binding, Definition, FileFacts, ImportFact, Scope } from './facts.ts'
import { importedChain, importedModule } from './imports.ts'
import { lazyNamesOf } from './lazy-exports.ts'
import type { Module } from './modules.ts'
import { exportKey, nameKey } from './parts.ts'
import type { Program } from './program.ts'
import { type Evaluation, optionsOf, UNKNOWN, unionOf, valued } from './values.ts'

/** Limit on the bindings of one name that are tried. */
const MAX_TRIED = 8

/** Limit on the star imports of one scope: the last ones are searched for each name. */
const MAX_STARS = 500

/**
 * The meaning of `name` in `scope`.
 *
 * @param at - Offset of the use: in a function, the assignment before it takes precedence.
 */
export function lookUp(program: Program, name: string, scope: Scope, at: number): Evaluation {
  return program.evaluator.step(UNKNOWN, () => {
    const { parts } = scope.file
    if (scope.outer !== null) program.evaluator.touch(parts.body(scope.outer))
    let isSameFunction = true
    const around: Definition[] = []
    for (let here: Scope | null = scope; here !== null; here = here.parent) {
      // The names of a class body are not visible in its functions.
      if (here.kind === 'class' && here !== scope) {
        isSameFunction = false
        continue
      }
      const place: Scope = here.redirects?.get(name) ?? here
      touchName(program, here, name)
      if (place !== here) touchName(program, place, name)
      const bindings: Binding[] | undefined = place.names.get(name)
      if (bindings !== undefined) {
        // Inside a definition, its own name means itself, even if another branch imports a replacement.
        const own = bindings.find(({ definition }) => definition !== null && around.includes(definition))
        if (own !== undefined) return program.evaluateBinding(own)
        return chooseBinding(program, bindings, isSameFunction && here.kind === 'function' ? at : undefined)
      }
      if (here.stars.length > 0) {
        const found = fromStars(program, here.stars, here.file, name)
        if (found !== undefined) return found
      }
      if (here.kind === 'function') isSameFunction = false
      if (here.definition !== null && around.length < MAX_TRIED) around.push(here.definition)
    }
    return BUILTIN_NAMES.has(name) ? valued({ kind: 'outside', name }) : UNKNOWN
  })
}

/** Records a look-up in a scope; those inside functions belong to the body. */
function touchName({ evaluator }: Program, { kind, definition, file }: Scope, name: string): void {
  if (kind === 'module') evaluator.touch(file.parts.named(name).path)
  else if (kind === 'class' && definition !== null) touchMember(evaluator, definition, name)
}

/** Records a look-up of a member of a class. */
export function touchMember(evaluator: MemoizedEvaluator, owner: Definition, name: string): void {
  if (!owner.isLocal) evaluator.touch(owner.file.parts.member(owner, name).path)
}

/** The name as an attribute of a module, or as a submodule; `undefined` if it has neither. */
export function lookUpInModule(program: Program, module: Module, name: string): Evaluation | undefined {
  const file = module.path === null ? undefined : program.fileAt(module.path)
  if (file === undefined) {
    if (module.path !== null) program.evaluator.touch(nameKey(module.path, name))
    return childOf(program, module, name)
  }
  let cell = file.lookedUp.get(name)
  if (cell === undefined) {
    cell = new Cell()
    file.lookedUp.set(name, cell)
  }
  return program.evaluator.ask(cell, file.parts.named(name), undefined, () => {
    const bindings = file.top.names.get(name)
    if (bindings !== undefined) {
      const found = chooseBinding(program, bindings, undefined)
      if (found.value !== null || found.target !== null) return found
    }
    const byStar = bindings === undefined ? fromStars(program, file.top.stars, file, name) : undefined
    // A function replaces the module of the same name that it is imported from.
    if (byStar !== undefined && byStar.target !== null) return byStar
    const child = childOf(program, module, name)
    if (child !== undefined) return child
    return bindings === undefined ? (byStar ?? fromLazy(program, file, name)) : UNKNOWN
  })
}

/** A submodule as a value. */
function childOf(program: Program, module: Module, name: string): Evaluation | undefined {
  const child = program.childOf(module, name)
  return child === undefined ? undefined : valued({ kind: 'module', module: child })
}

/** A name that a module provides only on access. */
function fromLazy(program: Program, file: FileFacts, name: string): Evaluation | undefined {
  const lazy = lazyNamesOf(program, file).get(name)
  if (lazy === undefined || lazy.module.path === file.path) return undefined
  const found = lookUpInModule(program, lazy.module, lazy.name)
  return found?.target == null ? found : { ...found, origin: 'import' }
}

function fromStars(
  program: Program,
  all: readonly ImportFact[],
  file: FileFacts,
  name: string,
): Evaluation | undefined {
  for (const star of distinctStars(all)) {
    const module = importedModule(program, file, star)
    if (module?.path == null) continue
    const source = program.fileAt(module.path)
    if (source === undefined) program.evaluator.touch(exportKey(module.path, '*'))
    if (source === undefined || source === file) continue
    if (!isExportedByStar(program, source, name)) continue
    const found = lookUpInModule(program, module, name)
    if (found !== undefined) return found.target === null ? found : { ...found, origin: 'import' }
  }
  return undefined
}

const sortedStars = new WeakMap<readonly ImportFact[], readonly ImportFact[]>()

/** Star imports without duplicate modules, the last first. */
export function distinctStars(stars: readonly ImportFact[]): readonly ImportFact[] {
  const known = sortedStars.get(stars)
  if (known !== undefined) return known
  const distinct = new Map<string, ImportFact>()
  for (let i = stars.length - 1; i >= 0 && distinct.size < MAX_STARS; i--) {
    const star = stars[i]
    const key = star === undefined ? '' : `${star.level} ${star.module.join('.')}`
    if (star !== undefined && !distinct.has(key)) distinct.set(key, star)
  }
  const sorted = [...distinct.values()]
  sortedStars.set(stars, sorted)
  return sorted
}

/** The value that an import binds. */
export function resolveImport(program: Program, file: FileFacts, fact: ImportFact): Evaluation {
  const chain = importedChain(program, file, fact)
  const [top] = chain
  const dotted = fact.name === null ? fact.module : [...fact.module, fact.name]
  if (top === undefined) return fact.level > 0 ? UNKNOWN : valued({ kind: 'outside', name: dotted.join('.') })
  if (fact.bindsTop) return valued({ kind: 'module', module: top })
  const module = importedModule(program, file, fact)
  if (module === undefined) return UNKNOWN
  if (fact.name === null) return valued({ kind: 'module', module })
  const found = lookUpInModule(program, module, fact.name) ?? UNKNOWN
  return found.target === null ? found : { ...found, origin: 'import' }
}

/**
 * The meaning of a name that is bound in several places: a declared type first; then, in a function, the nearest
 * binding before the use; else the first in the file whose meaning is known and lies in the repository.
 */
export function chooseBinding(program: Program, bindings: readonly Binding[], at: number | undefined): Evaluation {
  const [only] = bindings
  if (only === undefined) return UNKNOWN
  if (bindings.length === 1) return program.evaluateBinding(only)
  const assigned = at === undefined ? undefined : assignedParameter(program, bindings, at)
  if (assigned !== undefined) return assigned
  const target = sorted(bindings).defined.find((binding) => binding.definition?.id != null)?.definition ?? null
  let best: Evaluation | undefined
  for (const binding of inOrder(bindings, at)) {
    const found = program.evaluateBinding(binding)
    if (found.value === null && at !== undefined && binding.from <= at && best === undefined)
      return withTarget(found, target)
    if (found.value === null && found.target === null) continue
    if (best === undefined || rank(found) > rank(best)) best = found
    if (rank(found) === 3 || (at !== undefined && rank(found) > 1)) break
  }
  return withTarget(best ?? UNKNOWN, target)
}

/** A declared parameter that was assigned an object of the repository before the use: `url = URL(url)`. It may be either. */
function assignedParameter(program: Program, bindings: readonly Binding[], at: number): Evaluation | undefined {
  const { declared, falling } = sorted(bindings)
  const parameter = declared[0]
  const nearest = falling[lowerBound(falling.length, (index) => (falling[index]?.from ?? 0) > at)]
  if (parameter?.kind !== 'parameter' || nearest?.kind !== 'assignment') return undefined
  const found = program.evaluateBinding(nearest)
  if (!optionsOf(found.value).some(({ kind }) => kind === 'instance')) return undefined
  return { ...found, value: unionOf([found.value, program.evaluateBinding(parameter).value]) }
}

const withTarget = (found: Evaluation, target: Evaluation['target']): Evaluation =>
  found.target !== null || target === null ? found : { ...found, target }

/** Ranks a meaning: 0 unknown, 1 `None`, 2 outside the repository, 3 inside it. */
function rank(found: Evaluation): number {
  if (found.value === null) return found.target === null ? 0 : 1
  return found.value.kind === 'none' ? 1 : found.value.kind === 'outside' ? 2 : 3
}

/** Bindings of one name, sorted once: sorting them for each use would be quadratic or worse. */
interface Sorted {
  readonly count: number
  /** Bindings with a definition that other files can name. */
  readonly defined: readonly Binding[]
  /** The order if the position of a use does not matter. */
  readonly first: readonly Binding[]
  readonly declared: readonly Binding[]
  readonly rising: readonly Binding[]
  readonly falling: readonly Binding[]
}

const sortedBindings = new WeakMap<readonly Binding[], Sorted>()

/** Forgets the sorted order of bindings. Call this when they have become those of a definition. */
export function forgetOrder(bindings: readonly Binding[]): void {
  sortedBindings.delete(bindings)
  joinedBindings.delete(bindings)
}

const joinedBindings = new WeakMap<readonly Binding[], readonly Binding[]>()

/**
 * Bindings of a name in a class body and on `self`. The same list on every call, since its sorted order is cached by
 * identity.
 */
export function joined(inBody: readonly Binding[], onSelf: readonly Binding[]): readonly Binding[] {
  const known = joinedBindings.get(inBody)
  if (known?.length === inBody.length + onSelf.length) return known
  const all = [...inBody, ...onSelf]
  joinedBindings.set(inBody, all)
  return all
}

function sorted(bindings: readonly Binding[]): Sorted {
  const known = sortedBindings.get(bindings)
  if (known?.count === bindings.length) return known
  const declared = bindings.filter((binding) => binding.annotation !== -1)
  const others = bindings.filter((binding) => binding.annotation === -1)
  const made: Sorted = {
    count: bindings.length,
    defined: bindings.filter(({ definition }) => definition !== null && !definition.isLocal),
    first: [...declared, ...others].slice(0, MAX_TRIED),
    declared: declared.slice(0, MAX_TRIED),
    rising: [...others].sort((a, b) => a.from - b.from),
    falling: [...others].sort((a, b) => b.from - a.from),
  }
  sortedBindings.set(bindings, made)
  return made
}

/** Bindings in order: declared ones, then those before a position, the nearest first, then those after it. */
function inOrder(bindings: readonly Binding[], at: number | undefined): readonly Binding[] {
  const { first, declared, rising, falling } = sorted(bindings)
  if (at === undefined) return first
  const before = lowerBound(falling.length, (index) => (falling[index]?.from ?? 0) > at)
  const after = lowerBound(rising.length, (index) => (rising[index]?.from ?? 0) <= at)
  return [...declared, ...falling.slice(before, before + MAX_TRIED), ...rising.slice(after, after + MAX_TRIED)].slice(
    0,
    MAX_TRIED,
  )
}
