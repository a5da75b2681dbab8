/** Writes the line of facts in an entry: the location of the component, its base types, and what inherits from it. */

import { append } from '#base/long-arrays.ts'
import { constraintsOfLines, platformText } from '#generate/go-platforms.ts'
import { isPublic } from '#generate/is-public.ts'
import { type Component, INHERITANCES, type StatedBase } from '#generate/model.ts'
import { toNamesake } from '#generate/pages/names/namesakes.ts'
import { quoted } from '#generate/pages/quoted.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { type Writing, within } from '#generate/pages/writing.ts'
import { code, type Inline, join } from '#markdown/build.ts'
import { basesInHead } from './bases-in-head.ts'
import { exportFacts } from './exported-as.ts'
import { helperText } from './helper-bases.ts'
import { isConditional, isCut, isMarker, isPromoted, MAX_NAMED, type Row } from './inheritance.ts'
import { kindWord } from './kind-word.ts'
import { isFunction } from './member-line.ts'
import { outsideConformers } from './short-code.ts'

const MAX_BASES = 50
/** Matches traits and protocols that nearly every Rust or Swift type implements: printing, copying, comparing. */
const USUAL =
  /^(?:Clone|Copy|Custom(?:Debug)?StringConvertible|Debug|Default|Display|Eq|Equatable|Hash|Hashable|PartialEq|Sendable)$/

/** Whether it is a typed dictionary or a subtype of one: its head says what it extends. */
function isShape({ bases, components }: RepoIndex, { id, file }: Component): boolean {
  const all = new Set(file.endsWith('.py') ? [id] : [])
  for (const one of all) for (const base of all.size < MAX_BASES ? (bases.get(one) ?? []) : []) all.add(base)
  return [...all].some((one) => /[(.]TypedDict\b/.test(components.get(one)?.signature ?? ''))
}

/** The line of facts, separated by dots. */
export function factsOf(writing: Writing, component: Component, relations: readonly Row[]): Inline[] {
  const since = component.details?.since
  return join(
    [
      definitionFact(writing, component),
      ...(component.hidden && component.exported && component.kind !== 'macro' ? [[writing.texts.entry.internal]] : []),
      ...exportFacts(writing, component),
      ...(since === undefined || !/\d/.test(since) ? [] : [writing.texts.entry.since([since])]),
      ...otherPlaces(writing, component),
      ...baseFacts(writing, component),
      ...heirFacts(writing, component, relations),
    ],
    ' · ',
  )
}

/** `Function in plan_linux.go, line 7 (linux)` */
function definitionFact({ repo, sources, texts }: Writing, component: Component): Inline[] {
  const file = within(repo.leaves.get(component.file)?.path ?? '', component.file)
  return texts.entry.definedIn(kindWord(component), [
    ...sources.definition(component, texts.place(file, component.startLine, component.endLine)),
    ...platform(component.file),
  ])
}

/** The platform for which a Go file is built, by its name. */
function platform(path: string): Inline[] {
  const text = path.endsWith('.go') ? platformText(constraintsOfLines(path, [])) : ''
  return text === '' ? [] : [' (', code(text), ')']
}

/** The other declarations of a function, and that of the same definition in a `.d.ts` or its JavaScript file. */
function otherPlaces({ repo, sources, texts }: Writing, component: Component): Inline[][] {
  const twin = repo.twins.get(component.id)?.find(({ id }) => id !== component.id)
  const others = isFunction(component) ? (component.declarations ?? []).filter(({ id }) => id !== component.id) : []
  return [
    ...others.map((one) =>
      texts.entry[component.kind === 'method' && !one.file.endsWith('.go') ? 'alsoIn' : 'definedAt']([
        ...sources.place(one.file, one.startLine, one.endLine, texts.place(one.file, one.startLine, one.endLine)),
        ...platform(one.file),
      ]),
    ),
    ...(twin === undefined
      ? []
      : [texts.entry.alsoIn(sources.definition(twin, texts.place(twin.file, twin.startLine, twin.endLine)))]),
  ]
}

/** For each kind of inheritance, the bases of a type: those in the repository, then others. */
function baseFacts(writing: Writing, component: Component): Inline[][] {
  const { repo, sources, texts } = writing
  // A function that creates an object of an anonymous class does not inherit from its base type.
  const own = component.kind === 'function' || component.kind === 'method' ? [] : (repo.bases.get(component.id) ?? [])
  const bases = isShape(repo, component)
    ? []
    : own
        .flatMap((id) => repo.components.get(id) ?? [])
        .filter((base) => !isMarker(repo, base) && !repo.inTests.has(base.id))
  const roleOf = (path: string): string | undefined => repo.files.get(path)?.role
  const stated = (component.bases ?? []).filter((one) => roleOf(one.file) === roleOf(component.file))
  return INHERITANCES.flatMap((verb): Inline[][] => {
    const isOfVerb = (id: string): boolean => verbOf(repo, component, id) === verb
    const inRepo = bases.filter(({ id }) => isOfVerb(id) && !isConditional(repo, component.id, id))
    const names = verb === 'implements' && isPublic(component, repo) ? withoutInternal(repo, inRepo, stated) : inRepo
    const links = names.flatMap((base): Inline[][] => {
      const helper = helperText(base, component.signature)
      if (helper !== undefined) return helper === '' ? [] : [[quoted(helper)]]
      return [[...toNamesake(writing, base), ...under(stated.find((one) => lastOf(one) === base.name))]]
    })
    // Bases in the repository are edges; another with such a name may be the same.
    const outside = stated.filter(
      (one) =>
        one.how === verb &&
        one.name !== '' &&
        // Bases that frameworks offer to every class are not informative on their own.
        (verb !== 'mixes-in' || names.length > 0) &&
        !USUAL.test(lastOf(one)) &&
        // A conversion from the same name is one from another type.
        !(lastOf(one) === 'From' && one.name.split(/[<>]/)[1] === component.name) &&
        !own.some((id) => repo.components.get(id)?.name === lastOf(one)),
    )
    const seen = new Set<string>()
    for (const one of outside) {
      // Rust implements a trait also for references to a type.
      if (verb === 'implements' && seen.size === seen.add(one.name).size) continue
      links.push([
        ...(verb === 'mixes-in' ? [quoted(one.name)] : sources.place(one.file, one.line, one.line, quoted(one.name))),
        ...under(one),
      ])
    }
    if (links.length === 0) return []
    if (verb === 'extends')
      append(
        links,
        otherBases(repo, component).map((name) => [quoted(name)]),
      )
    // Rust macros implement traits, and usual or non-public ones are omitted.
    const isPart =
      (verb === 'implements' && component.file.endsWith('.rs')) ||
      own.filter(isOfVerb).length > names.length ||
      stated.some((one) => one.how === verb && (one.name === '' || USUAL.test(lastOf(one))))
    const all = isPart ? texts.forExample(join(links, texts.comma)) : join(links, texts.comma)
    const isEmbedding = verb === 'extends' && component.file.endsWith('.go')
    return [isEmbedding ? texts.entry.embeds(all) : [texts.relations[verb], ' ', ...all]]
  })
}

/** Users of a public type cannot name its internal interfaces, which are told only for their members and without others. */
function withoutInternal(repo: RepoIndex, bases: readonly Component[], stated: readonly StatedBase[]): Component[] {
  const open = bases.filter((base) => isPublic(base, repo))
  const names = new Set(bases.map(({ name }) => name))
  const isOther = open.length > 0 || stated.some((one) => one.how === 'implements' && !names.has(lastOf(one)))
  return isOther ? open : bases.filter((base) => isPublic(base, repo) || repo.members.has(base.id))
}

/** For each relation, what inherits from a type; others may do so at run time, in tests, or outside the repository. */
function heirFacts(writing: Writing, component: Component, relations: readonly Row[]): Inline[][] {
  const { repo, sources, texts } = writing
  const outside = outsideConformers(repo, component).map((one) =>
    sources.place(one.file, one.line, one.line, quoted(one.name)),
  )
  const hasImplementers = relations.some(({ verb }) => verb === 'implementedBy')
  const none: Row[] = outside.length === 0 || hasImplementers ? [] : [{ verb: 'implementedBy', ends: [] }]
  return [...none, ...relations].map(({ verb, ends }) => {
    const heirs = ends
      .slice(0, isCut(ends) ? MAX_NAMED : ends.length)
      .flatMap((end) => repo.components.get(end) ?? [])
      .map((heir) => toNamesake(writing, heir))
    const names = verb === 'implementedBy' ? [...heirs, ...outside] : heirs
    return [texts.relations[verb], ' ', ...texts.forExample(join(names, texts.comma))]
  })
}

/** How a component inherits from a base. A Go struct embeds an interface of which it adds no method; it implements none by that. */
function verbOf(repo: RepoIndex, { id }: Component, of: string): string | undefined {
  const kind = repo.heirs.get(of)?.get(id)
  const base = repo.components.get(of)
  if (kind !== 'implements' || base === undefined || !isPromoted(repo, id, base)) return kind
  const isOwn = (repo.members.get(id) ?? []).some((one) => one.kind === 'field' && one.name === base.name)
  return isOwn ? 'extends' : undefined
}

/** The bases in the head of a type that other packages define, with the module that the file imports them from. */
function otherBases(repo: RepoIndex, { id, file, name, signature }: Component): string[] {
  const own = new Set((repo.bases.get(id) ?? []).map((base) => repo.components.get(base)?.name))
  const language = repo.files.get(file)?.language ?? null
  return basesInHead(signature, name, language).flatMap((base) => {
    if (own.has(base.split('.').at(-1))) return []
    const from = repo.occurrences.bindingsOf(file).find((one) => one.name === base)
    // A definition of the repository that is not a base has another name here.
    if (from !== undefined && from.to !== null) return []
    return language === 'python' && from?.imported != null ? `${from.module}.${from.imported}` : base
  })
}

/** The last part of a name without its arguments: `Display` for `fmt::Display`. */
const lastOf = ({ name }: StatedBase): string => name.split('<', 1)[0]?.split(/\W/).at(-1) || name

/** The condition under which a type has a supertype. */
const under = (base: StatedBase | undefined): Inline[] =>
  base?.condition === undefined ? [] : [' (', quoted(base.condition), ')']
