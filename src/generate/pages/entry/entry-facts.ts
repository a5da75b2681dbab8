/** Writes the line of facts in an entry: the location of the component, its base types, and what inherits from it. */

import { constraintsOf, platformText } from '#generate/go-platforms.ts'
import { type Component, INHERITANCES } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { toNamesake } from '#generate/pages/names/namesakes.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { type Writing, within } from '#generate/pages/writing.ts'
import { code, type Inline, join } from '#markdown/build.ts'
import { quoted } from './doc-cells.ts'
import { isFunction } from './entry-members.ts'
import { exportFacts } from './exported-as.ts'
import { helperText } from './helper-bases.ts'
import { endLabel, isCut, isMarker, MAX_NAMED, type Row } from './inheritance.ts'
import { kindWord } from './kind-word.ts'
import { mixinCondition } from './mixin-conditions.ts'
import { assignedProperties, outsideBases } from './outside-bases.ts'
import { outsideMixins } from './outside-mixins.ts'
import { isCommon, type TraitOfType, traitsOf } from './rust-traits.ts'
import { outsideConformances } from './swift-conformances.ts'
import { outsideConformers } from './swift-conformers.ts'

/** Limit on the characters before the code of a file, in which build constraints are searched for. */
const MAX_HEAD = 20_000
const MAX_BASES = 50
const MAX_LINE = 300

/** Whether other code gives a constant of Python another value: `app.WIDTH = 80`. */
function isAssigned(repo: RepoIndex, component: Component): boolean {
  const { id, name, file } = component
  if (!file.endsWith('.py') || kindWord(component) !== 'constant' || !/^\w+$/.test(name)) return false
  const assigns = new RegExp(`^\\s{0,200}(?:\\w{1,60}\\.){1,4}${name}(?: [-+*/|&]?)?= ?(?!=)`)
  return [...(repo.users.get(id)?.keys() ?? [])].some((user) =>
    repo.occurrences.usesOf(user, id).some(({ line }) => {
      const path = repo.components.get(user)?.file ?? user
      return assigns.test((codeLines(repo, path, line, line)[0] ?? '').slice(0, MAX_LINE))
    }),
  )
}

/** The class of a dictionary's keys, or a type below it: its head says what it extends. */
function isShape({ bases, components }: RepoIndex, { id, file }: Component): boolean {
  const all = new Set(file.endsWith('.py') ? [id] : [])
  for (const one of all) for (const base of all.size < MAX_BASES ? (bases.get(one) ?? []) : []) all.add(base)
  return [...all].some((one) => /[(.]TypedDict\b/.test(components.get(one)?.signature ?? ''))
}

export function factsOf(writing: Writing, component: Component, relations: readonly Row[]): Inline[] {
  const { repo, sources, texts } = writing
  const file = within(repo.leaves.get(component.file)?.path ?? '', component.file)
  const platform = (path: string): Inline[] => {
    const own = repo.files.get(path)
    const text = own?.language === 'go' ? platformText(constraintsOf(path, own.text?.slice(0, MAX_HEAD) ?? '')) : ''
    return text === '' ? [] : [' (', code(text), ')']
  }
  const place = [
    ...sources.definition(component, texts.place(file, component.startLine, component.endLine)),
    ...platform(component.file),
  ]
  const since = component.details?.since
  const twin = repo.twins.get(component.id)?.find(({ id }) => id !== component.id)
  const isBody = isFunction(component)
  // Nearly every file of a language with namespaces opens one, so their number says nothing.
  const files =
    isBody || component.kind === 'namespace' ? 0 : new Set(component.declarations?.map((one) => one.file)).size
  const others = isBody ? (component.declarations ?? []).filter(({ id }) => id !== component.id) : []
  const facts = [
    texts.entry.definedIn(isAssigned(repo, component) ? 'variable' : kindWord(component), place),
    ...exportFacts(writing, component),
    ...(since === undefined || !/\d/.test(since) ? [] : [texts.entry.since([since])]),
    ...(files > 1 ? [[texts.entry.declaredIn(files)]] : []),
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
  // A function that creates an object of an anonymous class does not inherit from its base type.
  const own = component.kind === 'function' || component.kind === 'method' ? [] : (repo.bases.get(component.id) ?? [])
  const bases = isShape(repo, component)
    ? []
    : own
        .flatMap((id) => repo.components.get(id) ?? [])
        .filter((base) => !isMarker(repo, base) && (base.exported || !component.exported))
  const traits = traitsOf(repo, component)
  const under = ({ condition }: TraitOfType): Inline[] =>
    condition === '' ? [] : [' (', quoted(`cfg(${condition})`), ')']
  for (const verb of INHERITANCES) {
    const names = bases.filter(({ id }) => repo.heirs.get(id)?.get(component.id) === verb)
    const links = names.flatMap((base): Inline[][] => {
      const helper = helperText(base, component.signature)
      if (helper !== undefined) return helper === '' ? [] : [[quoted(helper)]]
      const own = verb === 'implements' ? traits.find(({ name }) => name === base.name) : undefined
      const when = verb === 'mixes-in' ? mixinCondition(repo, component.id, base.id, true) : []
      return [[...[toNamesake(writing, base)].flat(), ...(own === undefined ? [] : under(own)), ...when]]
    })
    if (verb === 'implements')
      for (const one of traits.filter((one) => !names.some(({ name }) => one.name === name))) {
        // What most types have is named only to complete a list.
        if (links.length === 0 && traits.every(isCommon)) break
        const label = quoted(one.label)
        const at = one.line === null ? [label] : sources.place(one.file, one.line, one.line, label)
        links.push([...[at].flat(), ...under(one)])
      }
    if (verb === 'implements')
      for (const { name, condition, file, line } of outsideConformances(repo, component))
        links.push([
          ...[sources.place(file, line, line, quoted(name))].flat(),
          ...(condition === '' ? [] : [' (', quoted(condition), ')']),
        ])
    if (verb === 'mixes-in')
      for (const { name, line } of outsideMixins(repo, component))
        links.push(sources.place(component.file, line, line, quoted(name)))
    if (verb === 'extends')
      for (const { name, line } of outsideBases(repo, component))
        links.push(sources.place(component.file, line, line, quoted(name)))
    if (links.length === 0) continue
    // Macros implement traits of Rust, and what is not public is mixed in, too.
    const isPart =
      verb === 'implements' ? component.file.endsWith('.rs') : verb === 'mixes-in' && bases.length < own.length
    const all = isPart ? texts.forExample(join(links, texts.comma)) : join(links, texts.comma)
    const isEmbedding = verb === 'extends' && component.file.endsWith('.go')
    facts.push(isEmbedding ? texts.entry.embeds(all) : texts.relations[verb].say(all))
  }
  const properties = assignedProperties(repo, component)
  if (properties.length > 0)
    facts.push(
      texts.entry.has(
        join(
          properties.map((one): Inline[] => [code(one)]),
          texts.comma,
        ),
      ),
    )
  const outside = outsideConformers(repo, component).map(({ name, file, line }) =>
    [sources.place(file, line, line, quoted(name))].flat(),
  )
  for (const row of relations) {
    const { verb, ends } = row
    const names = ends.slice(0, isCut(ends) ? MAX_NAMED : ends.length).map((end) => endLabel(writing, end, row))
    const left = ends.length - names.length
    const more = verb === 'implementedBy' && left === 0 ? outside.splice(0) : []
    const shown = join([...names, ...more], texts.comma)
    // Others may inherit at run time, in tests, or outside the repository.
    facts.push(texts.relations[verb].say(texts.forExample(shown)))
  }
  if (outside.length > 0)
    facts.push(texts.relations.implementedBy.say(texts.forExample(join(outside.slice(0, MAX_NAMED), texts.comma))))
  return join(facts, ' · ')
}
