/** Draws the inheritance between the types of a module. */

import type { RootContent } from 'mdast'
import { memoized } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import { type Component, compareText, INHERITANCES, type Inheritance, type Module } from '#generate/model.ts'
import type { Draft } from '#generate/pages/draft.ts'
import { diagramBlocks } from '#generate/pages/drawing/diagram-blocks.ts'
import { drawHierarchy, type TypeArrow, type TypeBox } from '#generate/pages/drawing/mermaid-types.ts'
import { toNamesake } from '#generate/pages/names/namesakes.ts'
import { isCodeEnd, isConfident, isInheritance, type RepoIndex } from '#generate/pages/repo-index.ts'
import type { Texts } from '#generate/pages/texts/texts.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { heading, type Inline } from '#markdown/build.ts'

interface Derivation {
  sub: Component
  base: Component
  kind: Inheritance
}

const MIN_EDGES = 2
const MAX_BOXES = 40
/** If a type has more than `MAX_LEAVES` subtypes without subtypes, `SHOWN_LEAVES` are drawn and the rest share a box. */
const MAX_LEAVES = 7
const SHOWN_LEAVES = 5

/** The section; empty if the module has fewer than two inheritances. */
export function hierarchySection(writing: Writing, draft: Draft, module: Module): RootContent[] {
  const { texts, repo } = writing
  const own = new Set(module.files)
  const byFile = inheritancesOf(writing)
  const all = [...new Set(module.files.flatMap((path) => byFile.get(path) ?? []))]
  if (all.length < MIN_EDGES) return []
  const families = familiesOf(repo, all)
  const { drawing, boxes } = chartOf(texts, families, own)
  return [
    heading(2, texts.types.hierarchy),
    ...diagramBlocks(
      writing,
      draft,
      drawing,
      boxes.map(({ label, components }) => toType(writing, label, components)),
    ),
  ]
}

/** Links a box to the entry of its type, unless it represents multiple types. */
function toType(writing: Writing, label: string, components: readonly string[]): Inline[] {
  const [only] = components.flatMap((id) => writing.repo.components.get(id) ?? [])
  return only === undefined || components.length > 1 ? [label] : toNamesake(writing, only)
}

/** The inheritances keyed by the files of both types; without tests and examples. */
const inheritancesOf = memoized(({ analysis, repo }: Writing): Map<string, Derivation[]> => {
  const byFile = new Map<string, Derivation[]>()
  for (const edge of analysis.edges) {
    if (!isInheritance(edge.kind) || !isConfident(edge)) continue
    const [sub, base] = [repo.components.get(edge.from), repo.components.get(edge.to)]
    if (sub === undefined || base === undefined) continue
    if (![sub, base].every(({ id }) => isCodeEnd(id, repo))) continue
    const next = { sub, base, kind: edge.kind }
    for (const path of new Set([sub.file, base.file])) push(byFile, path, next)
  }
  return byFile
})

interface Family {
  base: Component
  /** Types sorted by the number of uses, the most used first. */
  subs: Derivation[]
}

/** Largest first. */
function familiesOf(repo: RepoIndex, all: readonly Derivation[]): Family[] {
  const families = new Map<string, Family>()
  for (const next of all) {
    const family = families.get(next.base.id)
    if (family === undefined) families.set(next.base.id, { base: next.base, subs: [next] })
    else family.subs.push(next)
  }
  const users = ({ sub }: Derivation): number => repo.users.get(sub.id)?.size ?? 0
  for (const { subs } of families.values())
    subs.sort((a, b) => users(b) - users(a) || compareText(a.sub.id, b.sub.id) || compareText(a.kind, b.kind))
  return [...families.values()].sort((a, b) => b.subs.length - a.subs.length || compareText(a.base.id, b.base.id))
}

/** Labels of types that share a name, with their files. */
function labelsOf(families: readonly Family[]): Map<string, string> {
  const byName = new Map<string, Set<Component>>()
  for (const component of families.flatMap(({ base, subs }) => [base, ...subs.map(({ sub }) => sub)])) {
    const same = byName.get(component.name)
    if (same === undefined) byName.set(component.name, new Set([component]))
    else same.add(component)
  }
  const labels = new Map<string, string>()
  for (const [name, same] of byName) {
    if (same.size < 2) continue
    for (const { id, file } of same) labels.set(id, `${name} (${file.split('/').slice(-2).join('/')})`)
  }
  return labels
}

/** As many families as fit. Leaves of a large family share a box for each kind of inheritance. */
function chartOf(
  texts: Texts,
  families: readonly Family[],
  own: ReadonlySet<string>,
): { drawing: ReturnType<typeof drawHierarchy>; boxes: TypeBox[] } {
  const bases = new Set(families.map(({ base }) => base.id))
  const basesOf = new Map<string, number>()
  for (const { sub } of families.flatMap(({ subs }) => subs)) basesOf.set(sub.id, (basesOf.get(sub.id) ?? 0) + 1)
  const isLeaf = ({ sub }: Derivation): boolean => !bases.has(sub.id) && basesOf.get(sub.id) === 1
  const boxes = new Map<string, TypeBox>()
  const arrows: TypeArrow[] = []
  const labels = labelsOf(families)
  const boxOf = ({ id, name, file }: Component): TypeBox => {
    return { key: id, label: labels.get(id) ?? name, components: [id], inside: own.has(file) }
  }
  for (const { base, subs } of families) {
    const drawn = subs.filter((next) => !isLeaf(next))
    const leaves = subs.filter(isLeaf)
    const whole = leaves.length <= MAX_LEAVES ? leaves.length : SHOWN_LEAVES
    const room = MAX_BOXES - boxes.size - 1 - drawn.filter(({ sub }) => !boxes.has(sub.id)).length
    const shown = leaves.length <= Math.min(whole, room) ? leaves.length : Math.min(whole, room - 2)
    if (shown < 0) continue
    const added = new Map(
      [base, ...[...drawn, ...leaves.slice(0, shown)].map(({ sub }) => sub)].map((one) => [one.id, one]),
    )
    for (const component of added.values()) if (!boxes.has(component.id)) boxes.set(component.id, boxOf(component))
    for (const { sub, kind } of [...drawn, ...leaves.slice(0, shown)]) arrows.push({ from: sub.id, to: base.id, kind })
    for (const kind of INHERITANCES) {
      const rest = leaves.slice(shown).filter((next) => next.kind === kind)
      if (rest.length === 0) continue
      const key = `${kind} ${base.id}`
      const inside = rest.every(({ sub }) => own.has(sub.file))
      const [only] = rest
      const label =
        rest.length === 1 && only !== undefined
          ? boxOf(only.sub).label
          : (shown === 0 ? texts.types.boxOfTypes : texts.types.boxOfMore)(rest.length)
      boxes.set(key, { key, label, components: rest.map(({ sub }) => sub.id), inside })
      arrows.push({ from: key, to: base.id, kind })
    }
  }
  return { drawing: drawHierarchy([...boxes.values()], arrows), boxes: [...boxes.values()] }
}
